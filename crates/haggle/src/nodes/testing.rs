//! Nodes without sockets, for tests.

use std::sync::Arc;

use chat::{ids::NodeId, memory::MemoryStorage};

use super::{Nodes, Parts, address::Address};
use crate::{bus::dispatch::Dispatch, cache::Caches, hub::Hub};

/// A node whose tasks run.
pub fn nodes(url: &str, node: &str) -> Arc<Nodes> {
    let storage = Arc::new(MemoryStorage::new());
    let caches = Arc::new(Caches::new(storage.clone(), storage.clone()));
    let hub = Arc::new(Hub::new(0));
    let dispatch = Dispatch::new(hub.clone(), caches.clone(), Arc::default());
    let parts = Parts {
        node: NodeId::new(node),
        hub,
        caches,
        most_sockets: 0,
    };
    let address = Address::parse(url).unwrap();
    let (nodes, delivery) = Nodes::new(address, parts, storage, dispatch);
    tokio::spawn(delivery.run());
    nodes.start();
    nodes
}
