//! When this server may have missed something, its sockets learn from the database how their
//! conversations are now: a client that sees a gap by `rev` asks for what is in it.

use std::{
    collections::HashMap,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chat::{
    ids::{NodeId, UserId},
    storage::Conversations,
};
use metrics::{counter, describe_counter};
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{arrival::Arrival, delivery_queue::DeliveryQueue, presence_updates::PresenceUpdates};
use crate::{cache::Caches, hub::Hub};

/// A change may be written so long before it is committed and published.
const MARGIN: Duration = Duration::from_secs(20);
/// Users that one question to the database names.
const USERS: usize = 200;
/// Servers begin at different moments within this time,
const SPREAD: Duration = Duration::from_secs(2);
/// and spread their questions over this time,
const PACE: Duration = Duration::from_secs(3);
/// but do not wait for longer than this between two of them.
const MOST_PAUSE: Duration = Duration::from_millis(250);
/// The longest that one question takes.
const ANSWER: Duration = Duration::from_secs(10);
const RETRY: Duration = Duration::from_secs(1);

pub struct GapFill {
    node: NodeId,
    hub: Arc<Hub>,
    caches: Arc<Caches>,
    conversations: Arc<dyn Conversations>,
    deliveries: Arc<DeliveryQueue<Arrival>>,
    presence_updates: Arc<PresenceUpdates>,
    missed: Mutex<Missed>,
    wake: Notify,
}

/// Since when, of everybody here or only of some.
#[derive(Debug, Default)]
struct Missed {
    everybody: Option<Instant>,
    some: HashMap<UserId, Instant>,
}

impl GapFill {
    pub fn new(
        node: NodeId,
        hub: Arc<Hub>,
        caches: Arc<Caches>,
        conversations: Arc<dyn Conversations>,
        deliveries: Arc<DeliveryQueue<Arrival>>,
        presence_updates: Arc<PresenceUpdates>,
    ) -> Self {
        Self {
            node,
            hub,
            caches,
            conversations,
            deliveries,
            presence_updates,
            missed: Mutex::default(),
            wake: Notify::new(),
        }
    }

    /// What happened since then may not have been heard here.
    pub fn since(&self, then: Instant) {
        let mut missed = self.lock();
        missed.everybody = Some(missed.everybody.map_or(then, |known| known.min(then)));
        drop(missed);
        self.wake.notify_one();
    }

    /// These users may have missed something, each since then.
    pub fn of(&self, users: impl IntoIterator<Item = (UserId, Instant)>) {
        let mut missed = self.lock();
        for (user, then) in users {
            let since = missed.some.entry(user).or_insert(then);
            *since = (*since).min(then);
        }
        drop(missed);
        self.wake.notify_one();
    }

    pub fn ago(&self, ago: Duration) {
        let now = Instant::now();
        // Longer than this process runs is as good as always.
        self.since(now.checked_sub(ago).unwrap_or(now));
    }

    async fn wait(&self) {
        loop {
            {
                let missed = self.lock();
                if missed.everybody.is_some() || !missed.some.is_empty() {
                    return;
                }
            }
            self.wake.notified().await;
        }
    }

    fn take(&self) -> Missed {
        std::mem::take(&mut self.lock())
    }

    fn lock(&self) -> MutexGuard<'_, Missed> {
        // Nothing under this lock panics half-way.
        self.missed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl GapFill {
    /// Runs until the server has ended.
    pub async fn run(self: Arc<Self>, ended: CancellationToken) {
        describe_counter!(
            "haggle_catch_ups_total",
            "Times that sockets were told from the database what they may have missed"
        );
        tokio::select! {
            () = ended.cancelled() => {}
            () = self.fill() => {}
        }
    }

    async fn fill(&self) {
        let done = counter!("haggle_catch_ups_total");
        loop {
            self.wait().await;
            // What else is missed meanwhile is told with it.
            sleep(moment(&self.node)).await;
            let missed = self.take();
            let of_everybody = missed.everybody.is_some();
            if of_everybody {
                self.caches.forget_statuses();
            }
            let Some((users, since)) = self.whom(&missed) else {
                continue;
            };
            if !users.is_empty() {
                self.tell(&users, since).await;
            }
            if of_everybody && self.hub.is_empty() {
                self.caches.displayed.clear();
            } else if of_everybody {
                self.tell_statuses().await;
            }
            if !users.is_empty() {
                done.increment(1);
            }
        }
    }

    /// Whom to tell, of what happened since then.
    fn whom(&self, missed: &Missed) -> Option<(Vec<UserId>, Instant)> {
        let first = missed.some.values().min().copied();
        let since = [missed.everybody, first].into_iter().flatten().min()?;
        let here = self.hub.connected().into_iter().map(|(user, _)| user);
        let is_of = |user: &UserId| missed.everybody.is_some() || missed.some.contains_key(user);
        Some((here.filter(is_of).collect(), since))
    }

    async fn tell(&self, users: &[UserId], since: Instant) {
        let parts = u32::try_from(users.len().div_ceil(USERS)).unwrap_or(u32::MAX);
        let pause = (PACE / parts.max(1)).min(MOST_PAUSE);
        let count = users.len();
        tracing::info!(users = count, "telling sockets what they may have missed");
        for part in users.chunks(USERS) {
            self.tell_some(part, since).await;
            sleep(pause).await;
        }
    }

    async fn tell_some(&self, users: &[UserId], since: Instant) {
        loop {
            let within = since.elapsed() + MARGIN;
            let changed = timeout(ANSWER, self.conversations.changed_within(users, within)).await;
            let conversations = match changed {
                Ok(Ok(conversations)) => conversations,
                Ok(Err(error)) => {
                    tracing::debug!(%error, "cannot read what was missed; trying again");
                    sleep(RETRY).await;
                    continue;
                }
                Err(_) => continue,
            };
            for conversation in conversations {
                let mut audience = conversation.audience();
                audience.retain(|seated| users.contains(seated));
                let snapshot = Arrival::Snapshot {
                    conversation: Box::new(conversation),
                    audience,
                };
                self.deliveries.push_when_there_is_room(snapshot).await;
            }
            return;
        }
    }

    /// Who came or went, and nobody here was told.
    async fn tell_statuses(&self) {
        for part in self.caches.displayed.users().chunks(USERS) {
            loop {
                match timeout(ANSWER, self.caches.displayed_wrongly(part)).await {
                    Ok(Ok(wrong)) => {
                        for (user, mut companions) in wrong {
                            companions.retain(|companion| self.hub.is_connected(companion));
                            self.presence_updates.changed(user, companions);
                        }
                        break;
                    }
                    Ok(Err(error)) => {
                        tracing::debug!(%error, "cannot read who came or went; trying again");
                        sleep(RETRY).await;
                    }
                    Err(_) => {}
                }
            }
        }
    }
}

/// Each server's own, and always the same.
fn moment(node: &NodeId) -> Duration {
    let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(node.as_str());
    let most = u64::try_from(SPREAD.as_millis()).unwrap_or(0);
    Duration::from_millis(hash % most.max(1))
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use chat::{
        audit::{Act, Source},
        conversation::Kind,
        ids::{AuditId, ConversationId, NodeId, UserId},
        person::Role,
        storage::{DirectoryEditor, Leases, Membership, NewConversation, UserRecord},
        timestamp::Timestamp,
    };
    use chat_testing::memory::MemoryStorage;
    use serde_json::Value;
    use tokio::time::{Instant, timeout};

    use crate::{
        broker::testing::broker_on,
        hub::send_queue::{Next, SendQueue},
    };

    const PATIENCE: Duration = Duration::from_secs(30);

    async fn put(storage: &Arc<MemoryStorage>, id: &str, role: Role) -> UserId {
        let record = UserRecord {
            id: UserId::new(id),
            name: id.to_uppercase(),
            company: None,
            email: format!("{id}@example.org"),
            role,
            is_active: true,
            time_zone: None,
        };
        storage.silent().put_user(&record).await.unwrap();
        record.id
    }

    async fn open(storage: &Arc<MemoryStorage>, buyer: &UserId, supplier: &UserId) {
        let now = Timestamp::from_micros(1);
        let new = NewConversation {
            id: ConversationId::new("c1"),
            kind: Kind::BuyerSupplier,
            buyer: buyer.clone(),
            supplier: Some(supplier.clone()),
            admin: None,
            product: None,
            assign_admin: false,
            now,
        };
        let act = Act {
            id: AuditId::new("a1"),
            at: now,
            actor: Some(buyer.clone()),
            source: Source::default(),
        };
        storage.silent().open(new, act).await.unwrap();
    }

    /// The next news of who is online.
    async fn hear(socket: &SendQueue) -> Value {
        loop {
            let Next::Send(frame) = timeout(PATIENCE, socket.next()).await.unwrap() else {
                panic!("closed");
            };
            let frame: Value = serde_json::from_str(&frame.text()).unwrap();
            if frame["type"] == "online_status" {
                return frame["payload"].clone();
            }
        }
    }

    #[tokio::test]
    async fn news_of_presence_that_died_with_a_server_are_told_by_those_who_live() {
        let storage = Arc::new(MemoryStorage::new());
        let broker = broker_on(&storage, "redis://127.0.0.1:1", "n1");
        let anna = put(&storage, "anna", Role::Buyer).await;
        let dora = put(&storage, "dora", Role::Supplier).await;
        open(&storage, &anna, &dora).await;
        let socket: Arc<SendQueue> = Arc::default();
        broker.hub.join(&anna, Role::Buyer, &socket);
        let status = async || broker.caches.status(&dora).await.unwrap().unwrap();
        assert!(!status().await.is_online);

        // She came to another server, which was killed before it could say so.
        let users = std::slice::from_ref(&dora);
        storage.hold(&NodeId::new("n2"), users).await.unwrap();
        assert!(!status().await.is_online, "it is kept for a minute");
        broker.gap_fill.since(Instant::now());
        let heard = hear(&socket).await;
        assert_eq!(heard["userId"], "dora");
        assert_eq!(heard["isOnline"], true);
        assert!(status().await.is_online);
    }
}
