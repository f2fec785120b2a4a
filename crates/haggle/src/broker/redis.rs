//! The broker of several servers: sockets here hear at once, those of the others through Redis.

use std::sync::Arc;

use async_trait::async_trait;
use chat::{
    event::Event,
    ids::{NodeId, UserId},
    publisher::Publisher,
    rate_limit::Quotas,
    storage::Conversations,
    timestamp::Clock,
};
use futures_util::future::BoxFuture;
use metrics::{Counter, counter, describe_counter};
use redis_link::{Address, Connection, Handler, RedisLink};
use tokio::time::Instant;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    arrival::Arrival,
    cache_version::CacheVersions,
    circuit_breaker::CircuitBreaker,
    delivery_queue::DeliveryQueue,
    envelope::Envelope,
    fanout::Fanout,
    gap_fill::GapFill,
    heartbeat::Heartbeat,
    keys::Keys,
    membership::Membership,
    presence_updates::PresenceUpdates,
    publish_queue::{Item, PublishQueue},
    publish_worker::PublishWorker,
    rate_limit::RedisRateLimiter,
    receiver::Receiver,
    socket_limit::{SocketLimit, SocketSlot},
};
use crate::{
    cache::{Caches, Version},
    hub::{Hub, send_queue::SendQueue},
};

/// What a broker is made of.
#[derive(Clone)]
pub struct Parts {
    pub node: NodeId,
    pub hub: Arc<Hub>,
    pub caches: Arc<Caches>,
    pub conversations: Arc<dyn Conversations>,
    /// Of one user on all servers; 0: as many as they like.
    pub most_sockets: u32,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Parts")
    }
}

pub struct RedisBroker {
    node: NodeId,
    pub(super) keys: Keys,
    pub(super) hub: Arc<Hub>,
    pub(super) caches: Arc<Caches>,
    pub(super) link: Arc<RedisLink>,
    fanout: Fanout,
    queue: Arc<PublishQueue>,
    deliveries: Arc<DeliveryQueue<Arrival>>,
    pub(super) gap_fill: Arc<GapFill>,
    membership: Arc<Membership>,
    socket_limit: Arc<SocketLimit>,
    versions: CacheVersions,
    presence_updates: Arc<PresenceUpdates>,
    /// Redis did not answer soon.
    unanswered: Arc<CircuitBreaker>,
    /// What is to be published waits for long: after an outage that is so although Redis answers.
    unsettled: Arc<CircuitBreaker>,
    events: Counter,
    /// What is still to be published is published now, and no more.
    ending: CancellationToken,
    /// That is done.
    ended: CancellationToken,
    tasks: TaskTracker,
}

impl std::fmt::Debug for RedisBroker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RedisBroker")
    }
}

impl RedisBroker {
    /// Starts the tasks of the broker, except the one that delivers: that is the caller's to run.
    pub fn start(
        address: Address,
        parts: Parts,
        fanout: Fanout,
    ) -> (Arc<Self>, impl Future<Output = ()> + use<>) {
        describe_counter!("haggle_bus_events_total", "Events with an audience here");
        let Parts {
            node,
            hub,
            caches,
            conversations,
            most_sockets,
        } = parts;
        caches.displayed.begin();
        let keys = Keys::new(address.db());
        let link = Arc::new(RedisLink::new(address, keys.broadcast_channel()));
        let queue = Arc::new(PublishQueue::default());
        let (deliveries, waiting) = DeliveryQueue::new();
        let deliveries = Arc::new(deliveries);
        let unanswered = Arc::new(CircuitBreaker::default());
        let presence_updates = Arc::new(PresenceUpdates::default());
        let membership = Arc::new(Membership::new(node.clone(), keys.clone()));
        let gap_fill = Arc::new(GapFill::new(
            node.clone(),
            hub.clone(),
            caches.clone(),
            conversations,
            deliveries.clone(),
            presence_updates.clone(),
        ));
        let socket_limit = Arc::new(SocketLimit::new(
            node.clone(),
            keys.clone(),
            most_sockets,
            membership.clone(),
            queue.clone(),
        ));
        let receiver = Receiver::new(
            node.clone(),
            fanout.clone(),
            (hub.clone(), caches.clone(), link.clone()),
            (socket_limit.clone(), gap_fill.clone()),
            presence_updates.clone(),
        );
        let broker = Arc::new(Self {
            versions: CacheVersions::new(keys.clone(), link.clone(), unanswered.clone()),
            node,
            keys,
            hub,
            caches,
            link,
            fanout,
            queue,
            deliveries,
            gap_fill,
            membership,
            socket_limit,
            presence_updates,
            unanswered,
            unsettled: Arc::default(),
            events: counter!("haggle_bus_events_total"),
            ending: CancellationToken::new(),
            ended: CancellationToken::new(),
            tasks: TaskTracker::new(),
        });
        broker.spawn_tasks();
        (broker, receiver.run(waiting))
    }

    fn spawn_tasks(self: &Arc<Self>) {
        let (ending, ended) = (&self.ending, &self.ended);
        let link = self.link.clone();
        self.tasks.spawn(link.run(self.clone(), ended.clone()));
        let presence = self.presence_updates.clone();
        let (caches, fanout) = (self.caches.clone(), self.fanout.clone());
        self.tasks
            .spawn(presence.run(caches, fanout, ended.clone()));
        let gap_fill = self.gap_fill.clone();
        self.tasks.spawn(gap_fill.run(ended.clone()));
        let worker = PublishWorker::new(
            self.node.clone(),
            self.keys.clone(),
            self.link.clone(),
            self.queue.clone(),
        );
        let heartbeat = Heartbeat::new(
            self.link.clone(),
            self.membership.clone(),
            self.socket_limit.clone(),
            self.gap_fill.clone(),
        );
        let last = [
            self.tasks.spawn(worker.run(ending.clone())),
            self.tasks.spawn(heartbeat.run(ending.clone())),
        ];
        let ended = ended.clone();
        self.tasks.spawn(async move {
            for task in last {
                let _ = task.await;
            }
            ended.cancel();
        });
    }

    /// Publishes what is still to be published, and ends. After everything that publishes.
    pub async fn end(&self) {
        self.ending.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// A socket of this user is here: their channel is subscribed to and the socket counts when
    /// this returns, unless Redis does not answer.
    pub async fn arrive(&self, user: &UserId, socket: &Arc<SendQueue>) -> SocketSlot {
        let slot = self.socket_limit.add(user, socket);
        let subscribed = self.link.subscribe(&self.keys.channel_of(user));
        if let Some(up) = self.link.up() {
            let subscribed = async {
                if let Some(subscribed) = subscribed {
                    let _ = subscribed.await;
                }
            };
            self.socket_limit
                .take_while(&up.connection, &slot, subscribed)
                .await;
        }
        slot
    }

    /// The version of what this user's list and count show; `sees_all`: also of everything.
    pub async fn version(&self, user: &UserId, sees_all: bool) -> Version {
        self.versions.get(user, sees_all).await
    }

    /// Rate limits that all servers share; `clock` is for those of this server alone.
    pub fn rate_limiter(&self, quotas: Quotas, clock: Arc<dyn Clock>) -> RedisRateLimiter {
        let (keys, link) = (self.keys.clone(), self.link.clone());
        RedisRateLimiter::new(keys, link, self.unanswered.clone(), quotas, clock)
    }
}

impl Publisher for RedisBroker {
    fn publish(&self, event: Event) {
        self.fanout.invalidate(&event);
        let event = Arc::new(event);
        if self.fanout.concerns_us(&event) {
            self.events.increment(1);
            self.deliveries.push(Arrival::Own(event.clone()));
        }
        // Nobody wants to hear later that somebody was writing.
        if !event.kind.is_brief() || self.link.is_up() {
            self.queue.add(Item::Event(event));
        }
    }

    fn settled(&self) -> Option<BoxFuture<'static, ()>> {
        if !self.link.is_up() || self.unsettled.is_open() {
            return None;
        }
        let known = self.queue.known()?;
        let unsettled = self.unsettled.clone();
        Some(Box::pin(async move {
            unsettled.call(known).await;
        }))
    }
}

#[async_trait]
impl Handler for RedisBroker {
    fn received(&self, channel: &str, payload: &[u8]) {
        let Some(envelope) = Envelope::read(payload) else {
            return;
        };
        if envelope.node == self.node.as_str() {
            return;
        }
        let user = self.keys.user_of(channel).map(UserId::new);
        let text = payload.to_vec();
        self.deliveries.push(Arrival::Received { user, text });
    }

    fn connected(&self, received_until: Instant) {
        // What they hold may have changed unheard.
        self.caches.clear();
        self.gap_fill.since(received_until);
    }

    fn missed(&self, channels: Vec<(String, Instant)>) {
        let user_of = |channel: &str| self.keys.user_of(channel).map(UserId::new);
        let users = channels.iter();
        let users = users.filter_map(|(channel, since)| Some((user_of(channel)?, *since)));
        self.gap_fill.of(users);
    }

    fn is_wanted(&self, channel: &str) -> bool {
        let user = self.keys.user_of(channel).map(UserId::new);
        user.is_some_and(|user| self.hub.is_connected(&user))
    }

    async fn register(&self, connection: &Connection) -> redis_link::Result<()> {
        self.membership.register(connection).await.map(drop)
    }
}

/// Tries what a server does with Redis. Says what was found, or what is wrong.
pub async fn check(address: &Address) -> Result<String, String> {
    let keys = Keys::new(address.db());
    redis_link::check(address, &keys.broadcast_channel(), &keys.check()).await
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chat::ids::NodeId;
    use redis_link::Address;
    use test_support::{RedisCluster, RedisServer};

    use super::{Parts, RedisBroker};
    use crate::broker::contract;

    fn broker(node: &contract::Node, url: &str) -> Arc<RedisBroker> {
        let parts = Parts {
            node: NodeId::new("n1"),
            hub: node.hub.clone(),
            caches: node.caches.clone(),
            conversations: node.storage(),
            most_sockets: 0,
        };
        let address = Address::parse(url).unwrap();
        let (broker, delivery) = RedisBroker::start(address, parts, node.fanout());
        tokio::spawn(delivery);
        broker
    }

    #[tokio::test]
    async fn it_holds_the_contract() {
        let redis = RedisServer::start();
        contract::holds(async |node| {
            let broker = broker(node, &redis.url());
            broker.link.wait().await;
            broker as _
        })
        .await;
    }

    #[tokio::test]
    async fn it_holds_the_contract_on_a_cluster() {
        let redis = RedisCluster::start();
        contract::holds(async |node| {
            let broker = broker(node, &redis.url());
            broker.link.wait().await;
            broker as _
        })
        .await;
    }

    #[tokio::test]
    async fn it_holds_the_contract_without_redis() {
        contract::holds(async |node| broker(node, "redis://127.0.0.1:1") as _).await;
    }
}
