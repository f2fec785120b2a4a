//! A Redis of several servers loses one, or moves what is in it, and takes care of that by itself. So do
//! the servers of Haggle.

use serde_json::json;
use test_support::{RedisCluster, RedisSentinels, eventually};

use crate::{
    crowd::Crowd,
    market::{Market, figure_of},
    talk::{Talk, of},
};

/// Every server has lost its Redis. A failover takes longer than that.
async fn is_noticed(market: &Market) {
    for base in market.bases() {
        eventually("the server notices", async || {
            figure_of(&base, "haggle_redis_up").await < 0.5
        })
        .await;
    }
}

/// Limits count over both servers, and who goes is gone at both.
async fn limits_and_presence_go_on(market: &Market, most: usize) {
    let bolts = json!({"supplierId": "s-1"});
    let conversation = market.person_at(0, "bert").open(bolts).await;
    let mut screen = market.person_at(1, "sofia").online().await;
    let path = of(&conversation, "/messages");
    let bert = [market.person_at(0, "bert"), market.person_at(1, "bert")];
    for turn in 0..most {
        bert[turn % 2].say(&conversation, &format!("{turn}")).await;
    }
    for bert in &bert {
        let refused = bert.post(&path, json!({"content": "one more"})).await;
        refused.expect(429);
    }
    let came = bert[0].online().await;
    let news = screen.until("online_status").await.pop().expect("the news");
    assert_eq!(news.payload, json!({"userId": "bert", "isOnline": true}));
    came.close().await;
    let news = screen.until("online_status").await.pop().expect("the news");
    assert_eq!(news.payload["isOnline"], false);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_loses_nothing_while_masters_of_a_cluster_are_killed() {
    let mut redis = RedisCluster::that_fails_over();
    let market = Market::over(&redis.url(), 2, &[]).await;
    let crowd = Crowd::gather(&market).await;
    crowd.has_sent(50).await;
    for part in [0, 2] {
        redis.kill_master(part);
        is_noticed(&market).await;
        crowd.has_sent(50).await;
        redis.has_failed_over(part);
        market.is_connected().await;
        crowd.has_sent(50).await;
        redis.start_again(part);
    }
    crowd.has_sent(50).await;
    crowd.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_loses_nothing_while_slots_of_a_cluster_move() {
    let redis = RedisCluster::start();
    let market = Market::over(&redis.url(), 2, &[]).await;
    let crowd = Crowd::gather(&market).await;
    crowd.has_sent(50).await;
    for key in ["u:{anna}", "u:{sofia}", "u:{ada}", "v", "nodes", "all"] {
        let key = format!("haggle:0:{key}");
        redis.begin_to_move(redis.slot_of(&key), (redis.part_of(&key) + 1) % 3);
        crowd.has_sent(20).await;
        redis.end_to_move(redis.slot_of(&key), (redis.part_of(&key) + 1) % 3);
        crowd.has_sent(20).await;
    }
    market.is_connected().await;
    crowd.end().await;
    for base in market.bases() {
        let losses = figure_of(&base, "haggle_redis_losses_total").await;
        // Once for the channel of everybody, and seldom when an answer crossed a news.
        assert!(losses < 6.5, "{losses}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_and_presence_go_on_behind_the_replica_of_a_killed_master() {
    let mut redis = RedisCluster::that_fails_over();
    let market = Market::over(&redis.url(), 2, &[("HAGGLE_MESSAGES_PER_MINUTE", "4")]).await;
    let part = redis.part_of("haggle:0:r:send:bert");
    redis.kill_master(part);
    is_noticed(&market).await;
    redis.has_failed_over(part);
    market.is_connected().await;
    limits_and_presence_go_on(&market, 4).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crowd_loses_nothing_while_sentinels_choose_another_master() {
    let mut redis = RedisSentinels::start();
    let settings = [("HAGGLE_MESSAGES_PER_MINUTE", "0")];
    let market = Market::over(&redis.url(), 2, &settings).await;
    let crowd = Crowd::gather(&market).await;
    crowd.has_sent(50).await;
    redis.kill_master();
    is_noticed(&market).await;
    crowd.has_sent(50).await;
    redis.has_failed_over();
    market.is_connected().await;
    crowd.has_sent(50).await;
    crowd.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn limits_and_presence_go_on_at_the_master_that_sentinels_choose() {
    let redis = RedisSentinels::start();
    let market = Market::over(&redis.url(), 2, &[("HAGGLE_MESSAGES_PER_MINUTE", "4")]).await;
    // By hand, while the master is well, as for an upgrade of it.
    redis.fail_over();
    redis.has_failed_over();
    eventually("both servers are at the new master", async || {
        redis.listeners("haggle:0:all") == 2
    })
    .await;
    market.is_connected().await;
    limits_and_presence_go_on(&market, 4).await;
}
