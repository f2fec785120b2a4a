//! The one task that hands to the sockets of this server what arrives, from itself and from other
//! servers: each message once, each conversation in order.

use std::{sync::Arc, time::Duration};

use chat::{
    conversation::Conversation,
    event::{Event, EventKind},
    ids::{NodeId, UserId},
};
use metrics::{Counter, counter, describe_counter};
use redis_link::RedisLink;
use tokio::time::{Instant, sleep_until};

use super::{
    arrival::Arrival,
    dedup::Dedup,
    delivery_queue::{Deliveries, Next},
    envelope::{Body, Envelope},
    fanout::Fanout,
    gap_fill::GapFill,
    presence_updates::PresenceUpdates,
    reorder_buffer::ReorderBuffer,
    socket_limit::SocketLimit,
};
use crate::{cache::Caches, hub::Hub};

pub struct Receiver {
    node: NodeId,
    fanout: Fanout,
    hub: Arc<Hub>,
    caches: Arc<Caches>,
    link: Arc<RedisLink>,
    socket_limit: Arc<SocketLimit>,
    gap_fill: Arc<GapFill>,
    presence_updates: Arc<PresenceUpdates>,
    order: ReorderBuffer<Ready>,
    dedup: Dedup,
    received: Counter,
}

/// An event for one user.
struct Ready {
    user: UserId,
    event: Arc<Event>,
}

impl Receiver {
    pub fn new(
        node: NodeId,
        fanout: Fanout,
        (hub, caches, link): (Arc<Hub>, Arc<Caches>, Arc<RedisLink>),
        (socket_limit, gap_fill): (Arc<SocketLimit>, Arc<GapFill>),
        presence_updates: Arc<PresenceUpdates>,
    ) -> Self {
        describe_counter!(
            "haggle_redis_received_total",
            "Events heard from other servers"
        );
        Self {
            node,
            fanout,
            hub,
            caches,
            link,
            socket_limit,
            gap_fill,
            presence_updates,
            order: ReorderBuffer::default(),
            dedup: Dedup::default(),
            received: counter!("haggle_redis_received_total"),
        }
    }

    /// Runs as long as there is somebody who publishes.
    pub async fn run(mut self, mut arrivals: Deliveries<Arrival>) {
        loop {
            let end = self.order.next_end();
            let next = tokio::select! {
                next = arrivals.next() => next,
                () = until(end) => {
                    let mut ready = Vec::new();
                    self.order.give_up(Instant::now(), &mut ready);
                    self.deliver(ready).await;
                    continue;
                }
            };
            match next {
                None => return,
                Some(Next::Deliver(arrival)) => self.take(arrival).await,
                Some(Next::Reset) => {
                    self.order.clear();
                    self.caches.clear();
                    self.fanout.reset_everybody();
                }
            }
        }
    }

    async fn take(&mut self, arrival: Arrival) {
        match arrival {
            Arrival::Own(event) => {
                let audience = event.audience.clone();
                self.put_in_order(&audience, &event).await;
            }
            Arrival::Received { user, text } => self.receive(user, &text).await,
            Arrival::Snapshot {
                conversation,
                audience,
            } => self.snapshot(*conversation, audience).await,
        }
    }

    async fn receive(&mut self, user: Option<UserId>, text: &[u8]) {
        let Some(envelope) = Envelope::read(text) else {
            return;
        };
        let (node, number) = (envelope.node, envelope.number);
        if !self.dedup.is_new(user.as_ref(), node, number) {
            return;
        }
        self.received.increment(1);
        match envelope.body() {
            Some(Body::Event(mut event)) => {
                event.audience.extend(user);
                self.fanout.invalidate(&event);
                let event = Arc::new(event);
                let audience = event.audience.clone();
                self.put_in_order(&audience, &event).await;
            }
            Some(Body::Close { node, socket }) if node == self.node.as_str() => {
                self.socket_limit.close(socket);
            }
            Some(Body::Close { .. }) => {}
            Some(Body::Missed { seconds }) => {
                let seconds = u64::try_from(seconds).unwrap_or(0);
                self.gap_fill.ago(Duration::from_secs(seconds));
            }
            None => tracing::debug!("passed over a message of another version of the server"),
        }
    }

    async fn put_in_order(&mut self, audience: &[UserId], event: &Arc<Event>) {
        let here = audience.iter();
        let here = here.filter(|user| self.hub.is_connected(user));
        if let EventKind::OnlineStatus { user, .. } = &event.kind {
            return self.presence_updates.changed(user.clone(), here.cloned());
        }
        let mut ready = Vec::new();
        let now = Instant::now();
        // Without Redis no other server can send what is missing.
        let may_wait = self.link.is_up();
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
                        self.order.pass(&key, rev, item, now, &mut ready);
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
            self.fanout.deliver(event).await;
        }
    }

    async fn snapshot(&mut self, conversation: Conversation, audience: Vec<UserId>) {
        let (id, rev) = (conversation.id.clone(), conversation.rev);
        let users = audience.clone();
        let is_change = conversation.messages_rev == rev;
        let kind = EventKind::ConversationUpdated(Box::new(conversation));
        self.fanout.deliver(Event { audience, kind }).await;
        if is_change {
            // A conversation does not show how its messages changed. Whoever missed more than this one change
            // sees the gap.
            let conversation = Some(id.clone());
            let kind = EventKind::Reset { conversation };
            let audience = users.clone();
            self.fanout.deliver(Event { audience, kind }).await;
        }
        let mut ready = Vec::new();
        let now = Instant::now();
        for user in users {
            let key = (user, id.clone());
            self.order.skip_to(&key, rev, now, &mut ready);
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
