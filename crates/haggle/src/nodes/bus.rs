//! The bus of several nodes: sockets here hear at once, the others through Redis.

use std::sync::Arc;

use chat::{
    bus::Bus,
    event::{Event, EventKind},
};
use futures_util::future::BoxFuture;
use metrics::{Counter, counter};

use super::{Nodes, inbound::Arrival, outbound::Item};
use crate::bus::dispatch::Dispatch;

#[derive(Debug)]
pub struct RedisBus {
    nodes: Arc<Nodes>,
    dispatch: Dispatch,
    events: Counter,
}

impl RedisBus {
    pub fn new(nodes: Arc<Nodes>, dispatch: Dispatch) -> Self {
        Self {
            nodes,
            dispatch,
            events: counter!("haggle_bus_events_total"),
        }
    }
}

impl Bus for RedisBus {
    fn publish(&self, event: Event) {
        self.dispatch.invalidate(&event);
        let event = Arc::new(event);
        if self.dispatch.concerns_us(&event) {
            self.events.increment(1);
            self.nodes.inbound.add(Arrival::Own(event.clone()));
        }
        // Nobody wants to hear later that somebody was writing.
        let is_brief = matches!(event.kind, EventKind::Typing { .. });
        if !is_brief || self.nodes.link.up().is_some() {
            self.nodes.outbound.add(Item::Event(event));
        }
    }

    fn settled(&self) -> Option<BoxFuture<'static, ()>> {
        self.nodes.settled()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chat::ids::NodeId;
    use test_support::{RedisCluster, RedisServer};

    use super::RedisBus;
    use crate::{
        bus::contract,
        nodes::{Nodes, Parts, address::Address},
    };

    fn bus(node: &contract::Node, url: &str) -> (Arc<RedisBus>, Arc<Nodes>) {
        let parts = Parts {
            node: NodeId::new("n1"),
            hub: node.hub.clone(),
            caches: node.caches.clone(),
            most_sockets: 0,
        };
        let address = Address::parse(url).unwrap();
        let (nodes, delivery) = Nodes::new(address, parts, node.storage(), node.dispatch());
        tokio::spawn(delivery.run());
        nodes.start();
        let bus = RedisBus::new(nodes.clone(), node.dispatch());
        (Arc::new(bus), nodes)
    }

    #[tokio::test]
    async fn it_holds_the_contract() {
        let redis = RedisServer::start();
        contract::holds(async |node| {
            let (bus, nodes) = bus(node, &redis.url());
            nodes.link.wait().await;
            bus as _
        })
        .await;
    }

    #[tokio::test]
    async fn it_holds_the_contract_on_a_cluster() {
        let redis = RedisCluster::start();
        contract::holds(async |node| {
            let (bus, nodes) = bus(node, &redis.url());
            nodes.link.wait().await;
            bus as _
        })
        .await;
    }

    #[tokio::test]
    async fn it_holds_the_contract_without_redis() {
        contract::holds(async |node| bus(node, "redis://127.0.0.1:1").0 as _).await;
    }
}
