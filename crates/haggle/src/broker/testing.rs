//! Brokers without sockets, for tests.

use std::sync::Arc;

use chat::ids::NodeId;
use chat_testing::memory::MemoryStorage;
use redis_link::Address;

use super::{
    fanout::Fanout,
    redis::{Parts, RedisBroker},
};
use crate::{attachments::Links, cache::Caches, hub::Hub};

/// A broker whose tasks run.
pub fn broker(url: &str, node: &str) -> Arc<RedisBroker> {
    broker_on(&Arc::new(MemoryStorage::new()), url, node)
}

/// The same, on this storage.
pub fn broker_on(storage: &Arc<MemoryStorage>, url: &str, node: &str) -> Arc<RedisBroker> {
    let caches = Arc::new(Caches::new(storage.clone(), storage.clone()));
    let hub = Arc::new(Hub::new(0));
    let fanout = Fanout::new(
        hub.clone(),
        caches.clone(),
        Arc::default(),
        Links::testing(),
    );
    let parts = Parts {
        node: NodeId::new(node),
        hub,
        caches,
        conversations: storage.clone(),
        most_sockets: 0,
    };
    let address = Address::parse(url).unwrap();
    let (broker, delivery) = RedisBroker::start(address, parts, fanout);
    tokio::spawn(delivery);
    broker
}
