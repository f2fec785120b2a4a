//! When this node may have missed something, its sockets learn from the database how their
//! conversations are now: whoever sees a gap by `rev` asks for what is in it.

use std::{
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chat::ids::UserId;
use metrics::{counter, describe_counter};
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout},
};

use super::{Nodes, inbound::Arrival};

/// A change may be written so long before it is committed and told.
const MARGIN: Duration = Duration::from_secs(20);
/// Users that one question to the database names.
const USERS: usize = 200;
/// Nodes begin at different moments within this time,
const SPREAD: Duration = Duration::from_secs(2);
/// and spread their questions over this time,
const PACE: Duration = Duration::from_secs(3);
/// but do not wait for longer than this between two of them.
const MOST_PAUSE: Duration = Duration::from_millis(250);
/// The longest that one question takes.
const ANSWER: Duration = Duration::from_secs(10);
const RETRY: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub struct CatchUp {
    since: Mutex<Option<Instant>>,
    wake: Notify,
}

impl CatchUp {
    /// What happened since then may not have been heard here.
    pub fn since(&self, then: Instant) {
        let mut since = self.since.lock().unwrap_or_else(PoisonError::into_inner);
        *since = Some(since.map_or(then, |known| known.min(then)));
        drop(since);
        self.wake.notify_one();
    }

    pub fn seconds_ago(&self, seconds: i64) {
        let ago = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
        let now = Instant::now();
        // Longer than this process runs is as good as always.
        self.since(now.checked_sub(ago).unwrap_or(now));
    }

    async fn next(&self) -> Instant {
        loop {
            let since = self
                .since
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            match since {
                Some(since) => return since,
                None => self.wake.notified().await,
            }
        }
    }
}

/// Runs until the node has ended.
pub async fn catch_up(nodes: Arc<Nodes>) {
    describe_counter!(
        "haggle_catch_ups_total",
        "Times that sockets were told from the database what they may have missed"
    );
    let done = counter!("haggle_catch_ups_total");
    tokio::select! {
        () = nodes.ended.cancelled() => {}
        () = async {
            loop {
                let since = nodes.catch_up.next().await;
                if !nodes.hub.is_empty() {
                    tell(&nodes, since).await;
                    done.increment(1);
                }
            }
        } => {}
    }
}

async fn tell(nodes: &Nodes, since: Instant) {
    sleep(moment(nodes)).await;
    let users: Vec<_> = nodes
        .hub
        .connected()
        .into_iter()
        .map(|(user, _)| user)
        .collect();
    let parts = u32::try_from(users.len().div_ceil(USERS)).unwrap_or(u32::MAX);
    let pause = (PACE / parts.max(1)).min(MOST_PAUSE);
    tracing::info!(
        users = users.len(),
        "telling sockets what they may have missed"
    );
    for part in users.chunks(USERS) {
        tell_some(nodes, part, since).await;
        sleep(pause).await;
    }
}

async fn tell_some(nodes: &Nodes, users: &[UserId], since: Instant) {
    loop {
        let within = since.elapsed() + MARGIN;
        let changed = timeout(ANSWER, nodes.storage.changed_within(users, within)).await;
        let conversations = match changed {
            Ok(Ok(conversations)) => conversations,
            Ok(Err(error)) => {
                tracing::debug!(%error, "not now");
                sleep(RETRY).await;
                continue;
            }
            Err(_) => continue,
        };
        for conversation in conversations {
            let mut audience = conversation.audience();
            audience.retain(|seated| users.contains(seated));
            let conversation = Box::new(conversation);
            let snapshot = Arrival::Snapshot {
                conversation,
                audience,
            };
            nodes.inbound.add_slowly(snapshot).await;
        }
        return;
    }
}

/// Each node's own, and always the same.
fn moment(nodes: &Nodes) -> Duration {
    let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(nodes.node.as_str());
    let most = u64::try_from(SPREAD.as_millis()).unwrap_or(0);
    Duration::from_millis(hash % most.max(1))
}
