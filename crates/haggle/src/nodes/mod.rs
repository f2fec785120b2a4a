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
mod ears;
mod inbound;
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
use redis::RedisResult;
use tokio::time::{Instant, timeout};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{
    address::Address, catch_up::CatchUp, ears::Ears, inbound::Inbound, link::Link, live::Live,
    names::Names, outbound::Outbound, places::Places, statuses::Statuses,
};
use crate::{bus::dispatch::Dispatch, cache::Caches, hub::Hub};

pub use self::{
    bus::RedisBus, inbound::Delivery, places::Place, rates::RedisRates, versions::Version,
};

/// The longest that somebody who waits for an answer waits for Redis.
const QUICK: Duration = Duration::from_millis(250);
/// For how long nobody waits after that.
const REST: Duration = Duration::from_secs(1);

/// Tries what a node does with Redis. Returns its version, or what is wrong.
pub async fn check(address: &Address) -> Result<String, String> {
    let tried = async {
        let live = Live::open(address, Arc::new(|_| {})).await?;
        let probe = Names::new(address.db()).everybody();
        live.subscribe(&[probe]).await?;
        live.ping().await?;
        let mut info = redis::cmd("INFO");
        info.arg("server");
        // A cluster answers for each of its servers.
        live.ask::<redis::Value>(&info).await
    };
    let info = tried.await.map_err(|error| error.to_string())?;
    let text = format!("{info:?}");
    let version = text.split("redis_version:").nth(1).unwrap_or("unknown");
    let ends = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '.');
    Ok(version.split(ends).next().unwrap_or_default().to_owned())
}

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
    /// When Redis may be asked again by somebody who is in a hurry.
    rests_until: Mutex<Option<Instant>>,
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
            rests_until: Mutex::new(None),
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

    /// Waits until what was published here is known to the caches of the others. Not for long.
    pub async fn settled(&self) {
        let is_worth_it = self.link.up().is_some() && !self.outbound.is_empty();
        if is_worth_it && !self.is_resting() && !self.outbound.settled().await {
            self.rest();
        }
    }

    /// An answer that came soon. When none did, nobody else waits for a while.
    async fn quickly<T>(&self, asked: impl Future<Output = RedisResult<T>>) -> Option<T> {
        if self.is_resting() {
            return None;
        }
        match timeout(QUICK, asked).await {
            Ok(Ok(answer)) => Some(answer),
            failed => {
                if let Ok(Err(error)) = failed {
                    tracing::debug!(%error, "Redis does not answer");
                }
                self.rest();
                None
            }
        }
    }

    fn rest(&self) {
        *self.rests_until() = Some(Instant::now() + REST);
    }

    fn is_resting(&self) -> bool {
        self.rests_until()
            .is_some_and(|until| Instant::now() < until)
    }

    fn rests_until(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.rests_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
