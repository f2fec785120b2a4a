//! Other systems of the marketplace are told what happens.

mod promises;
mod refusals;
mod trade;

use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::PgPool;
use test_support::{Answer, Received, Receiver, eventually};

use crate::world::{API_KEY, World, of, say};

const PRIVATE: (&str, &str) = ("HAGGLE_WEBHOOK_PRIVATE", "on");

/// Nobody is limited, and endpoints may be on this machine.
async fn open() -> World {
    World::with(&[
        ("HAGGLE_MESSAGES_PER_MINUTE", "0"),
        ("HAGGLE_CONVERSATIONS_PER_HOUR", "0"),
        PRIVATE,
    ])
    .await
}

async fn ask(world: &World, method: Method, path: &str, body: Value) -> Answer {
    let request = world.nobody().request(method, path);
    Answer::to(request.header("x-api-key", API_KEY).json(&body)).await
}

async fn get(world: &World, path: &str) -> Value {
    let request = world.nobody().request(Method::GET, path);
    Answer::to(request.header("x-api-key", API_KEY))
        .await
        .expect(200)
}

async fn add(world: &World, receiver: &Receiver, events: &[&str]) -> Value {
    let body = json!({"url": format!("{}/hook?a=b", receiver.base), "events": events});
    ask(world, Method::POST, "/api/webhooks", body)
        .await
        .expect(201)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} in {value:#}"))
}

fn at(webhook: &Value, part: &str) -> String {
    format!("/api/webhooks/{}{part}", text(webhook, "id"))
}

async fn deliveries(world: &World, webhook: &Value) -> Vec<Value> {
    let page = get(world, &at(webhook, "/deliveries?limit=100")).await;
    page["deliveries"].as_array().expect("a list").clone()
}

/// What stands in the signatures' header, each checked with this secret.
fn good_signatures(received: &Received, secret: &str) -> usize {
    let key = secret.strip_prefix("whsec_").expect("its prefix");
    let key = hmac::Key::new(hmac::HMAC_SHA256, &STANDARD.decode(key).expect("base64"));
    let (id, timestamp) = (
        &received.headers["webhook-id"],
        &received.headers["webhook-timestamp"],
    );
    let signed = format!("{id}.{timestamp}.{}", received.body);
    let signatures = received.headers["webhook-signature"].split(' ');
    let is_good = |signature: &&str| {
        let signature = signature.strip_prefix("v1,").expect("its version");
        let signature = STANDARD.decode(signature).expect("base64");
        hmac::verify(&key, signed.as_bytes(), &signature).is_ok()
    };
    signatures.filter(is_good).count()
}

fn body(received: &Received) -> Value {
    serde_json::from_str(&received.body).expect("JSON")
}

/// Time passes for what waits.
async fn pass(sql: &PgPool, seconds: f64) {
    let passed = "update haggle.jobs set due_at = due_at - make_interval(secs => $1), claimed_until = claimed_until - make_interval(secs => $1)";
    sqlx::query(passed)
        .bind(seconds)
        .execute(sql)
        .await
        .unwrap();
}

/// What came of a try is noted before its job says when the next one is due.
async fn is_nobody_at_work(sql: &PgPool) -> bool {
    let none = sqlx::query_scalar(
        "select not exists (select from haggle.jobs where claimed_by is not null)",
    );
    none.fetch_one(sql).await.unwrap()
}

async fn waiting(sql: &PgPool) -> i64 {
    let count = sqlx::query_scalar("select count(*) from haggle.jobs where dead_at is null");
    count.fetch_one(sql).await.unwrap()
}

#[tokio::test]
async fn everything_that_happens_is_told_signed_and_in_its_shape() {
    let (world, receiver) = (open().await, Receiver::open().await);
    let webhook = add(&world, &receiver, &["*"]).await;
    let steel = world.steel().await;
    let said = say(&world.anna, &steel, "500 pieces, \"please\" — grüße").await;
    world
        .sofia
        .patch(&of(&steel, "/read"), json!({}))
        .await
        .expect(200);
    world
        .ada
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(200);
    world
        .ada
        .post(&of(&steel, "/leave"), json!({}))
        .await
        .expect(200);
    let sheet = json!({"name": "Steel sheet, 2 mm", "image": "", "supplierId": "s-1"});
    world.put("products/steel", sheet).await.expect(200);
    assert_eq!(world.delete("users/anna").await.status, 204);

    let all = receiver.until(7).await;
    let mut told = BTreeMap::new();
    for one in &all {
        assert_eq!(one.path, "/hook?a=b");
        assert_eq!(one.headers["content-type"], "application/json");
        assert_eq!(good_signatures(one, text(&webhook, "secret")), 1);
        let body = body(one);
        assert!(text(&body, "timestamp").ends_with('Z'));
        told.insert(text(&body, "type").to_owned(), body["data"].clone());
    }
    let types: Vec<_> = told.keys().map(String::as_str).collect();
    let expected = [
        "conversation.created",
        "conversation.updated",
        "message.created",
        "participant.joined",
        "participant.left",
        "read.moved",
        "user.erased",
    ];
    assert_eq!(types, expected);
    let created = &told["conversation.created"];
    assert_eq!(
        (&created["conversationId"], &created["rev"]),
        (&json!(steel), &json!(1))
    );
    let participants = &created["conversation"]["participants"];
    assert_eq!(participants["supplier"]["name"], "Sofia Steel");
    assert_eq!(created["conversation"]["product"]["name"], "Steel sheet");
    let message = &told["message.created"];
    assert_eq!((&message["rev"], &message["message"]), (&json!(2), &said));
    let read = &told["read.moved"];
    assert_eq!(
        (&read["rev"], &read["userId"], &read["lastReadSeq"]),
        (&json!(3), &json!("sofia"), &json!(1))
    );
    let joined = json!({"conversationId": steel, "rev": 4, "userId": "ada", "role": "admin"});
    assert_eq!(told["participant.joined"], joined);
    let left = json!({"conversationId": steel, "rev": 5, "userId": "ada", "role": "admin"});
    assert_eq!(told["participant.left"], left);
    let updated = &told["conversation.updated"];
    assert_eq!(
        (&updated["rev"], &updated["conversation"]["product"]["name"]),
        (&json!(6), &json!("Steel sheet, 2 mm"))
    );
    assert_eq!(told["user.erased"], json!({"userId": "anna"}));

    let ids: BTreeSet<_> = all.iter().map(|one| &one.headers["webhook-id"]).collect();
    assert_eq!(ids.len(), 7, "each event has an id of its own");
    eventually("all are delivered", async || {
        let all = deliveries(&world, &webhook).await;
        all.len() == 7
            && all
                .iter()
                .all(|one| one["state"] == "delivered" && one["status"] == 204)
    })
    .await;
}

#[tokio::test]
async fn an_endpoint_hears_what_it_asked_for_and_no_more() {
    let world = open().await;
    let (one, other) = (Receiver::open().await, Receiver::open().await);
    add(&world, &one, &["message.created"]).await;
    let off = add(&world, &other, &["read.*", "conversation.created"]).await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "first").await;
    world
        .sofia
        .patch(&of(&steel, "/read"), json!({}))
        .await
        .expect(200);
    other.until(2).await;
    one.until(1).await;
    let switched = ask(
        &world,
        Method::PATCH,
        &at(&off, ""),
        json!({"isActive": false}),
    )
    .await;
    assert_eq!(switched.expect(200)["isActive"], false);
    say(&world.anna, &steel, "second").await;
    world
        .sofia
        .patch(&of(&steel, "/read"), json!({}))
        .await
        .expect(200);
    let heard = one.until(2).await;
    let sql = world.database.pool().await;
    eventually("nothing waits", async || waiting(&sql).await == 0).await;
    let types = |heard: &[Received]| -> BTreeSet<String> {
        heard
            .iter()
            .map(|one| text(&body(one), "type").to_owned())
            .collect()
    };
    assert_eq!(
        types(&heard),
        BTreeSet::from(["message.created".to_owned()])
    );
    let heard = other.heard();
    assert_eq!(heard.len(), 2, "it was switched off");
    let expected = ["conversation.created", "read.moved"].map(str::to_owned);
    assert_eq!(types(&heard), BTreeSet::from(expected));
}

#[tokio::test]
async fn gone_switches_an_endpoint_off() {
    let (world, receiver) = (open().await, Receiver::open().await);
    let webhook = add(&world, &receiver, &["*"]).await;
    receiver.answer(410);
    let steel = world.steel().await;
    receiver.until(1).await;
    eventually("it is switched off", async || {
        get(&world, "/api/webhooks").await["webhooks"][0]["isActive"] == false
    })
    .await;
    let status = world.ada.get("/api/chat/delivery").await.expect(200);
    // Its path and what follows may be a secret.
    assert_eq!(status["webhooks"][0]["url"], receiver.base);
    assert_eq!(status["webhooks"][0]["isActive"], false);
    assert_eq!(status["webhooks"][0]["failed"], 1);
    assert!(status["webhooks"][0]["failingSince"].is_string());
    say(&world.anna, &steel, "nobody is told").await;
    receiver.answer(204);
    ask(
        &world,
        Method::PATCH,
        &at(&webhook, ""),
        json!({"isActive": true}),
    )
    .await
    .expect(200);
    say(&world.anna, &steel, "somebody is").await;
    let heard = receiver.until(2).await;
    assert_eq!(body(&heard[1])["data"]["message"]["message"], "somebody is");
    let sql = world.database.pool().await;
    eventually("nothing waits", async || waiting(&sql).await == 0).await;
    assert_eq!(receiver.heard().len(), 2);
}

#[tokio::test]
async fn while_a_secret_rotates_both_sign() {
    let (world, receiver) = (open().await, Receiver::open().await);
    let webhook = add(&world, &receiver, &["*"]).await;
    let rotated = ask(&world, Method::POST, &at(&webhook, "/rotate"), json!({}))
        .await
        .expect(200);
    let (old, new) = (text(&webhook, "secret"), text(&rotated, "secret"));
    assert_ne!(old, new);
    let steel = world.steel().await;
    let heard = receiver.until(1).await;
    assert_eq!(
        (
            good_signatures(&heard[0], old),
            good_signatures(&heard[0], new)
        ),
        (1, 1)
    );
    let sql = world.database.pool().await;
    let passed =
        "update haggle.webhook_endpoints set old_secret_until = old_secret_until - interval '25 h'";
    sqlx::query(passed).execute(&sql).await.unwrap();
    say(&world.anna, &steel, "a day later").await;
    let heard = receiver.until(2).await;
    assert_eq!(
        (
            good_signatures(&heard[1], old),
            good_signatures(&heard[1], new)
        ),
        (0, 1)
    );
    let listed = get(&world, "/api/webhooks").await;
    assert!(
        !listed.to_string().contains("whsec_"),
        "secrets are not shown again"
    );
}

#[tokio::test]
async fn an_endpoint_of_the_settings_hears_everything_wherever_it_is() {
    let receiver = Receiver::open().await;
    let secret = format!("whsec_{}", STANDARD.encode([7; 32]));
    let url = format!("{}/given", receiver.base);
    let world = World::with(&[
        ("HAGGLE_WEBHOOK_URL", &url),
        ("HAGGLE_WEBHOOK_SECRET", &secret),
    ])
    .await;
    eventually("it is there", async || {
        get(&world, "/api/webhooks").await["webhooks"][0]["id"] == "settings"
    })
    .await;
    world.steel().await;
    let heard = receiver.until(1).await;
    assert_eq!(
        (heard[0].path.as_str(), good_signatures(&heard[0], &secret)),
        ("/given", 1)
    );
    let listed = get(&world, "/api/webhooks").await["webhooks"][0].take();
    assert_eq!(listed["events"], json!(["*"]));
    assert_eq!(listed["failingSince"], Value::Null);
    let path = at(&listed, "");
    for (method, path, wrong) in [
        (
            Method::PATCH,
            path.clone(),
            json!({"url": "https://example.com/"}),
        ),
        (
            Method::PATCH,
            path.clone(),
            json!({"events": ["read.moved"]}),
        ),
        (Method::DELETE, path.clone(), json!({})),
        (Method::POST, at(&listed, "/rotate"), json!({})),
    ] {
        let refused = ask(&world, method, &path, wrong).await.expect(409);
        assert_eq!(refused["code"], "conflict");
    }
    let off = ask(&world, Method::PATCH, &path, json!({"isActive": false})).await;
    assert_eq!(off.expect(200)["isActive"], false);
}
