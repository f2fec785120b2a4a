//! Sessions that have died, or are of no use any more, while nobody used them.

use std::time::Duration;

use serde_json::json;
use test_support::{PrivateCluster, eventually, within};

use super::{Shop, checked, cut, everybody_is_answered, haggle, run};
use crate::{
    market::Market,
    talk::{Talk, of},
};

/// Promised.
const WELL_AGAIN: Duration = Duration::from_secs(10);

#[tokio::test]
async fn a_connection_that_died_unused_fails_nobody() {
    let shop = Shop::open().await;
    let market = Market::at(&shop.url(), &[]).await;
    let conversation = market.steel().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    for round in 0..10 {
        let what = format!("round {round}");
        everybody_is_answered([&anna, &sofia], &conversation, &what).await;
        shop.cut().await;
    }
    // Nothing was done twice either.
    assert_eq!(anna.history(&conversation).await.len(), 20);
}

#[tokio::test]
async fn nor_after_postgresql_was_killed() {
    let mut cluster = PrivateCluster::start();
    let market = Market::on(&cluster).await;
    let conversation = market.steel().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    for round in 0..3 {
        let what = format!("round {round}");
        everybody_is_answered([&anna, &sofia], &conversation, &what).await;
        cluster.kill9();
        cluster.start_again();
    }
    everybody_is_answered([&anna, &sofia], &conversation, "at last").await;
}

#[tokio::test]
async fn a_session_that_only_reads_is_dropped() {
    let shop = Shop::open().await;
    let market = Market::at(&shop.url(), &[]).await;
    let conversation = market.steel().await;
    let anna = market.person("anna");
    let path = of(&conversation, "/messages");
    let send = async || anna.post(&path, json!({"content": "Hello"})).await;

    // As after a failover: the address leads to a server that only reads.
    let name = shop.name();
    shop.admin(&format!(
        "alter database {name} set default_transaction_read_only = on"
    ))
    .await;
    shop.cut().await;
    assert_eq!(send().await.expect(503)["code"], "unavailable");
    anna.get("/readyz").await.expect(503);
    let line = checked(&haggle("check", &shop.url(), &[]));
    assert!(
        line.contains("FAILED") && line.contains("only reads"),
        "{line}"
    );

    // The next session may write; those that there are never will.
    shop.admin(&format!(
        "alter database {name} reset default_transaction_read_only"
    ))
    .await;
    within(WELL_AGAIN, "messages are stored", async || {
        send().await.status == 201
    })
    .await;
    within(WELL_AGAIN, "the server is ready", async || {
        anna.get("/readyz").await.status == 200
    })
    .await;
}

#[tokio::test]
async fn a_session_whose_statements_are_gone_or_stale_fails_nobody() {
    let shop = Shop::open().await;
    let market = Market::at(&shop.url(), &[]).await;
    let conversation = market.steel().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    for round in 0..3 {
        let what = format!("round {round}");
        everybody_is_answered([&anna, &sofia], &conversation, &what).await;
        // The marketplace changes what a view shows: plans that were made before are of no use.
        let db = shop.database.pool().await;
        let column = format!("alter table users add column note_{round} text");
        run(&db, &column).await;
        db.close().await;
    }
    eventually("all is as before", async || {
        anna.get("/readyz").await.status == 200
    })
    .await;
    let db = shop.database.pool().await;
    cut(&db, &shop.role).await;
    db.close().await;
    everybody_is_answered([&anna, &sofia], &conversation, "at last").await;
}
