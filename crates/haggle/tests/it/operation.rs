use futures_util::future::join_all;
use serde_json::json;
use test_support::{Person, PrivateCluster, ServerOptions, ServerProcess, eventually};

use crate::world::{World, of, say, unread};

#[tokio::test]
async fn asked_to_end_it_finishes_what_it_does() {
    let mut world = World::open().await;
    let steel = world.steel().await;
    let mut socket = world.sofia.online().await;
    let sends = (0..200).map(|number| {
        let (anna, path) = (world.anna.clone(), of(&steel, "/messages"));
        tokio::spawn(async move {
            anna.post(&path, json!({"content": number.to_string()}))
                .await
                .status
        })
    });
    let sends: Vec<_> = sends.collect();
    eventually("some are sent", async || unread(&world.sofia).await > 0).await;
    let status = world.server.sigterm_and_wait().await;
    assert!(status.success(), "{status}");
    assert_eq!(socket.close_code().await, 1001);

    // Whatever was acknowledged is there; whatever was not may be.
    let answered = join_all(sends).await;
    let acknowledged = answered
        .into_iter()
        .filter(|sent| matches!(sent, Ok(201)))
        .count();
    let stored = sqlx::query_scalar::<_, i64>("select count(*) from haggle.messages");
    let stored = stored
        .fetch_one(&world.database.pool().await)
        .await
        .unwrap();
    assert!(acknowledged > 0 && usize::try_from(stored).unwrap() >= acknowledged);
}

#[tokio::test]
async fn it_lives_through_an_outage_of_the_database() {
    let mut cluster = PrivateCluster::start();
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(cluster.url())
        .set("HAGGLE_API_KEY", crate::world::API_KEY);
    let server = ServerProcess::spawn(&options).await;
    let (nobody, anna) = (
        Person::nobody(&server.base()),
        Person::new(&server.base(), "anna"),
    );
    nobody.get("/readyz").await.expect(200);

    cluster.stop();
    let refused = anna.get("/api/chat/conversations").await;
    assert!(refused.headers.contains_key("retry-after"));
    let refused = refused.expect(503);
    assert_eq!(
        (&refused["error"], &refused["code"]),
        (&json!("Service Unavailable"), &json!("unavailable"))
    );
    nobody.get("/readyz").await.expect(503);
    nobody.get("/healthz").await.expect(200);

    cluster.start_again();
    eventually("it is ready again", async || {
        nobody.get("/readyz").await.status == 200
    })
    .await;
    anna.get("/api/chat/conversations").await.expect(401);
}

#[tokio::test]
async fn figures_tell_what_happened_and_nothing_private() {
    let world = World::open().await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "the secret price is 42").await;
    world.anna.get(&of("no-such-thing", "")).await.expect(404);
    let text = reqwest::get(format!("{}/metrics", world.server.base()))
        .await
        .unwrap();
    let text = text.text().await.unwrap();
    for line in [
        "haggle_sends_total{outcome=\"created\"} 1",
        "route=\"/api/chat/conversations/{id}/messages\",status=\"201\"} 1",
        "haggle_http_request_seconds_bucket",
        "haggle_send_seconds_bucket",
        "haggle_cache_total",
        "haggle_sockets",
        "haggle_deliveries_total",
        "haggle_database_connections",
        "haggle_write_queue_depth",
        "process_resident_memory_bytes",
    ] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    for private in ["secret price", "anna", "no-such-thing", &steel] {
        assert!(!text.contains(private), "{private}");
    }
}

#[tokio::test]
async fn the_log_has_ids_and_neither_words_nor_secrets() {
    let settings = [("HAGGLE_LOG_FORMAT", "json"), ("HAGGLE_LOG_LEVEL", "debug")];
    let world = World::with(&settings).await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "the secret price is 42").await;
    world.bert.get(&of(&steel, "")).await.expect(403);
    test_support::eventually("the refusal is logged", async || {
        world.server.output().contains("\"refused\"")
    })
    .await;
    let log = world.server.output();
    let refused = log
        .lines()
        .find(|line| line.contains("\"refused\""))
        .expect("a line");
    let refused: serde_json::Value = serde_json::from_str(refused).unwrap();
    assert_eq!(
        (&refused["span"]["user"], &refused["status"]),
        (&json!("bert"), &json!(403))
    );
    assert_eq!(refused["span"]["conversation"], json!(steel));
    assert!(refused["span"]["id"].is_string());
    let token = world.anna.token.as_deref().unwrap();
    for secret in [
        "secret price",
        token,
        test_support::SECRET,
        crate::world::API_KEY,
    ] {
        assert!(!log.contains(secret), "{secret}");
    }
}
