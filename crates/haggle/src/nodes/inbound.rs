//! What arrives here, from this node and from others, and the one task that hands it to the sockets.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chat::{
    conversation::Conversation,
    event::{Event, EventKind},
    ids::UserId,
};
use metrics::{Counter, Gauge, counter, describe_counter, gauge};
use redis::Value;
use tokio::{
    sync::mpsc,
    time::{Instant, sleep_until},
};

use super::{
    Nodes,
    numbers::Numbers,
    order::Order,
    word::{Heard, Word},
};
use crate::bus::dispatch::Dispatch;

/// Things that may wait for their delivery.
const QUEUE: usize = 8_192;

#[derive(Debug)]
pub enum Arrival {
    /// It happened here.
    Own(Arc<Event>),
    /// Another node said it, on the channel of this user or of everybody.
    Heard { user: Option<UserId>, text: Vec<u8> },
    /// How a conversation is now, for these.
    Snapshot {
        conversation: Box<Conversation>,
        audience: Vec<UserId>,
    },
}

#[derive(Debug)]
pub struct Inbound {
    queue: mpsc::Sender<Arrival>,
    /// Something found no room: everybody here must fetch again.
    has_lost: AtomicBool,
    overflows: Counter,
}

impl Inbound {
    pub fn new() -> (Self, mpsc::Receiver<Arrival>) {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let inbound = Self {
            queue: sender,
            has_lost: AtomicBool::new(false),
            overflows: counter!("haggle_bus_overflows_total"),
        };
        (inbound, receiver)
    }

    /// Never waits.
    pub fn add(&self, arrival: Arrival) {
        if self.queue.try_send(arrival).is_err() {
            self.has_lost.store(true, Ordering::Release);
            self.overflows.increment(1);
        }
    }

    /// For somebody who may wait.
    pub async fn add_slowly(&self, arrival: Arrival) {
        // The task that takes it ends last.
        let _ = self.queue.send(arrival).await;
    }
}

impl Nodes {
    /// What Redis pushes: a channel and a text. Must not wait.
    pub(super) fn hear(&self, data: &[Value]) {
        let [Value::BulkString(channel), Value::BulkString(text)] = data else {
            return;
        };
        let (Ok(channel), Some(heard)) = (std::str::from_utf8(channel), Heard::read(text)) else {
            return;
        };
        if heard.node == self.node.as_str() {
            return;
        }
        let user = self.names.user_of(channel).map(UserId::new);
        let text = text.clone();
        self.inbound.add(Arrival::Heard { user, text });
    }
}

/// Hands over what arrives, as long as the node runs.
pub struct Delivery {
    nodes: Arc<Nodes>,
    dispatch: Dispatch,
    queue: mpsc::Receiver<Arrival>,
    order: Order<Ready>,
    numbers: Numbers,
    waiting: Gauge,
    received: Counter,
}

/// An event for one user.
struct Ready {
    user: UserId,
    event: Arc<Event>,
}

impl std::fmt::Debug for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Delivery")
    }
}

impl Delivery {
    pub fn new(nodes: Arc<Nodes>, dispatch: Dispatch, queue: mpsc::Receiver<Arrival>) -> Self {
        describe_counter!(
            "haggle_redis_received_total",
            "Events heard from other servers"
        );
        Self {
            nodes,
            dispatch,
            queue,
            order: Order::default(),
            numbers: Numbers::default(),
            waiting: gauge!("haggle_bus_queue"),
            received: counter!("haggle_redis_received_total"),
        }
    }

    pub async fn run(mut self) {
        loop {
            let end = self.order.next_end();
            let arrival = tokio::select! {
                arrival = self.queue.recv() => arrival,
                () = until(end) => {
                    let mut ready = Vec::new();
                    self.order.give_up(Instant::now(), &mut ready);
                    self.deliver(ready).await;
                    continue;
                }
            };
            let Some(arrival) = arrival else {
                return;
            };
            #[expect(clippy::cast_precision_loss, reason = "the queue is short")]
            self.waiting.set(self.queue.len() as f64);
            if self.nodes.inbound.has_lost.swap(false, Ordering::AcqRel) {
                self.start_over();
            } else {
                self.take(arrival).await;
            }
        }
    }

    /// What waits is older than what was lost, so a fetch after the reset shows both.
    fn start_over(&mut self) {
        tracing::warn!("the bus lost events; every socket here refetches");
        while self.queue.try_recv().is_ok() {}
        self.order.clear();
        self.nodes.caches.clear();
        self.dispatch.reset_everybody();
    }

    async fn take(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Own(event) => {
                let audience = event.audience.clone();
                self.put_in_order(&audience, &event).await;
            }
            Arrival::Heard { user, text } => self.heard(user, &text).await,
            Arrival::Snapshot {
                conversation,
                audience,
            } => self.snapshot(*conversation, audience).await,
        }
    }

    async fn heard(&mut self, user: Option<UserId>, text: &[u8]) {
        let Some(heard) = Heard::read(text) else {
            return;
        };
        if !self.numbers.is_new(user.as_ref(), heard.node, heard.number) {
            return;
        }
        self.received.increment(1);
        match heard.word() {
            Some(Word::Event(mut event)) => {
                event.audience.extend(user);
                self.dispatch.invalidate(&event);
                let event = Arc::new(event);
                let audience = event.audience.clone();
                self.put_in_order(&audience, &event).await;
            }
            Some(Word::Close { node, socket }) if node == self.nodes.node.as_str() => {
                self.nodes.places.close(socket);
            }
            Some(Word::Close { .. }) => {}
            Some(Word::Missed { seconds }) => self.nodes.catch_up.seconds_ago(seconds),
            None => tracing::debug!("another server said what this version does not know"),
        }
    }

    async fn put_in_order(&mut self, audience: &[UserId], event: &Arc<Event>) {
        let here = audience.iter();
        let here = here.filter(|user| self.nodes.hub.is_connected(user));
        if let EventKind::OnlineStatus { user, .. } = &event.kind {
            return self.nodes.statuses.changed(user.clone(), here.cloned());
        }
        let mut ready = Vec::new();
        let now = Instant::now();
        // Without Redis nobody else can send what is missing.
        let may_wait = self.nodes.link.up().is_some();
        for user in here {
            let item = Ready {
                user: user.clone(),
                event: event.clone(),
            };
            match event.kind.revision() {
                Some((conversation, rev)) => {
                    let key = (user.clone(), conversation.clone());
                    if may_wait {
                        self.order.arrive(key, rev, item, now, &mut ready);
                    } else {
                        self.order.pass(key, rev, item, now, &mut ready);
                    }
                }
                None => ready.push(item),
            }
        }
        self.deliver(ready).await;
    }

    /// The users of one event together, so that its frame is made once.
    async fn deliver(&self, ready: Vec<Ready>) {
        for same in ready.chunk_by(|one, other| Arc::ptr_eq(&one.event, &other.event)) {
            let event = Event {
                audience: same.iter().map(|ready| ready.user.clone()).collect(),
                kind: same[0].event.kind.clone(),
            };
            self.dispatch.deliver(event).await;
        }
    }

    async fn snapshot(&mut self, conversation: Conversation, audience: Vec<UserId>) {
        let (id, rev) = (conversation.id.clone(), conversation.rev);
        let users = audience.clone();
        let kind = EventKind::ConversationUpdated(Box::new(conversation));
        self.dispatch.deliver(Event { audience, kind }).await;
        let mut ready = Vec::new();
        let now = Instant::now();
        for user in users {
            let key = (user, id.clone());
            self.order.skip_to(key, rev, now, &mut ready);
        }
        self.deliver(ready).await;
    }
}

async fn until(end: Option<Instant>) {
    match end {
        Some(end) => sleep_until(end).await,
        None => std::future::pending().await,
    }
}
