//! Whatever is asked twice happens once.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::{Value, json};
use sqlx::query_scalar;
use test_support::{Answer, Person};

use crate::{
    market::Market,
    talk::{Talk, id, of},
};

fn statuses(answers: &[Answer], status: u16) -> usize {
    answers
        .iter()
        .filter(|answer| answer.status == status)
        .count()
}

#[tokio::test]
async fn a_hundred_parallel_creates_make_one_conversation() {
    let market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    // Both sides come up with it at the same moment, and name each other in every way.
    let ways = [
        (&anna, json!({"supplierId": "s-1", "productId": "steel"})),
        (&anna, json!({"supplierId": "sofia", "productId": "steel"})),
        (&sofia, json!({"buyerId": "anna", "productId": "steel"})),
        (
            &sofia,
            json!({"buyerId": "anna", "productId": "steel", "type": "buyer_supplier"}),
        ),
    ];
    let creates = ways.iter().cycle().take(100);
    let creates = creates.map(|(who, with)| who.post("/api/chat/conversations", with.clone()));
    let answers = join_all(creates).await;
    assert_eq!((statuses(&answers, 201), statuses(&answers, 200)), (1, 99));
    let ids: BTreeSet<_> = answers.iter().map(|answer| id(&answer.json)).collect();
    assert_eq!(ids.len(), 1);
    let rows = query_scalar::<_, i64>("select count(*) from haggle.conversations");
    assert_eq!(rows.fetch_one(&market.sql().await).await.ok(), Some(1));

    // Everybody is told of it, and told of one.
    let list = sofia.get("/api/chat/conversations").await.expect(200);
    assert_eq!(list["conversations"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn creates_of_different_purposes_do_not_meet() {
    let market = Market::open().await;
    let anna = market.person("anna");
    let ways = [
        json!({"supplierId": "s-1", "productId": "steel"}),
        json!({"supplierId": "s-1"}),
        json!({"supplierId": "s-2"}),
        json!({"adminId": "ada"}),
        json!({"adminId": "alan"}),
        json!({}),
    ];
    let creates = ways.iter().cycle().take(60);
    let creates = creates.map(|with| anna.post("/api/chat/conversations", with.clone()));
    let answers = join_all(creates).await;
    assert_eq!((statuses(&answers, 201), statuses(&answers, 200)), (6, 54));
    let ids: BTreeSet<_> = answers.iter().map(|answer| id(&answer.json)).collect();
    assert_eq!(ids.len(), 6);
}

/// Sends the same message as often as asked, all at once.
async fn send(person: &Person, conversation: &str, times: usize) -> Vec<Answer> {
    let path = of(conversation, "/messages");
    let body = json!({"content": "Please confirm.", "clientMessageId": "one and only"});
    join_all((0..times).map(|_| person.post(&path, body.clone()))).await
}

fn message(answer: &Answer) -> &Value {
    &answer.json["message"]
}

#[tokio::test]
async fn one_client_message_id_is_one_message_in_parallel_after_a_restart_and_a_day_later() {
    let mut market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let mut screen = sofia.online().await;

    let answers = send(&anna, &conversation, 20).await;
    assert_eq!((statuses(&answers, 201), statuses(&answers, 200)), (1, 19));
    let first = message(&answers[0]).clone();
    assert_eq!(first["seq"], 1);
    for answer in &answers {
        assert_eq!(*message(answer), first);
    }
    screen.until("message").await;
    screen.expect_silence_until_pong().await;

    market.kill_server().await;
    let answers = send(&anna, &conversation, 20).await;
    assert_eq!(statuses(&answers, 200), 20);
    assert!(
        answers
            .iter()
            .all(|answer| message(answer)["id"] == first["id"])
    );

    // A day later: only the dates can tell, so they are moved.
    let sql = market.sql().await;
    for table in ["haggle.message_rows", "haggle.conversations"] {
        let age = format!("update {table} set created_at = created_at - interval '1 day'");
        let aged = sqlx::query(sqlx::AssertSqlSafe(age)).execute(&sql).await;
        aged.expect("the dates move");
    }
    let answers = send(&anna, &conversation, 2).await;
    assert_eq!(statuses(&answers, 200), 2);

    // The id is the sender's in this conversation, and nobody else's.
    let answers = send(&sofia, &conversation, 2).await;
    assert_eq!((statuses(&answers, 201), statuses(&answers, 200)), (1, 1));
    let elsewhere = anna.open(json!({"supplierId": "s-2"})).await;
    assert_eq!(send(&anna, &elsewhere, 1).await[0].status, 201);
    assert_eq!(anna.history(&conversation).await.len(), 2);
}

#[tokio::test]
async fn a_retry_passes_when_nothing_else_may() {
    let market = Market::with(&[("HAGGLE_MESSAGES_PER_MINUTE", "3")]).await;
    let anna = market.person("anna");
    let conversation = market.steel().await;
    assert_eq!(send(&anna, &conversation, 1).await[0].status, 201);
    let path = of(&conversation, "/messages");
    let others = (0..2).map(|number| anna.post(&path, json!({"content": format!("{number}")})));
    assert_eq!(statuses(&join_all(others).await, 201), 2);

    let refused = anna.post(&path, json!({"content": "Hello?"})).await;
    assert_eq!(refused.status, 429);
    assert!(refused.headers.contains_key("retry-after"));
    let answers = send(&anna, &conversation, 20).await;
    assert_eq!(statuses(&answers, 200), 20);
    // What was refused changed nothing.
    assert_eq!(anna.history(&conversation).await.len(), 3);
}
