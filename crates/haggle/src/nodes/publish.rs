//! The task that tells Redis what the others must hear, many things at once, in order, until it
//! has them.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use chat::{
    event::{Event, EventKind},
    ids::UserId,
};
use metrics::{Counter, counter, describe_counter};
use redis::Cmd;
use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};

use super::{
    Nodes,
    link::Up,
    live::{ANSWER, is_wrong_server},
    numbers::UNNUMBERED,
    outbound::Item,
    word::Word,
};

/// Things told together at most.
const BATCH: usize = 256;
/// Between two tries.
const RETRY: Duration = Duration::from_millis(100);
/// Tries on a Redis that answers but refuses.
const TRIES: u32 = 5;
/// When Redis was away for everybody, the others need a moment to hear again.
pub const OTHERS_RETURN: Duration = Duration::from_secs(1);
/// Seconds for which a version is remembered: longer than any cache keeps what it is about.
const VERSION_SECONDS: u32 = 120;
/// The longest that the rest is told at the end.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Runs until the node has ended, and everything is told as far as that can be done soon.
pub async fn publish(nodes: Arc<Nodes>) {
    describe_counter!("haggle_redis_published_total", "Events handed to Redis");
    let told = counter!("haggle_redis_published_total");
    tokio::select! {
        () = nodes.ending.cancelled() => {}
        () = tell_on(&nodes, &told) => {}
    }
    let rest = async {
        while !nodes.outbound.is_empty() {
            let up = nodes.link.wait().await;
            tell(&nodes, &up, &told).await;
        }
    };
    if timeout(LAST_WORDS, rest).await.is_err() {
        tracing::warn!("other servers were not told everything; clients there find it later");
    }
}

async fn tell_on(nodes: &Nodes, told: &Counter) {
    let mut is_first = true;
    let mut last_up: Option<Instant> = None;
    loop {
        nodes.outbound.something().await;
        let up = nodes.link.wait().await;
        if last_up != Some(up.since) {
            last_up = Some(up.since);
            if !std::mem::take(&mut is_first) {
                tell_caches(nodes, &up, up.since + OTHERS_RETURN).await;
            }
        }
        if !tell(nodes, &up, told).await {
            sleep(RETRY).await;
        }
    }
}

/// Until the others hear again, what changes is told to their caches alone, so that who writes
/// need not wait for that. It is told again with everything else.
async fn tell_caches(nodes: &Nodes, up: &Up, end: Instant) {
    while Instant::now() < end {
        let items = nodes.outbound.unknown(BATCH);
        let Some((last, _)) = items.last() else {
            let _ = timeout_at(end, nodes.outbound.more()).await;
            continue;
        };
        match timeout(ANSWER, up.live.tell(versions(nodes, &items))).await {
            Ok(Ok(())) => nodes.outbound.caches_know(*last),
            _ => sleep_until(end.min(Instant::now() + RETRY)).await,
        }
    }
}

/// Tells one batch. `false`: not now.
async fn tell(nodes: &Nodes, up: &Up, told: &Counter) -> bool {
    let (items, missed) = nodes.outbound.oldest(BATCH);
    let last = items.last().map(|(number, _)| *number);
    for _ in 0..TRIES {
        // Nobody hears of a change before caches know of it.
        let mut all = versions(nodes, &items);
        all.extend(words(nodes, &items, missed));
        match timeout(ANSWER, up.live.tell(all)).await {
            Ok(Ok(())) => {
                nodes.outbound.told(last, missed);
                told.increment(items.len() as u64);
                return true;
            }
            Ok(Err(error)) if error.is_unrecoverable_error() || error.is_timeout() => return false,
            Ok(Err(error)) if is_wrong_server(&error) => {
                up.is_of_no_use();
                return false;
            }
            Ok(Err(error)) => tracing::debug!(%error, "Redis refused"),
            Err(_) => return false,
        }
        sleep(RETRY).await;
    }
    tracing::warn!("Redis answers, but takes no events; other servers look into the database");
    nodes.outbound.refused(last);
    false
}

/// A new version for each whose list or count shows something else now. The last of several is enough.
fn versions(nodes: &Nodes, items: &[(u64, Item)]) -> Vec<Cmd> {
    let mut of_users = BTreeMap::new();
    let mut of_all = None;
    for (number, item) in items {
        let Item::Event(event) = item else {
            continue;
        };
        match &event.kind {
            EventKind::OnlineStatus { .. } => of_all = Some(*number),
            EventKind::PeopleChanged | EventKind::Typing { .. } => {}
            EventKind::Message { .. }
            | EventKind::Read { .. }
            | EventKind::ConversationUpdated(_)
            | EventKind::Reset { .. } => {
                of_all = Some(*number);
                of_users.extend(event.audience.iter().map(|user| (user, *number)));
            }
        }
    }
    let of_all = of_all.map(|number| (nodes.names.version_of_all(), number));
    let of_user = |(user, number): (&UserId, u64)| (nodes.names.version(user), number);
    let of_each = of_all.into_iter().chain(of_users.into_iter().map(of_user));
    let set = of_each.map(|(key, number)| {
        let mut command = redis::cmd("SET");
        // Never the same twice, also when a key was forgotten in between.
        command.arg(key).arg(format!("{}/{number}", nodes.node));
        command.arg("EX").arg(VERSION_SECONDS);
        command
    });
    set.collect()
}

fn words(nodes: &Nodes, items: &[(u64, Item)], missed: Option<Instant>) -> Vec<Cmd> {
    let mut words = Words {
        nodes,
        commands: Vec::new(),
    };
    if let Some(missed) = missed {
        let seconds = i64::try_from(missed.elapsed().as_secs()).unwrap_or(i64::MAX);
        words.tell_everybody(&Word::Missed { seconds }, UNNUMBERED);
    }
    for (number, item) in items {
        words.add(*number, item);
    }
    words.commands
}

struct Words<'a> {
    nodes: &'a Nodes,
    commands: Vec<Cmd>,
}

impl Words<'_> {
    fn add(&mut self, number: u64, item: &Item) {
        match item {
            Item::Event(event) => self.event(number, event),
            Item::Close { user, node, socket } => {
                let word = Word::Close {
                    node: node.clone(),
                    socket: *socket,
                };
                let command = self.say(&self.nodes.names.user(user), &word, number);
                self.commands.push(command);
            }
            Item::Left { user, socket } => {
                let mut command = redis::cmd("ZREM");
                command.arg(self.nodes.names.sockets(user));
                command.arg(format!("{}/{socket}", self.nodes.node));
                self.commands.push(command);
            }
        }
    }

    fn event(&mut self, number: u64, event: &Event) {
        match &event.kind {
            EventKind::OnlineStatus { .. } | EventKind::PeopleChanged => {
                self.tell_everybody(&Word::Event(event.clone()), number);
            }
            EventKind::Typing { .. }
            | EventKind::Message { .. }
            | EventKind::Read { .. }
            | EventKind::ConversationUpdated(_)
            | EventKind::Reset { .. } => self.tell_each(event, number),
        }
    }

    fn tell_each(&mut self, event: &Event, number: u64) {
        let word = Word::Event(Event {
            audience: Vec::new(),
            kind: event.kind.clone(),
        });
        let text = word.text(&self.nodes.node, number);
        for user in &event.audience {
            let command = self.publish(&self.nodes.names.user(user), &text);
            self.commands.push(command);
        }
    }

    fn tell_everybody(&mut self, word: &Word, number: u64) {
        let command = self.say(&self.nodes.names.everybody(), word, number);
        self.commands.push(command);
    }

    fn say(&self, channel: &str, word: &Word, number: u64) -> Cmd {
        self.publish(channel, &word.text(&self.nodes.node, number))
    }

    fn publish(&self, channel: &str, text: &str) -> Cmd {
        let is_sharded = self.nodes.address.is_cluster();
        let mut command = redis::cmd(if is_sharded { "SPUBLISH" } else { "PUBLISH" });
        command.arg(channel).arg(text);
        command
    }
}
