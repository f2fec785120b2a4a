//! Nodes without sockets, for tests.

use std::sync::Arc;

use chat::{ids::NodeId, memory::MemoryStorage};

use super::{Nodes, Parts, address::Address};
use crate::{bus::dispatch::Dispatch, cache::Caches, hub::Hub};

/// A node whose tasks run.
pub fn nodes(url: &str, node: &str) -> Arc<Nodes> {
    nodes_on(&Arc::new(MemoryStorage::new()), url, node)
}

/// The same, on this storage.
pub fn nodes_on(storage: &Arc<MemoryStorage>, url: &str, node: &str) -> Arc<Nodes> {
    let caches = Arc::new(Caches::new(storage.clone(), storage.clone()));
    let hub = Arc::new(Hub::new(0));
    let dispatch = Dispatch::new(
        hub.clone(),
        caches.clone(),
        Arc::default(),
        crate::attachments::Links::testing(),
    );
    let parts = Parts {
        node: NodeId::new(node),
        hub,
        caches,
        most_sockets: 0,
    };
    let address = Address::parse(url).unwrap();
    let (nodes, delivery) = Nodes::new(address, parts, storage.clone(), dispatch);
    tokio::spawn(delivery.run());
    nodes.start();
    nodes
}
