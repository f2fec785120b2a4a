//! The task that publishes to the other servers through Redis, many things at once, in order, until
//! Redis has them.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use chat::{
    event::{Event, Stale},
    ids::{NodeId, UserId},
};
use metrics::{Counter, counter, describe_counter};
use redis_link::{Command, RESPONSE_TIMEOUT, RedisLink, Up};
use tokio::time::{Instant, sleep, sleep_until, timeout, timeout_at};
use tokio_util::sync::CancellationToken;

use super::{
    dedup::UNNUMBERED,
    envelope::Body,
    keys::Keys,
    publish_queue::{Item, PublishQueue},
};

/// Things published together at most.
const BATCH: usize = 256;
/// Between two tries.
const RETRY: Duration = Duration::from_millis(100);
/// Tries on a Redis that answers but refuses.
const TRIES: u32 = 5;
/// When Redis was away for everybody, the others need a moment to subscribe again.
pub const OTHERS_RETURN: Duration = Duration::from_secs(1);
/// Seconds for which a version is remembered: longer than any cache keeps what it is about.
const VERSION_SECONDS: u32 = 120;
/// The longest that the rest is published at the end.
const FLUSH_TIMEOUT: Duration = Duration::from_millis(500);

pub struct PublishWorker {
    node: NodeId,
    keys: Keys,
    link: Arc<RedisLink>,
    queue: Arc<PublishQueue>,
    published: Counter,
}

impl PublishWorker {
    pub fn new(node: NodeId, keys: Keys, link: Arc<RedisLink>, queue: Arc<PublishQueue>) -> Self {
        describe_counter!("haggle_redis_published_total", "Events handed to Redis");
        Self {
            node,
            keys,
            link,
            queue,
            published: counter!("haggle_redis_published_total"),
        }
    }

    /// Runs until the server ends, and everything is published as far as that can be done soon.
    pub async fn run(self, ending: CancellationToken) {
        tokio::select! {
            () = ending.cancelled() => {}
            () = self.publish_on() => {}
        }
        let rest = async {
            while !self.queue.is_empty() {
                let up = self.link.wait().await;
                self.publish(&up).await;
            }
        };
        if timeout(FLUSH_TIMEOUT, rest).await.is_err() {
            tracing::warn!("not everything was published; clients of other servers find it later");
        }
    }

    async fn publish_on(&self) {
        let mut is_first = true;
        let mut last_up: Option<Instant> = None;
        loop {
            self.queue.something().await;
            let up = self.link.wait().await;
            if last_up != Some(up.since) {
                last_up = Some(up.since);
                if !std::mem::take(&mut is_first) {
                    self.publish_versions(&up, up.since + OTHERS_RETURN).await;
                }
            }
            if !self.publish(&up).await {
                sleep(RETRY).await;
            }
        }
    }

    /// Until the others are subscribed again, only the versions of their caches are published, so
    /// that who writes need not wait for that. They are published again with everything else.
    async fn publish_versions(&self, up: &Up, end: Instant) {
        while Instant::now() < end {
            let items = self.queue.unknown(BATCH);
            let Some((last, _)) = items.last() else {
                let _ = timeout_at(end, self.queue.more()).await;
                continue;
            };
            let sent = up.connection.send(self.versions(&items));
            match timeout(RESPONSE_TIMEOUT, sent).await {
                Ok(Ok(())) => self.queue.caches_know(*last),
                _ => sleep_until(end.min(Instant::now() + RETRY)).await,
            }
        }
    }

    /// Publishes one batch. `false`: Redis did not take it, and it stays in the queue.
    async fn publish(&self, up: &Up) -> bool {
        let (items, missed) = self.queue.oldest(BATCH);
        let last = items.last().map(|(number, _)| *number);
        for _ in 0..TRIES {
            // Nobody hears of a change before the caches know of it.
            let mut all = self.versions(&items);
            all.extend(self.messages(&items, missed));
            match timeout(RESPONSE_TIMEOUT, up.connection.send(all)).await {
                Ok(Ok(())) => {
                    self.queue.published(last, missed);
                    self.published.increment(items.len() as u64);
                    return true;
                }
                Ok(Err(error)) if error.is_lost() => return false,
                Ok(Err(error)) if error.is_wrong_server() => {
                    up.give_up();
                    return false;
                }
                Ok(Err(error)) => tracing::debug!(%error, "Redis refused a batch of events"),
                Err(_) => return false,
            }
            sleep(RETRY).await;
        }
        tracing::warn!("Redis answers, but takes no events; other servers read the database");
        self.queue.refused(last);
        false
    }

    /// A new version for each user whose list or count shows something else now. The last of several
    /// is enough.
    fn versions(&self, items: &[(u64, Item)]) -> Vec<Command> {
        let mut of_users = BTreeMap::new();
        let mut of_all = None;
        for (number, item) in items {
            let Item::Event(event) = item else {
                continue;
            };
            match event.kind.stale() {
                Stale::Presence(_) => of_all = Some(*number),
                Stale::People | Stale::Nothing => {}
                Stale::Conversations => {
                    of_all = Some(*number);
                    of_users.extend(event.audience.iter().map(|user| (user, *number)));
                }
            }
        }
        let of_all = of_all.map(|number| (self.keys.version_of_all(), number));
        let of_user = |(user, number): (&UserId, u64)| (self.keys.version(user), number);
        let of_each = of_all.into_iter().chain(of_users.into_iter().map(of_user));
        let set = of_each.map(|(key, number)| {
            // Never the same twice, also when a key was forgotten in between.
            let version = format!("{}/{number}", self.node);
            Command::set(&key, &version, VERSION_SECONDS)
        });
        set.collect()
    }

    fn messages(&self, items: &[(u64, Item)], missed: Option<Instant>) -> Vec<Command> {
        let mut commands = Vec::new();
        if let Some(missed) = missed {
            let seconds = i64::try_from(missed.elapsed().as_secs()).unwrap_or(i64::MAX);
            commands.push(self.to_everybody(&Body::Missed { seconds }, UNNUMBERED));
        }
        for (number, item) in items {
            match item {
                Item::Event(event) => self.add_event(*number, event, &mut commands),
                Item::Close { user, node, socket } => {
                    let body = Body::Close {
                        node: node.clone(),
                        socket: *socket,
                    };
                    let text = body.seal(&self.node, *number);
                    commands.push(self.message(&self.keys.channel_of(user), &text));
                }
                Item::Left { user, socket } => {
                    let member = format!("{}/{socket}", self.node);
                    let key = self.keys.sockets(user);
                    commands.push(Command::remove_member(&key, &member));
                }
            }
        }
        commands
    }

    fn add_event(&self, number: u64, event: &Event, commands: &mut Vec<Command>) {
        match event.kind.stale() {
            // Every server keeps something of these.
            Stale::Presence(_) | Stale::People => {
                commands.push(self.to_everybody(&Body::Event(event.clone()), number));
            }
            Stale::Conversations | Stale::Nothing => {
                let body = Body::Event(Event {
                    audience: Vec::new(),
                    kind: event.kind.clone(),
                });
                let text = body.seal(&self.node, number);
                let channels = event.audience.iter().map(|user| self.keys.channel_of(user));
                commands.extend(channels.map(|channel| self.message(&channel, &text)));
            }
        }
    }

    fn to_everybody(&self, body: &Body, number: u64) -> Command {
        let text = body.seal(&self.node, number);
        self.message(&self.keys.broadcast_channel(), &text)
    }

    fn message(&self, channel: &str, text: &str) -> Command {
        if self.link.is_cluster() {
            Command::publish_sharded(channel, text)
        } else {
            Command::publish(channel, text)
        }
    }
}
