//! The databases that tests get.

use std::sync::atomic::{AtomicUsize, Ordering};

use sqlx::{Connection, PgConnection, query, query_scalar};
use test_support::{PrivateCluster, RedisServer, TestDatabase, eventually};

async fn words(url: &str) -> Vec<String> {
    let mut database = PgConnection::connect(url)
        .await
        .expect("the database answers");
    let words = query_scalar("select word from kept order by word")
        .fetch_all(&mut database)
        .await;
    words.expect("the words")
}

async fn keep(url: &str, word: &str) {
    let mut database = PgConnection::connect(url)
        .await
        .expect("the database answers");
    for sql in [
        "create table if not exists kept (word text)",
        "insert into kept select current_setting('test.word')",
    ] {
        let set = query("select set_config('test.word', $1, false)").bind(word);
        set.execute(&mut database).await.expect("a setting");
        query(sql).execute(&mut database).await.expect("a change");
    }
    database.close().await.expect("an orderly end");
}

#[tokio::test]
async fn every_test_has_its_own_database() {
    let (one, other) = tokio::join!(TestDatabase::create(), TestDatabase::create());
    keep(one.url(), "one").await;
    keep(other.url(), "other").await;
    assert_eq!(words(one.url()).await, ["one"]);
    assert_eq!(words(other.url()).await, ["other"]);
}

#[tokio::test]
async fn a_database_is_dropped_with_its_value_even_while_in_use() {
    let database = TestDatabase::create().await;
    let _pool = database.pool().await;
    let url = database.url().to_owned();
    drop(database);
    let refused = PgConnection::connect(&url).await.unwrap_err();
    assert!(refused.to_string().contains("does not exist"), "{refused}");
}

#[tokio::test]
async fn a_template_is_filled_once_and_copies_do_not_share() {
    let fills = AtomicUsize::new(0);
    let copy = || {
        TestDatabase::from_template("template_of_words", async |url| {
            fills.fetch_add(1, Ordering::Relaxed);
            keep(url, "from the template").await;
        })
    };
    let (one, other) = tokio::join!(copy(), copy());
    assert!(fills.load(Ordering::Relaxed) <= 1);
    keep(one.url(), "mine").await;
    assert_eq!(words(one.url()).await, ["from the template", "mine"]);
    assert_eq!(words(other.url()).await, ["from the template"]);
}

#[tokio::test]
async fn a_private_postgresql_can_be_killed_and_stopped() {
    let mut cluster = PrivateCluster::start();
    keep(cluster.url(), "acknowledged").await;
    cluster.kill9();
    eventually("PostgreSQL is gone", async || {
        PgConnection::connect(cluster.url()).await.is_err()
    })
    .await;
    cluster.start_again();
    assert_eq!(words(cluster.url()).await, ["acknowledged"]);
    cluster.stop();
    PgConnection::connect(cluster.url()).await.unwrap_err();
    cluster.start_again();
    assert_eq!(words(cluster.url()).await, ["acknowledged"]);
}

#[tokio::test]
async fn a_redis_can_be_killed_and_comes_back_empty_at_its_address() {
    let mut redis = RedisServer::start();
    let address = redis.url().replace("redis://", "");
    assert_eq!(ask(&address, "SET word kept").await, "+OK");
    assert_eq!(ask(&address, "EXISTS word").await, ":1");
    redis.kill9();
    tokio::net::TcpStream::connect(&address).await.unwrap_err();
    redis.restart();
    assert_eq!(ask(&address, "EXISTS word").await, ":0");
}

async fn ask(address: &str, command: &str) -> String {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let mut redis = tokio::net::TcpStream::connect(address)
        .await
        .expect("Redis listens");
    redis
        .write_all(format!("{command}\r\n").as_bytes())
        .await
        .expect("Redis reads");
    let mut answer = String::new();
    BufReader::new(redis)
        .read_line(&mut answer)
        .await
        .expect("Redis answers");
    answer.trim().to_owned()
}
