//! What was made or answered once is not made again, whatever has changed meanwhile; and who may not write is not heard.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Person};
use tokio::time::sleep;

use super::{answer, as_it_is, later, make, offered, terms};
use crate::world::{World, id, listed, of, say};

fn request(suppliers: &[&str], name: &str) -> Value {
    json!({
        "supplierIds": suppliers,
        "terms": {"items": [{"name": name, "quantity": "500", "unit": "pcs"}]},
        "clientMessageId": "k1",
    })
}

async fn take_back(person: &Person, conversation: &str, message: &Value, body: Value) {
    let path = of(conversation, &format!("/messages/{}", id(message)));
    let request = person.request(Method::DELETE, &path).json(&body);
    Answer::to(request).await.expect(200);
}

async fn messages(person: &Person, conversation: &str) -> Vec<Value> {
    let page = person.get(&of(conversation, "/messages")).await.expect(200);
    page["messages"].as_array().expect("messages").clone()
}

/// Anna's request to both, and where each was asked.
async fn both_asked(world: &World) -> (Value, [String; 2]) {
    let body = request(&["sofia", "tom"], "Sheet");
    let made = world.anna.post("/api/chat/requests", body).await;
    let made = made.expect(201);
    let asked = [0, 1].map(|place: usize| {
        let conversation = made["answers"][place]["conversationId"].as_str();
        conversation.expect("an id").to_owned()
    });
    (made, asked)
}

async fn close(world: &World, request: &Value, body: Value) -> Value {
    let path = format!("/api/chat/requests/{}/close", id(request));
    world.anna.post(&path, body).await.expect(200)
}

#[tokio::test]
async fn an_offer_whose_time_is_over_is_still_what_a_retry_finds() {
    let world = World::open().await;
    let steel = world.steel().await;
    let mut soon = terms("1.20");
    soon["validUntil"] = json!(later(1));
    let body = json!({"terms": soon, "clientMessageId": "k1"});
    let path = of(&steel, "/offers");
    let made = world.sofia.post(&path, body.clone()).await.expect(201);
    sleep(Duration::from_millis(1_200)).await;
    let again = world.sofia.post(&path, body.clone()).await.expect(200);
    assert_eq!(again["offer"]["id"], made["offer"]["id"]);
    let mut other = body;
    other["clientMessageId"] = json!("k2");
    let problem = world.sofia.post(&path, other).await.expect(400);
    assert!(
        problem["fields"]["terms.validUntil"].is_string(),
        "{problem}"
    );
}

#[tokio::test]
async fn an_answer_is_given_where_it_was_given_before_and_nowhere_else_behind_a_barrier() {
    let world = World::open().await;
    let steel = world.steel().await;
    let first = offered(&world.sofia, &steel, "1.20").await;
    let given = answer(&world.anna, &first, "accept", 1).await.expect(200);
    let open = offered(&world.sofia, &steel, "1.30").await;
    let reason = json!({"reason": "Fraud"});
    world
        .ada
        .post(&of(&steel, "/close"), reason)
        .await
        .expect(200);
    let again = answer(&world.anna, &first, "accept", 1).await.expect(200);
    assert_eq!(again["message"]["id"], given["message"]["id"]);
    let problem = answer(&world.anna, &open, "accept", 1).await.expect(403);
    assert_eq!(problem["code"], "closed");
    let path = of(&steel, &format!("/offers/{}/withdraw", id(&open)));
    let body = json!({"rev": 1, "note": "By mail then"});
    let problem = world.sofia.post(&path, body).await.expect(400);
    assert!(problem["fields"]["note"].is_string(), "{problem}");
    world.sofia.post(&path, json!({"rev": 1})).await.expect(200);
    assert_eq!(as_it_is(&world.anna, &open).await["state"], "withdrawn");
}

#[tokio::test]
async fn whom_a_supplier_blocks_does_not_reach_them_by_a_request() {
    let world = World::open().await;
    let steel = world.steel().await;
    world
        .sofia
        .put(&of(&steel, "/block"), json!({}))
        .await
        .expect(200);
    let all = world
        .anna
        .post("/api/chat/requests", request(&["sofia"], "Sheet"));
    assert_eq!(all.await.expect(403)["code"], "blocked");
    let path = "/api/chat/requests";
    let body = request(&["sofia", "tom"], "Sheet");
    let made = world.anna.post(path, body).await.expect(201);
    let asked = made["answers"].as_array().expect("answers");
    let asked: Vec<_> = asked.iter().map(|one| &one["supplierId"]).collect();
    assert_eq!(asked, ["tom"]);
    let list = world.sofia.get("/api/chat/conversations").await.expect(200);
    let list = list["conversations"].as_array().expect("conversations");
    assert_eq!(list.len(), 1, "no other conversation was opened");
}

#[tokio::test]
async fn a_retry_of_a_request_names_nobody_new_and_says_nothing_else() {
    let world = World::with(&[("HAGGLE_CONVERSATIONS_PER_HOUR", "1")]).await;
    let path = "/api/chat/requests";
    let made = world.anna.post(path, request(&["sofia"], "Sheet")).await;
    let made = made.expect(201);
    let again = world.anna.post(path, request(&["tom"], "Other")).await;
    assert_eq!(again.expect(200), made);
    let list = world.tom.get("/api/chat/conversations").await.expect(200);
    assert_eq!(list["conversations"], json!([]));
    let conversation = made["answers"][0]["conversationId"].as_str();
    let said = messages(&world.sofia, conversation.expect("an id")).await;
    assert_eq!(said.len(), 1);
}

#[tokio::test]
async fn closing_at_once_and_again_tells_once_and_says_nothing_to_who_blocks() {
    let world = World::open().await;
    let (made, [with_sofia, with_tom]) = both_asked(&world).await;
    world
        .tom
        .put(&of(&with_tom, "/block"), json!({}))
        .await
        .expect(200);
    let words = || json!({"message": "Thank you"});
    let all = [0; 4].map(|_| close(&world, &made, words()));
    futures_util::future::join_all(all).await;
    close(&world, &made, words()).await;
    for (person, conversation, reason) in [
        (&world.sofia, &with_sofia, json!("Thank you")),
        (&world.tom, &with_tom, Value::Null),
    ] {
        let said = messages(person, conversation).await;
        let told: Vec<_> = said.iter().filter(|one| one["kind"] == "system").collect();
        let [told] = told[..] else {
            panic!("told once: {told:?}")
        };
        assert_eq!(told["system"]["event"], "request_closed");
        assert_eq!(told["system"]["reason"], reason);
    }
}

#[tokio::test]
async fn what_was_accepted_answers_the_request_whatever_is_offered_behind_it() {
    let world = World::open().await;
    let (made, [with_sofia, _]) = both_asked(&world).await;
    let deal = offered(&world.sofia, &with_sofia, "1.20").await;
    answer(&world.anna, &deal, "accept", 1).await.expect(200);
    let more = offered(&world.sofia, &with_sofia, "1.10").await;
    assert_eq!(more.get("requestId"), None, "the request has its answer");
    let closed = close(&world, &made, json!({"acceptedOfferId": deal["id"]})).await;
    assert_eq!(closed["answers"][0]["state"], "accepted");
    let path = format!("/api/chat/requests/{}", id(&made));
    let own = world.sofia.get(&path).await.expect(200);
    assert_eq!(own["acceptedOfferId"], deal["id"]);
    let other = world.tom.get(&path).await.expect(200);
    assert_eq!(other["acceptedOfferId"], Value::Null, "it is another's");
}

#[tokio::test]
async fn a_message_that_is_moderated_takes_its_offer_with_it() {
    let world = World::open().await;
    let steel = world.steel().await;
    let made = make(&world.sofia, &steel, "1.20").await.expect(201);
    let reason = json!({"reason": "A price nobody means"});
    take_back(&world.ada, &steel, &made["message"], reason).await;
    let offer = as_it_is(&world.anna, &made["offer"]).await;
    assert_eq!(
        (&offer["state"], &offer["answeredBy"]),
        (&json!("withdrawn"), &json!("ada"))
    );
    answer(&world.anna, &made["offer"], "accept", 1)
        .await
        .expect(409);
    let told = messages(&world.anna, &steel).await;
    assert_eq!(told[0]["system"]["event"], "offer_withdrawn");
    offered(&world.sofia, &steel, "1.30").await;
}

#[tokio::test]
async fn what_nobody_can_answer_waits_for_nobody() {
    let world = World::open().await;
    let steel = world.steel().await;
    let needs = async || {
        let path = "/api/chat/conversations?needsReply=true";
        let list = world.sofia.get(path).await.expect(200);
        list["conversations"]
            .as_array()
            .expect("conversations")
            .len()
    };
    let said = say(&world.anna, &steel, "Is it there?").await;
    assert_eq!(needs().await, 1);
    take_back(&world.anna, &steel, &said, json!({})).await;
    assert_eq!(needs().await, 0, "it was taken back");
    say(&world.anna, &steel, "Is it?").await;
    assert_eq!(needs().await, 1);
    let reason = json!({"reason": "Fraud"});
    world
        .ada
        .post(&of(&steel, "/close"), reason)
        .await
        .expect(200);
    assert_eq!(needs().await, 0, "it is closed");
    assert_eq!(listed(&world.sofia, &steel).await["id"], json!(steel));
}
