//! At least once, under one id, whatever fails.

use test_support::{ServerOptions, ServerProcess};

use super::*;

/// A second server on the same database.
async fn another(world: &World) -> ServerProcess {
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(world.database.url())
        .set("HAGGLE_API_KEY", API_KEY)
        .set(PRIVATE.0, PRIVATE.1);
    ServerProcess::spawn(&options).await
}

/// The bodies that were received under each id.
fn by_id(heard: &[Received]) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in heard {
        let bodies = all.entry(one.headers["webhook-id"].clone()).or_default();
        bodies.push(one.body.clone());
    }
    all
}

#[tokio::test]
async fn who_was_away_for_six_hours_hears_every_event_once_under_its_id() {
    let (world, receiver) = (open().await, Receiver::open().await);
    let sql = world.database.pool().await;
    let webhook = add(&world, &receiver, &["message.created"]).await;
    let steel = world.steel().await;
    receiver.answer(503);
    for n in 0..5 {
        say(&world.anna, &steel, &format!("message {n}")).await;
    }
    // 5 s, 5 min, 30 min and 2 h are over, 5 h are not.
    let mut tries = 5;
    receiver.until(tries).await;
    for seconds in [6, 331, 1_981, 7_921] {
        eventually("each waits for its next try", async || {
            let all = deliveries(&world, &webhook).await;
            all.iter()
                .all(|one| one["attempts"].as_u64() == Some(tries as u64 / 5))
                && is_nobody_at_work(&sql).await
        })
        .await;
        pass(&sql, f64::from(seconds)).await;
        tries += 5;
        receiver.until(tries).await;
    }
    let failing = get(&world, "/api/webhooks").await["webhooks"][0].take();
    assert!(failing["failingSince"].is_string());
    receiver.answer(204);
    eventually("the last try is noted", async || {
        let all = deliveries(&world, &webhook).await;
        all.iter()
            .all(|one| one["attempts"] == 5 && one["status"] == 503)
            && is_nobody_at_work(&sql).await
    })
    .await;
    pass(&sql, 19_801.0).await;
    eventually("all are delivered", async || {
        let all = deliveries(&world, &webhook).await;
        all.iter()
            .all(|one| one["state"] == "delivered" && one["attempts"] == 6)
    })
    .await;
    let heard = by_id(&receiver.heard());
    assert_eq!(heard.len(), 5, "each under one id");
    for bodies in heard.values() {
        assert_eq!(bodies.len(), 6);
        assert!(
            bodies.iter().all(|body| *body == bodies[0]),
            "the same each time"
        );
    }
    assert!(
        receiver
            .heard()
            .iter()
            .all(|one| good_signatures(one, text(&webhook, "secret")) == 1)
    );
    let well = get(&world, "/api/webhooks").await["webhooks"][0].take();
    assert_eq!(well["failingSince"], Value::Null);
}

#[tokio::test]
async fn what_fails_ten_times_is_dead_and_can_be_replayed() {
    let (world, receiver) = (open().await, Receiver::open().await);
    let sql = world.database.pool().await;
    let webhook = add(&world, &receiver, &["conversation.created"]).await;
    receiver.answer(500);
    world.steel().await;
    for n in 1..=10_u64 {
        eventually("the next try is noted", async || {
            let all = deliveries(&world, &webhook).await;
            all.first().is_some_and(|one| one["attempts"] == n) && is_nobody_at_work(&sql).await
        })
        .await;
        pass(&sql, 100_000.0).await;
    }
    eventually("it has failed", async || {
        world.ada.get("/api/chat/delivery").await.expect(200)["jobs"]["failed"] == 1
    })
    .await;
    let failed = deliveries(&world, &webhook).await.remove(0);
    assert_eq!(
        (&failed["state"], &failed["error"]),
        (
            &json!("failed"),
            &json!("answered 500 Internal Server Error")
        )
    );
    assert_eq!(receiver.heard().len(), 10);
    receiver.answer(200);
    let replay = format!("/api/webhooks/deliveries/{}/replay", text(&failed, "id"));
    let replayed = ask(&world, Method::POST, &replay, json!({}))
        .await
        .expect(200);
    assert_eq!(
        (&replayed["state"], &replayed["attempts"]),
        (&json!("waiting"), &json!(0))
    );
    receiver.until(11).await;
    assert_eq!(by_id(&receiver.heard()).len(), 1);
    eventually("nothing is dead", async || {
        world.ada.get("/api/chat/delivery").await.expect(200)["jobs"]
            == json!({"waiting": 0, "failed": 0, "oldest": null})
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_killed_leaves_its_work_to_another() {
    let (mut world, receiver) = (open().await, Receiver::open().await);
    let sql = world.database.pool().await;
    add(&world, &receiver, &["message.created"]).await;
    let steel = world.steel().await;
    receiver.answer(0);
    say(&world.anna, &steel, "is anybody there?").await;
    receiver.until(1).await;
    world.server.kill9();
    receiver.answer(204);
    let _other = another(&world).await;
    // The lease of the one that is gone is over.
    pass(&sql, 60.0).await;
    let heard = receiver.until(2).await;
    let ids = by_id(&heard);
    assert_eq!(ids.len(), 1, "the same id");
    let bodies = ids.values().next().unwrap();
    assert_eq!(bodies[0], bodies[1]);
    eventually("nothing waits", async || waiting(&sql).await == 0).await;
}

#[tokio::test]
async fn two_servers_tell_each_event_once() {
    let (world, receiver) = (open().await, Receiver::open().await);
    let sql = world.database.pool().await;
    let _other = another(&world).await;
    add(&world, &receiver, &["message.created"]).await;
    let steel = world.steel().await;
    for n in 0..40 {
        say(&world.anna, &steel, &format!("message {n}")).await;
    }
    receiver.until(40).await;
    eventually("nothing waits", async || waiting(&sql).await == 0).await;
    let heard = by_id(&receiver.heard());
    assert_eq!((heard.len(), receiver.heard().len()), (40, 40));
}

#[tokio::test]
async fn a_drain_gives_back_what_does_not_end() {
    let (mut world, receiver) = (open().await, Receiver::open().await);
    let sql = world.database.pool().await;
    add(&world, &receiver, &["message.created"]).await;
    let steel = world.steel().await;
    receiver.answer(0);
    say(&world.anna, &steel, "take your time").await;
    receiver.until(1).await;
    let status = world.server.sigterm_and_wait().await;
    assert!(status.success(), "{status:?}");
    let claims: i64 =
        sqlx::query_scalar("select count(*) from haggle.jobs where claimed_by is not null")
            .fetch_one(&sql)
            .await
            .unwrap();
    assert_eq!(
        (claims, waiting(&sql).await),
        (0, 1),
        "somebody else may begin at once"
    );
}
