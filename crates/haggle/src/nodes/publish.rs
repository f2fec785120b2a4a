//! The task that tells Redis what the others must hear, many things at once, in order, until it
//! has them.

use std::{sync::Arc, time::Duration};

use chat::event::{Event, EventKind};
use metrics::{Counter, counter, describe_counter};
use redis::Cmd;
use tokio::time::{Instant, sleep, sleep_until, timeout};

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
                sleep_until(up.since + OTHERS_RETURN).await;
            }
        }
        if !tell(nodes, &up, told).await {
            sleep(RETRY).await;
        }
    }
}

/// Tells one batch. `false`: not now.
async fn tell(nodes: &Nodes, up: &Up, told: &Counter) -> bool {
    let (items, missed) = nodes.outbound.oldest(BATCH);
    let last = items.last().map(|(number, _)| *number);
    for _ in 0..TRIES {
        let words = words(nodes, &items, missed);
        match timeout(ANSWER, up.live.tell(words)).await {
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

fn words(nodes: &Nodes, items: &[(u64, Item)], missed: Option<Instant>) -> Vec<Cmd> {
    let mut words = Words {
        nodes,
        changed_all: None,
        commands: Vec::new(),
    };
    if let Some(missed) = missed {
        let seconds = i64::try_from(missed.elapsed().as_secs()).unwrap_or(i64::MAX);
        words.tell_everybody(&Word::Missed { seconds }, UNNUMBERED);
    }
    for (number, item) in items {
        words.add(*number, item);
    }
    words.commands.extend(words.changed_all.take());
    words.commands
}

struct Words<'a> {
    nodes: &'a Nodes,
    /// One is enough for lists of everything.
    changed_all: Option<Cmd>,
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
            EventKind::OnlineStatus { .. } => {
                self.change_all(number);
                self.tell_everybody(&Word::Event(event.clone()), number);
            }
            EventKind::PeopleChanged => self.tell_everybody(&Word::Event(event.clone()), number),
            EventKind::Typing { .. } => self.tell_each(event, number, false),
            EventKind::Message { .. }
            | EventKind::Read { .. }
            | EventKind::ConversationUpdated(_)
            | EventKind::Reset { .. } => {
                self.change_all(number);
                self.tell_each(event, number, true);
            }
        }
    }

    fn tell_each(&mut self, event: &Event, number: u64, changes: bool) {
        let word = Word::Event(Event {
            audience: Vec::new(),
            kind: event.kind.clone(),
        });
        let text = word.text(&self.nodes.node, number);
        for user in &event.audience {
            // Nobody hears of a change before caches know of it.
            let version = changes.then(|| self.version(&self.nodes.names.version(user), number));
            let said = self.publish(&self.nodes.names.user(user), &text);
            self.commands.extend(version.into_iter().chain([said]));
        }
    }

    fn tell_everybody(&mut self, word: &Word, number: u64) {
        let command = self.say(&self.nodes.names.everybody(), word, number);
        self.commands.push(command);
    }

    fn change_all(&mut self, number: u64) {
        self.changed_all = Some(self.version(&self.nodes.names.version_of_all(), number));
    }

    fn version(&self, key: &str, number: u64) -> Cmd {
        let mut command = redis::cmd("SET");
        // Never the same twice, also when a key was forgotten in between.
        command
            .arg(key)
            .arg(format!("{}/{number}", self.nodes.node));
        command.arg("EX").arg(VERSION_SECONDS);
        command
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
