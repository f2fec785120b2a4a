//! Who is online, told in one order. Two servers that say one after the other that somebody left
//! and came back may be heard the other way round, and what a server could not say during an outage
//! of Redis it says long after it was true. So what they say is only a reason to look: the status is
//! read after the change and told as it is then, one look after the other.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chat::{
    event::{Event, EventKind},
    ids::UserId,
    presence::UserStatus,
};
use tokio::{
    sync::Notify,
    time::{sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::fanout::Fanout;
use crate::cache::Caches;

/// People who are looked up together.
const TOGETHER: usize = 200;
/// People who wait at most; more, and everybody here fetches again.
const MOST: usize = 50_000;
/// The longest that one look takes.
const ANSWER: Duration = Duration::from_secs(5);
const RETRY: Duration = Duration::from_secs(1);

/// Those whose status changed, each with the people here who hear of it.
type Pending = HashMap<UserId, HashSet<UserId>>;

#[derive(Debug, Default)]
pub struct PresenceUpdates {
    pending: Mutex<Pending>,
    has_lost: Mutex<bool>,
    wake: Notify,
}

impl PresenceUpdates {
    pub fn changed(&self, user: UserId, audience: impl IntoIterator<Item = UserId>) {
        let mut pending = self.pending();
        if pending.len() >= MOST {
            pending.clear();
            *self.has_lost() = true;
        }
        pending.entry(user).or_default().extend(audience);
        drop(pending);
        self.wake.notify_one();
    }

    /// Runs until the server has ended.
    pub async fn run(
        self: Arc<Self>,
        caches: Arc<Caches>,
        fanout: Fanout,
        ended: CancellationToken,
    ) {
        tokio::select! {
            () = ended.cancelled() => {}
            () = self.tell(&caches, &fanout) => {}
        }
    }

    async fn tell(&self, caches: &Caches, fanout: &Fanout) {
        loop {
            if std::mem::take(&mut *self.has_lost()) {
                fanout.reset_everybody();
            }
            let mut changed = self.take();
            if changed.is_empty() {
                self.wake.notified().await;
                continue;
            }
            let users: Vec<_> = changed.keys().cloned().collect();
            match timeout(ANSWER, caches.statuses(&users)).await {
                Ok(Ok(statuses)) => {
                    for status in statuses {
                        let audience = changed.remove(&status.user).unwrap_or_default();
                        fanout.deliver(event(status, audience)).await;
                    }
                    // Who does not exist any more is not online.
                    for (user, audience) in changed {
                        fanout.deliver(event(gone(user), audience)).await;
                    }
                }
                failed => {
                    if let Ok(Err(error)) = failed {
                        tracing::debug!(%error, "cannot read who is online; trying again");
                    }
                    for (user, audience) in changed {
                        self.changed(user, audience);
                    }
                    sleep(RETRY).await;
                }
            }
        }
    }

    fn take(&self) -> Pending {
        let mut pending = self.pending();
        let users: Vec<_> = pending.keys().take(TOGETHER).cloned().collect();
        users
            .into_iter()
            .filter_map(|user| pending.remove_entry(&user))
            .collect()
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        // Nothing under this lock panics half-way.
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_lost(&self) -> MutexGuard<'_, bool> {
        self.has_lost.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn gone(user: UserId) -> UserStatus {
    UserStatus {
        user,
        is_online: false,
        last_seen: None,
    }
}

fn event(status: UserStatus, audience: HashSet<UserId>) -> Event {
    Event {
        audience: audience.into_iter().collect(),
        kind: EventKind::OnlineStatus {
            user: status.user,
            is_online: status.is_online,
            last_seen: status.last_seen,
        },
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use chat::{
        event::Event,
        ids::{NodeId, UserId},
        person::Role,
        publisher::Publisher,
        storage::{DirectoryEditor, Leases, UserRecord},
    };
    use chat_testing::memory::MemoryStorage;
    use serde_json::Value;
    use tokio::time::timeout;

    use super::{event, gone};
    use crate::{
        broker::testing::broker_on,
        hub::send_queue::{Next, SendQueue},
    };

    const PATIENCE: Duration = Duration::from_secs(30);

    async fn hear(socket: &SendQueue) -> Value {
        match timeout(PATIENCE, socket.next()).await.unwrap() {
            Next::Send(frame) => serde_json::from_str(&frame.text()).unwrap(),
            Next::Close(close) => panic!("closed: {close:?}"),
        }
    }

    #[tokio::test]
    async fn news_that_come_late_tell_how_it_is_now() {
        let storage = Arc::new(MemoryStorage::new());
        let broker = broker_on(&storage, "redis://127.0.0.1:1", "n1");
        let (anna, dora) = (UserId::new("anna"), UserId::new("dora"));
        let record = UserRecord {
            id: dora.clone(),
            name: "Dora".into(),
            company: None,
            email: "dora@example.org".into(),
            role: Role::Supplier,
            is_active: true,
            time_zone: None,
        };
        storage.silent().put_user(&record).await.unwrap();
        let socket = Arc::default();
        broker.hub.join(&anna, Role::Buyer, &socket);
        let she_left = || Event {
            audience: vec![anna.clone()],
            ..event(gone(dora.clone()), [].into())
        };

        // She left one node and is back on another, which has said so before this is heard.
        let elsewhere = NodeId::new("elsewhere");
        let users = std::slice::from_ref(&dora);
        storage.hold(&elsewhere, users).await.unwrap();
        broker.publish(she_left());
        assert_eq!(hear(&socket).await["payload"]["isOnline"], true);

        storage.release(&elsewhere, users).await.unwrap();
        broker.publish(she_left());
        let heard = hear(&socket).await;
        assert_eq!(heard["payload"]["isOnline"], false);
        assert!(heard["payload"]["lastSeen"].is_string());
    }
}
