//! Two servers without sockets of their own, and what one hears of the other.

use std::{sync::Arc, time::Duration};

use chat::{
    event::{Event, EventKind},
    ids::{ConversationId, UserId},
    person::Role,
    publisher::Publisher,
    timestamp::Timestamp,
};
use redis_link::Command;
use serde_json::Value;
use test_support::{RedisCluster, RedisSentinels, RedisServer, eventually};
use tokio::time::timeout;

use super::{RedisBroker, testing::broker};
use crate::hub::send_queue::{Next, SendQueue};

const PATIENCE: Duration = Duration::from_secs(30);

struct Node {
    broker: Arc<RedisBroker>,
}

impl Node {
    async fn new(url: &str, name: &str) -> Self {
        let broker = broker(url, name);
        broker.link.wait().await;
        Self { broker }
    }

    async fn socket(&self, user: &str) -> Arc<SendQueue> {
        let (user, socket) = (UserId::new(user), Arc::default());
        self.broker.hub.join(&user, Role::Buyer, &socket);
        self.broker.arrive(&user, &socket).await;
        socket
    }

    async fn version(&self, user: &str) -> String {
        let up = self.broker.link.up().expect("Redis is there");
        let key = self.broker.keys.version(&UserId::new(user));
        let version = up.connection.ask(&Command::get(&key)).await;
        version.expect("a version")
    }

    fn tell(&self, users: &[&str], rev: i64) {
        self.broker.publish(Event {
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

async fn rev(socket: &SendQueue) -> i64 {
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

/// Some users whose channels are in each part of a cluster.
fn users_of(redis: &RedisCluster, one: &Node) -> Vec<Vec<String>> {
    let mut users = vec![Vec::new(); 3];
    for number in 0..30 {
        let user = format!("user {number}");
        users[redis.part_of(&channel(one, &user))].push(user);
    }
    users
}

fn channel(node: &Node, user: &str) -> String {
    // In quotes, for a command in a line.
    format!("\"{}\"", node.broker.keys.channel_of(&UserId::new(user)))
}

async fn is_heard(redis: &RedisCluster, channel: &str, by: usize) {
    eventually("the channel is heard", async || {
        redis.listeners(channel) == by
    })
    .await;
}

#[tokio::test]
async fn users_of_every_part_of_a_cluster_are_told_together_and_in_order() {
    let redis = RedisCluster::start();
    let (one, other) = (
        Node::new(&redis.url(), "n1").await,
        Node::new(&redis.url(), "n2").await,
    );
    let users = users_of(&redis, &one).concat();
    let users: Vec<_> = users.iter().map(String::as_str).collect();
    let mut sockets = Vec::new();
    for user in &users {
        sockets.push(other.socket(user).await);
    }
    for at in 1..=100 {
        one.tell(&users, at);
    }
    for socket in &sockets {
        for at in 1..=100 {
            assert_eq!(rev(socket).await, at);
        }
    }
}

#[tokio::test]
async fn a_slot_that_moves_takes_its_channels_and_versions_along() {
    let redis = RedisCluster::start();
    let (one, other) = (
        Node::new(&redis.url(), "n1").await,
        Node::new(&redis.url(), "n2").await,
    );
    let stays = other.socket("ben").await;
    let socket = other.socket("anna").await;
    let channel = channel(&one, "anna");
    let slot = redis.slot_of(&channel);
    let to = (redis.part_of(&channel) + 1) % 3;
    let mut at = 0;
    let mut versions = Vec::new();
    let mut hears = async || {
        at += 1;
        one.tell(&["anna", "ben"], at);
        assert_eq!(rev(&socket).await, at);
        assert_eq!(rev(&stays).await, at);
        let version = other.version("anna").await;
        assert!(!versions.contains(&version), "{versions:?}");
        versions.push(version);
    };
    hears().await;
    // On the way keys are here or there, and channels still here.
    redis.begin_to_move(slot, to);
    hears().await;
    redis.end_to_move(slot, to);
    is_heard(&redis, &channel, 1).await;
    hears().await;
    let new = other.socket("anna").await;
    one.tell(&["anna"], 100);
    assert_eq!(rev(&new).await, 100);
    for node in [&one, &other] {
        assert!(node.broker.link.up().is_some(), "nobody lost the others");
    }

    // The channel of everybody cannot be looked up for some only.
    let everybody = one.broker.keys.broadcast_channel();
    let slot = redis.slot_of(&everybody);
    redis.move_slot(slot, (redis.part_of(&everybody) + 1) % 3);
    is_heard(&redis, &everybody, 2).await;
    is_heard(&redis, &channel, 1).await;
}

#[tokio::test]
async fn the_replica_of_a_killed_master_is_found() {
    let mut redis = RedisCluster::that_fails_over();
    let (one, other) = (
        Node::new(&redis.url(), "n1").await,
        Node::new(&redis.url(), "n2").await,
    );
    let users: Vec<_> = users_of(&redis, &one)
        .into_iter()
        .map(|mut users| users.swap_remove(0))
        .collect();
    let mut sockets = Vec::new();
    for user in &users {
        sockets.push(other.socket(user).await);
    }
    let users: Vec<_> = users.iter().map(String::as_str).collect();
    redis.kill_master(1);
    eventually("both notice", async || {
        [&one, &other]
            .iter()
            .all(|node| node.broker.link.up().is_none())
    })
    .await;
    redis.has_failed_over(1);
    is_heard(&redis, &one.broker.keys.broadcast_channel(), 2).await;
    for user in &users {
        is_heard(&redis, &channel(&one, user), 1).await;
    }
    one.tell(&users, 1);
    for socket in &sockets {
        assert_eq!(rev(socket).await, 1);
    }
    redis.start_again(1);
    other.tell(&users, 2);
    for socket in &sockets {
        assert_eq!(rev(socket).await, 2);
    }
}

#[tokio::test]
async fn the_master_that_sentinels_choose_is_found() {
    let mut redis = RedisSentinels::start();
    let (one, other) = (
        Node::new(&redis.url(), "n1").await,
        Node::new(&redis.url(), "n2").await,
    );
    let socket = other.socket("anna").await;
    one.tell(&["anna"], 1);
    assert_eq!(rev(&socket).await, 1);
    // Nor is every sentinel there.
    redis.sentinels()[0].freeze();
    redis.kill_master();
    redis.has_failed_over();
    let everybody = one.broker.keys.broadcast_channel();
    eventually("both are at the new master", async || {
        redis.listeners(&everybody) == 2
    })
    .await;
    one.tell(&["anna"], 2);
    assert_eq!(rev(&socket).await, 2);
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
