//! Two nodes without sockets of their own, and what one hears of the other.

use std::{sync::Arc, time::Duration};

use chat::{
    bus::Bus,
    event::{Event, EventKind},
    ids::{ConversationId, UserId},
    person::Role,
    timestamp::Timestamp,
};
use serde_json::Value;
use test_support::{RedisCluster, RedisSentinels, RedisServer};
use tokio::time::timeout;

use super::{Nodes, RedisBus, testing::nodes};
use crate::{
    bus::dispatch::Dispatch,
    hub::outbox::{Next, Outbox},
};

const PATIENCE: Duration = Duration::from_secs(30);

struct Node {
    nodes: Arc<Nodes>,
    bus: RedisBus,
}

impl Node {
    async fn new(url: &str, name: &str) -> Self {
        let nodes = nodes(url, name);
        nodes.link.wait().await;
        let (hub, caches) = (nodes.hub.clone(), nodes.caches.clone());
        let dispatch = Dispatch::new(
            hub,
            caches,
            Arc::default(),
            crate::attachments::Links::testing(),
        );
        let bus = RedisBus::new(nodes.clone(), dispatch);
        Self { nodes, bus }
    }

    async fn socket(&self, user: &str) -> Arc<Outbox> {
        let (user, outbox) = (UserId::new(user), Arc::default());
        self.nodes.hub.join(&user, Role::Buyer, &outbox);
        self.nodes.arrive(&user, &outbox).await;
        outbox
    }

    fn tell(&self, users: &[&str], rev: i64) {
        self.bus.publish(Event {
            audience: users.iter().map(|user| UserId::new(*user)).collect(),
            kind: EventKind::Read {
                conversation: ConversationId::new("c1"),
                rev,
                user: UserId::new("somebody"),
                last_read_seq: rev,
                read_at: Timestamp::from_micros(0),
            },
        });
    }
}

async fn rev(socket: &Outbox) -> i64 {
    match timeout(PATIENCE, socket.next()).await.unwrap() {
        Next::Send(frame) => {
            let frame: Value = serde_json::from_str(&frame.text()).unwrap();
            frame["payload"]["rev"].as_i64().unwrap()
        }
        Next::Close(close) => panic!("closed: {close:?}"),
    }
}

/// Each tells what the other's people hear too.
async fn hear_each_other(url: &str) {
    let (one, other) = (Node::new(url, "n1").await, Node::new(url, "n2").await);
    let (anna, ben) = (one.socket("anna").await, other.socket("ben").await);
    let (anna_there, carl) = (other.socket("anna").await, other.socket("carl").await);
    for at in 1..=100 {
        let from = if at % 2 == 0 { &one } else { &other };
        from.tell(&["anna", "ben"], at);
        for socket in [&anna, &ben, &anna_there] {
            assert_eq!(rev(socket).await, at);
        }
    }
    one.tell(&["carl"], 1);
    assert_eq!(rev(&carl).await, 1, "and nothing before");
}

#[tokio::test]
async fn they_hear_each_other_over_one_redis() {
    hear_each_other(&RedisServer::start().url()).await;
}

#[tokio::test]
async fn they_hear_each_other_over_a_cluster() {
    hear_each_other(&RedisCluster::start().url()).await;
}

#[tokio::test]
async fn they_hear_each_other_over_the_master_that_sentinels_name() {
    hear_each_other(&RedisSentinels::start().url()).await;
}

#[tokio::test]
async fn databases_of_one_redis_do_not_hear_each_other() {
    let redis = RedisServer::start();
    let (first, second) = (redis.url(), format!("{}/1", redis.url()));
    let (one, stranger) = (
        Node::new(&first, "n1").await,
        Node::new(&second, "n2").await,
    );
    let friend = Node::new(&first, "n3").await;
    let (anna, other_anna) = (friend.socket("anna").await, stranger.socket("anna").await);
    one.tell(&["anna"], 1);
    assert_eq!(rev(&anna).await, 1);
    stranger.tell(&["anna"], 7);
    assert_eq!(rev(&other_anna).await, 7);
}
