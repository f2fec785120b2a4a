//! A replica that old messages are read from: what is shown is never older than what the reader has
//! seen, and nobody notices when it is away.

use sqlx::PgPool;
use test_support::{Person, PrivateCluster, eventually};

use super::{haggle, run, said};
use crate::{
    market::{Market, figure_of},
    talk::{Talk, of},
};

async fn sql(cluster: &PrivateCluster) -> PgPool {
    PgPool::connect(cluster.url()).await.expect("it answers")
}

/// A server that has a primary, and a replica that is not waited for.
async fn shop() -> (PrivateCluster, PrivateCluster, Market) {
    let (primary, _) = PrivateCluster::on_network("", &[]);
    let (replica, _) = primary.replica();
    let market = Market::at(primary.url(), &[("HAGGLE_REPLICA_URL", replica.url())]).await;
    (primary, replica, market)
}

async fn by(market: &Market, who: &str) -> f64 {
    let name = format!("haggle_replica_pages_total{{by=\"{who}\"}}");
    figure_of(&market.server.base(), &name).await
}

async fn texts(person: &Person, conversation: &str) -> Vec<String> {
    let path = of(conversation, "/messages?markRead=false");
    let page = person.get(&path).await.expect(200);
    let messages = page["messages"].as_array().expect("messages");
    let text = |message: &serde_json::Value| message["message"].as_str().map(str::to_owned);
    messages.iter().filter_map(text).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_come_from_the_replica_once_it_has_them() {
    let (_primary, _replica, market) = shop().await;
    let (anna, conversation) = (market.person("anna"), market.steel().await);
    anna.say(&conversation, "Is it in stock?").await;
    eventually("a page comes from the replica", async || {
        assert_eq!(texts(&anna, &conversation).await, ["Is it in stock?"]);
        by(&market, "replica").await > 0.5
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_replica_that_is_behind_shows_nobody_what_is_no_longer_so() {
    let (_primary, replica, market) = shop().await;
    let (anna, conversation) = (market.person("anna"), market.steel().await);
    let sent = anna.say(&conversation, "3.20 each").await;
    eventually("a page comes from the replica", async || {
        texts(&anna, &conversation).await;
        by(&market, "replica").await > 0.5
    })
    .await;

    let db = sql(&replica).await;
    run(&db, "select pg_wal_replay_pause()").await;
    eventually("it stands still", async || {
        let state = "select pg_get_wal_replay_pause_state() = 'paused'";
        sqlx::query_scalar(state)
            .fetch_one(&db)
            .await
            .expect("a state")
    })
    .await;
    anna.say(&conversation, "For 500 pieces").await;
    assert_eq!(
        texts(&anna, &conversation).await,
        ["For 500 pieces", "3.20 each"]
    );
    let message = of(
        &conversation,
        &format!("/messages/{}", sent["id"].as_str().expect("an id")),
    );
    let corrected = serde_json::json!({"content": "3.40 each"});
    anna.patch(&message, corrected).await.expect(200);
    assert_eq!(
        texts(&anna, &conversation).await,
        ["For 500 pieces", "3.40 each"]
    );
    run(&db, "select pg_wal_replay_resume()").await;
    db.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_notices_that_the_replica_is_away_and_the_check_says_so() {
    let (primary, mut replica, market) = shop().await;
    let (anna, conversation) = (market.person("anna"), market.steel().await);
    anna.say(&conversation, "Good morning").await;
    let settings = [("HAGGLE_REPLICA_URL", replica.url().to_owned())];
    let settings = settings.each_ref().map(|(name, url)| (*name, url.as_str()));
    let checked = said(&haggle("check", primary.url(), &settings));
    assert!(checked.contains("a replica"), "{checked}");

    replica.kill9();
    assert_eq!(texts(&anna, &conversation).await, ["Good morning"]);
    eventually("the primary was asked", async || {
        by(&market, "primary").await > 0.5
    })
    .await;
    let checked = said(&haggle("check", primary.url(), &settings));
    let line = checked.lines().find(|line| line.starts_with("replica"));
    assert!(
        line.is_some_and(|line| line.contains("FAILED")),
        "{checked}"
    );
    replica.start_again();
    eventually("it is asked again", async || {
        let before = by(&market, "replica").await;
        texts(&anna, &conversation).await;
        by(&market, "replica").await > before
    })
    .await;
}
