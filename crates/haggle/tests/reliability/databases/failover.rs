//! The primary is gone, and a replica takes its place.

use std::{net::IpAddr, time::Duration};

use sqlx::{PgPool, query, query_scalar};
use test_support::{Person, PrivateCluster, eventually, within};
use tokio::time::timeout;

use super::run;
use crate::{
    crowd::Crowd,
    market::Market,
    talk::{Talk, of},
};

const RULES: &str = "host all all 127.0.0.0/8 trust";
/// Promised.
const WELL_AGAIN: Duration = Duration::from_secs(10);

/// A primary, and a replica that has everything that was acknowledged.
struct Pair {
    primary: PrivateCluster,
    replica: PrivateCluster,
    addresses: [IpAddr; 2],
}

impl Pair {
    async fn start() -> Self {
        let (primary, first) = PrivateCluster::on_network(RULES, &[]);
        let (replica, second) = primary.replica();
        let db = sql(&primary).await;
        run(&db, "alter system set synchronous_standby_names = '*'").await;
        query("select pg_reload_conf()")
            .execute(&db)
            .await
            .expect("it is reloaded");
        eventually("the replica confirms what it has", async || {
            let state = "select count(*) from pg_stat_replication where sync_state = 'sync'";
            query_scalar::<_, i64>(state)
                .fetch_one(&db)
                .await
                .expect("a count")
                == 1
        })
        .await;
        db.close().await;
        Self {
            primary,
            replica,
            addresses: [first, second],
        }
    }

    /// The replica first, so that it is tried and found to be one.
    fn url(&self) -> String {
        let [first, second] = self.addresses;
        format!("postgres://haggle@{second}:5432,{first}/haggle?target_session_attrs=read-write")
    }

    async fn promote(&self) {
        let db = sql(&self.replica).await;
        query("select pg_promote()")
            .execute(&db)
            .await
            .expect("it is promoted");
        db.close().await;
    }
}

async fn sql(cluster: &PrivateCluster) -> PgPool {
    PgPool::connect(cluster.url()).await.expect("it answers")
}

/// Of servers, at a PostgreSQL.
async fn connections(cluster: &PrivateCluster) -> i64 {
    let db = sql(cluster).await;
    let count = "select count(*) from pg_stat_activity where application_name = 'haggle'";
    let count = query_scalar(count).fetch_one(&db).await.expect("a count");
    db.close().await;
    count
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_a_replica_is_promoted_servers_go_on_by_themselves_and_nothing_acknowledged_is_lost() {
    let mut pair = Pair::start().await;
    let market = Market::at(&pair.url(), &[]).await;
    assert_eq!(connections(&pair.replica).await, 0);
    let crowd = Crowd::gather(&market).await;
    crowd.has_sent(50).await;
    pair.primary.kill9();
    pair.promote().await;
    goes_on(&crowd).await;
    crowd.has_sent(50).await;
    crowd.end().await;
    assert!(connections(&pair.replica).await > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn also_when_the_primary_does_not_answer_instead_of_being_gone() {
    let pair = Pair::start().await;
    let market = Market::at(&pair.url(), &[]).await;
    let crowd = Crowd::gather(&market).await;
    crowd.has_sent(50).await;
    pair.primary.freeze();
    pair.promote().await;
    goes_on(&crowd).await;
    crowd.has_sent(50).await;
    // What comes back is a primary of the past, with whatever nobody was told is stored.
    pair.primary.go_on();
    crowd.has_sent(20).await;
    crowd.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_primary_that_was_left_behind_is_not_used_again() {
    let mut pair = Pair::start().await;
    let market = Market::at(&pair.url(), &[]).await;
    let conversation = market.steel().await;
    let anna = market.person("anna");
    pair.primary.kill9();
    pair.promote().await;
    well_again(&anna, &conversation).await;
    let sent = anna.history(&conversation).await.len();

    // The new primary is away for a moment, and the old one is started by mistake.
    pair.primary.start_again();
    pair.replica.kill9();
    let ready = async || anna.get("/readyz").await.status;
    eventually("the server is not ready", async || ready().await == 503).await;
    let path = of(&conversation, "/messages");
    let body = serde_json::json!({"content": "To whom?"});
    anna.post(&path, body).await.expect(503);
    pair.replica.start_again();
    within(WELL_AGAIN, "the server is ready", async || {
        ready().await == 200
    })
    .await;
    assert_eq!(anna.history(&conversation).await.len(), sent);
    assert_eq!(connections(&pair.primary).await, 0);
}

/// Messages are stored again, in time.
async fn goes_on(crowd: &Crowd) {
    let in_time = timeout(WELL_AGAIN, crowd.has_sent(10)).await;
    in_time.expect("messages are stored");
}

/// The same for one who sends.
async fn well_again(anna: &Person, conversation: &str) {
    let path = of(conversation, "/messages");
    within(WELL_AGAIN, "messages are stored", async || {
        let body = serde_json::json!({"content": "Is anybody there?"});
        anna.post(&path, body).await.status == 201
    })
    .await;
}
