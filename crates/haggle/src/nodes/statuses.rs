//! Who is online, told in one order. Two nodes that say one after the other that somebody left and
//! came back may be heard the other way round, and what a node could not say during an outage of
//! Redis it says long after it was true. So what they say is only a reason to look: the status is
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

use super::Nodes;
use crate::bus::dispatch::Dispatch;

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
pub struct Statuses {
    pending: Mutex<Pending>,
    has_lost: Mutex<bool>,
    wake: Notify,
}

impl Statuses {
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

/// Runs until the node has ended.
pub async fn tell(nodes: Arc<Nodes>, dispatch: Dispatch) {
    tokio::select! {
        () = nodes.ended.cancelled() => {}
        () = tell_on(&nodes, &dispatch) => {}
    }
}

async fn tell_on(nodes: &Nodes, dispatch: &Dispatch) {
    loop {
        if std::mem::take(&mut *nodes.statuses.has_lost()) {
            dispatch.reset_everybody();
        }
        let mut changed = nodes.statuses.take();
        if changed.is_empty() {
            nodes.statuses.wake.notified().await;
            continue;
        }
        let users: Vec<_> = changed.keys().cloned().collect();
        match timeout(ANSWER, nodes.caches.statuses(&users)).await {
            Ok(Ok(statuses)) => {
                for status in statuses {
                    let audience = changed.remove(&status.user).unwrap_or_default();
                    dispatch.deliver(event(status, audience)).await;
                }
                // Who is not there any more is not online.
                for (user, audience) in changed {
                    dispatch.deliver(event(gone(user), audience)).await;
                }
            }
            failed => {
                if let Ok(Err(error)) = failed {
                    tracing::debug!(%error, "not now");
                }
                for (user, audience) in changed {
                    nodes.statuses.changed(user, audience);
                }
                sleep(RETRY).await;
            }
        }
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
        bus::Bus,
        event::Event,
        ids::{NodeId, UserId},
        memory::MemoryStorage,
        person::Role,
        storage::{Directory, Leases, UserRecord},
    };
    use serde_json::Value;
    use tokio::time::timeout;

    use super::{event, gone};
    use crate::{
        bus::dispatch::Dispatch,
        hub::outbox::{Next, Outbox},
        nodes::{RedisBus, testing::nodes_on},
    };

    const PATIENCE: Duration = Duration::from_secs(30);

    async fn hear(socket: &Outbox) -> Value {
        match timeout(PATIENCE, socket.next()).await.unwrap() {
            Next::Send(frame) => serde_json::from_str(&frame.text()).unwrap(),
            Next::Close(close) => panic!("closed: {close:?}"),
        }
    }

    #[tokio::test]
    async fn news_that_come_late_tell_how_it_is_now() {
        let storage = Arc::new(MemoryStorage::new());
        let nodes = nodes_on(&storage, "redis://127.0.0.1:1", "n1");
        let dispatch = Dispatch::new(
            nodes.hub.clone(),
            nodes.caches.clone(),
            Arc::default(),
            crate::attachments::Links::testing(),
        );
        let bus = RedisBus::new(nodes.clone(), dispatch);
        let (anna, dora) = (UserId::new("anna"), UserId::new("dora"));
        let record = UserRecord {
            id: dora.clone(),
            name: "Dora".into(),
            email: "dora@example.org".into(),
            role: Role::Supplier,
            is_active: true,
        };
        storage.put_user(&record).await.unwrap();
        let socket = Arc::default();
        nodes.hub.join(&anna, Role::Buyer, &socket);
        let she_left = || Event {
            audience: vec![anna.clone()],
            ..event(gone(dora.clone()), [].into())
        };

        // She left one node and is back on another, which has said so before this is heard.
        let elsewhere = NodeId::new("elsewhere");
        let users = std::slice::from_ref(&dora);
        storage.hold(&elsewhere, users).await.unwrap();
        bus.publish(she_left());
        assert_eq!(hear(&socket).await["payload"]["isOnline"], true);

        storage.release(&elsewhere, users).await.unwrap();
        bus.publish(she_left());
        let heard = hear(&socket).await;
        assert_eq!(heard["payload"]["isOnline"], false);
        assert!(heard["payload"]["lastSeen"].is_string());
    }
}
