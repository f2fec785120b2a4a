//! What every broker owes its server, as a suite that each of them runs.

use std::{sync::Arc, time::Duration};

use chat::{
    event::{Event, EventKind},
    ids::{ConversationId, UserId},
    person::Role,
    publisher::Publisher,
    storage::{DirectoryEditor, Leases, UserRecord},
    timestamp::Timestamp,
};
use chat_testing::memory::MemoryStorage;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::fanout::Fanout;
use crate::{
    attachments::Links,
    cache::Caches,
    hub::{
        Hub,
        send_queue::{Next, SendQueue},
    },
    presence::Presence,
};

/// More than any broker keeps for those who do not take it.
const TOO_MANY: usize = 100_000;
const PATIENCE: Duration = Duration::from_secs(30);

/// A server around the broker under test.
#[derive(Debug)]
pub struct Node {
    pub hub: Arc<Hub>,
    pub caches: Arc<Caches>,
    pub presence: Arc<Presence>,
    storage: Arc<MemoryStorage>,
}

impl Node {
    fn new() -> Self {
        let storage = Arc::new(MemoryStorage::new());
        Self {
            hub: Arc::new(Hub::new(0)),
            caches: Arc::new(Caches::new(storage.clone(), storage.clone())),
            presence: Arc::default(),
            storage,
        }
    }

    pub fn fanout(&self) -> Fanout {
        let (hub, caches) = (self.hub.clone(), self.caches.clone());
        Fanout::new(hub, caches, self.presence.clone(), Links::testing())
    }

    pub fn storage(&self) -> Arc<MemoryStorage> {
        self.storage.clone()
    }

    fn socket(&self, user: &UserId) -> Arc<SendQueue> {
        let socket = Arc::default();
        self.hub.join(user, Role::Buyer, &socket);
        socket
    }
}

/// `start` gives the server a broker whose tasks run.
pub async fn holds(start: impl AsyncFn(&Node) -> Arc<dyn Publisher>) {
    for _ in 0..2 {
        let node = Node::new();
        let broker = start(&node).await;
        tells_the_audience_in_order_and_nobody_else(&node, &*broker).await;
        forgets_what_is_untrue_before_it_returns(&node, &*broker).await;
        lets_the_watch_look(&node, &*broker).await;
        never_waits_and_never_stays_silent(&node, &*broker).await;
    }
}

async fn tells_the_audience_in_order_and_nobody_else(node: &Node, broker: &dyn Publisher) {
    let (anna, ben, carl) = (UserId::new("anna"), UserId::new("ben"), UserId::new("carl"));
    let (tab, other_tab) = (node.socket(&anna), node.socket(&anna));
    let (ben_socket, carl_socket) = (node.socket(&ben), node.socket(&carl));
    broker.publish(read(&[&UserId::new("nobody here")], 1));
    for rev in 1..=300 {
        let audience: &[&UserId] = if rev % 2 == 0 {
            &[&anna, &ben]
        } else {
            &[&anna]
        };
        broker.publish(read(audience, rev));
    }
    broker.publish(read(&[&carl], 301));
    for rev in 1..=300 {
        for socket in [&tab, &other_tab] {
            assert_eq!(hear(socket).await["payload"]["rev"], rev);
        }
        if rev % 2 == 0 {
            assert_eq!(hear(&ben_socket).await["payload"]["rev"], rev);
        }
    }
    assert_eq!(hear(&carl_socket).await["payload"]["rev"], 301);
    for socket in [tab, other_tab, ben_socket, carl_socket] {
        assert_eq!(socket.take(), None);
    }
}

/// A status that a node has answered before it changed.
async fn forgets_what_is_untrue_before_it_returns(node: &Node, broker: &dyn Publisher) {
    let dora = UserId::new("dora");
    let record = UserRecord {
        id: dora.clone(),
        name: "Dora".into(),
        company: None,
        email: "dora@example.org".into(),
        role: Role::Buyer,
        is_active: true,
        time_zone: None,
    };
    node.storage.silent().put_user(&record).await.unwrap();
    let is_online = async || node.caches.status(&dora).await.unwrap().unwrap().is_online;
    assert!(!is_online().await);
    let users = std::slice::from_ref(&dora);
    let elsewhere = chat::ids::NodeId::new("elsewhere");
    node.storage.hold(&elsewhere, users).await.unwrap();
    assert!(!is_online().await);
    let kind = EventKind::OnlineStatus {
        user: dora.clone(),
        is_online: true,
        last_seen: None,
    };
    let audience = vec![];
    broker.publish(Event { audience, kind });
    assert!(is_online().await);
}

async fn lets_the_watch_look(node: &Node, broker: &dyn Publisher) {
    let erik = UserId::new("erik");
    let socket = node.socket(&erik);
    let audience = vec![erik.clone()];
    let kind = EventKind::PeopleChanged;
    broker.publish(Event { audience, kind });
    // Behind it, so that it has been seen.
    broker.publish(read(&[&erik], 1));
    assert_eq!(hear(&socket).await["type"], "read");
    assert!(node.presence.is_suspected(&erik));
    node.hub.leave(&erik, &socket);
}

/// Nothing takes what is published here, as long as this does not let go of the thread.
async fn never_waits_and_never_stays_silent(node: &Node, broker: &dyn Publisher) {
    let frida = UserId::new("frida");
    let socket = node.socket(&frida);
    for rev in 0..TOO_MANY {
        broker.publish(read(&[&frida], i64::try_from(rev).unwrap()));
    }
    let heard = hear(&socket).await;
    assert_eq!(heard, json!({"type": "reset", "payload": {}}));
    broker.publish(read(&[&frida], 7));
    assert_eq!(hear(&socket).await["payload"]["rev"], 7);
    assert_eq!(socket.closing(), None);
    node.hub.leave(&frida, &socket);
}

fn read(audience: &[&UserId], rev: i64) -> Event {
    Event {
        audience: audience.iter().copied().cloned().collect(),
        kind: EventKind::Read {
            conversation: ConversationId::new("c1"),
            rev,
            user: UserId::new("somebody"),
            last_read_seq: rev,
            read_at: Timestamp::from_micros(0),
        },
    }
}

async fn hear(socket: &SendQueue) -> Value {
    match timeout(PATIENCE, socket.next()).await.unwrap() {
        Next::Send(frame) => serde_json::from_str(&frame.text()).unwrap(),
        Next::Close(close) => panic!("closed: {close:?}"),
    }
}
