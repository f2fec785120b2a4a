//! Several nodes in front of one database, over Redis: what one commits, the sockets of the others
//! hear. Redis holds nothing that cannot be lost; without it every node serves its own sockets.
//!
//! [`link`] is the connection, [`outbound`] and [`publish`] are the way out, [`ears`] and
//! [`inbound`] the way in; [`order`] keeps what comes from several nodes in order, [`catch_up`]
//! asks the database when something may have been missed.

pub mod address;
#[cfg(test)]
mod between;
mod bus;
mod catch_up;
mod check;
mod ears;
mod inbound;
mod kind;
mod link;
mod live;
mod names;
mod numbers;
mod order;
mod outbound;
mod places;
mod publish;
mod rates;
mod roll;
mod servers;
mod slots;
mod statuses;
#[cfg(test)]
mod testing;
mod versions;
mod word;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chat::{ids::NodeId, storage::ChatStorage};
use futures_util::future::BoxFuture;
use redis::RedisResult;
use tokio::time::{Instant, timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    address::Address, catch_up::CatchUp, ears::Ears, inbound::Inbound, link::Link, names::Names,
    outbound::Outbound, places::Places, statuses::Statuses,
};
use crate::{bus::dispatch::Dispatch, cache::Caches, hub::Hub};

pub use self::{
    bus::RedisBus, check::check, inbound::Delivery, places::Place, rates::RedisRates,
    versions::Version,
};

/// The longest that somebody who waits for an answer waits for Redis.
const QUICK: Duration = Duration::from_millis(250);
/// For how long nobody waits after that.
const REST: Duration = Duration::from_secs(1);

/// This node, as one of several.
pub struct Nodes {
    node: NodeId,
    address: Address,
    names: Names,
    hub: Arc<Hub>,
    caches: Arc<Caches>,
    storage: Arc<dyn ChatStorage>,
    /// Of one user on all nodes; 0: as many as they like.
    most_sockets: u32,
    link: Link,
    outbound: Outbound,
    inbound: Inbound,
    ears: Ears,
    places: Places,
    catch_up: CatchUp,
    statuses: Statuses,
    /// Redis did not answer soon.
    unanswered: Rest,
    /// What is to be told waits for long: after an outage that is so although Redis answers.
    unsettled: Rest,
    /// The last words are said.
    ending: CancellationToken,
    /// They have been said.
    ended: CancellationToken,
    tasks: TaskTracker,
}

impl std::fmt::Debug for Nodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Nodes")
    }
}

/// What a node is made of, for [`Nodes::new`].
#[derive(Clone, Debug)]
pub struct Parts {
    pub node: NodeId,
    pub hub: Arc<Hub>,
    pub caches: Arc<Caches>,
    pub most_sockets: u32,
}

impl Nodes {
    /// The delivery's task is the caller's to run; the others begin with [`Self::start`].
    pub fn new(
        address: Address,
        parts: Parts,
        storage: Arc<dyn ChatStorage>,
        dispatch: Dispatch,
    ) -> (Arc<Self>, Delivery) {
        let (inbound, queue) = Inbound::new();
        parts.caches.shown.begin();
        let nodes = Arc::new(Self {
            node: parts.node,
            names: Names::new(address.db()),
            address,
            hub: parts.hub,
            caches: parts.caches,
            storage,
            most_sockets: parts.most_sockets,
            link: Link::default(),
            outbound: Outbound::default(),
            inbound,
            ears: Ears::default(),
            places: Places::default(),
            catch_up: CatchUp::default(),
            statuses: Statuses::default(),
            unanswered: Rest::default(),
            unsettled: Rest::default(),
            ending: CancellationToken::new(),
            ended: CancellationToken::new(),
            tasks: TaskTracker::new(),
        });
        nodes
            .tasks
            .spawn(statuses::tell(nodes.clone(), dispatch.clone()));
        let delivery = Delivery::new(nodes.clone(), dispatch, queue);
        (nodes, delivery)
    }

    pub fn start(self: &Arc<Self>) {
        self.tasks.spawn(link::keep(self.clone()));
        self.tasks.spawn(catch_up::catch_up(self.clone()));
        let last = [
            self.tasks.spawn(publish::publish(self.clone())),
            self.tasks.spawn(roll::keep(self.clone())),
        ];
        let ended = self.ended.clone();
        self.tasks.spawn(async move {
            for task in last {
                let _ = task.await;
            }
            ended.cancel();
        });
    }

    /// Says what is still to be said, and ends. After everything that publishes.
    pub async fn end(&self) {
        self.ending.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// See [`chat::bus::Bus::settled`].
    fn settled(self: &Arc<Self>) -> Option<BoxFuture<'static, ()>> {
        if self.link.up().is_none() || self.unsettled.is_on() {
            return None;
        }
        let known = self.outbound.known()?;
        let nodes = self.clone();
        Some(Box::pin(async move {
            if !matches!(timeout(QUICK, known).await, Ok(Ok(()))) {
                nodes.unsettled.begin();
            }
        }))
    }

    /// An answer that came soon. When none did, nobody else waits for a while.
    async fn quickly<T>(&self, asked: impl Future<Output = RedisResult<T>>) -> Option<T> {
        if self.unanswered.is_on() {
            return None;
        }
        match timeout(QUICK, asked).await {
            Ok(Ok(answer)) => Some(answer),
            failed => {
                if let Ok(Err(error)) = failed {
                    tracing::debug!(%error, "Redis does not answer");
                }
                self.unanswered.begin();
                None
            }
        }
    }
}

/// A time in which nobody waits, because somebody waited in vain.
#[derive(Debug, Default)]
struct Rest(Mutex<Option<Instant>>);

impl Rest {
    fn begin(&self) {
        *self.until() = Some(Instant::now() + REST);
    }

    fn is_on(&self) -> bool {
        self.until().is_some_and(|until| Instant::now() < until)
    }

    fn until(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
