//! Requests for quotation: several suppliers, each for themselves, side by side.

use serde_json::{Value, json};
use test_support::{Answer, Person};

use super::{answer, later, offered};
use crate::world::{World, of};

fn wanted() -> Value {
    json!({
        "items": [{"name": "Steel sheet 2 mm", "quantity": "500", "unit": "pcs"}],
        "incoterm": "DAP",
        "place": "Lyon",
        "validUntil": later(86_400),
    })
}

async fn ask(person: &Person, suppliers: &[&str]) -> Answer {
    let body = json!({"supplierIds": suppliers, "terms": wanted(), "clientMessageId": "k1"});
    person.post("/api/chat/requests", body).await
}

async fn read(person: &Person, request: &Value) -> Answer {
    let id = request["id"].as_str().expect("an id");
    person.get(&format!("/api/chat/requests/{id}")).await
}

fn states(request: &Value) -> Vec<&Value> {
    let answers = request["answers"].as_array().expect("answers");
    answers.iter().map(|answer| &answer["state"]).collect()
}

#[tokio::test]
async fn a_buyer_asks_several_suppliers_and_takes_one() {
    let world = World::open().await;
    let mut supplier = world.sofia.online().await;
    let request = ask(&world.anna, &["s-1", "tom"]).await.expect(201);
    let answers = request["answers"].as_array().expect("answers");
    let suppliers: Vec<_> = answers.iter().map(|answer| &answer["supplierId"]).collect();
    assert_eq!(suppliers, ["sofia", "tom"]);
    assert_eq!(states(&request), ["waiting", "waiting"]);
    assert_eq!(request["terms"]["items"][0].get("unitPrice"), None);
    let heard = supplier.until("message").await.pop().expect("it is heard");
    let message = &heard.payload["message"];
    assert_eq!(message["kind"], "request");
    assert_eq!(
        message["request"],
        json!({"id": request["id"], "terms": request["terms"]})
    );
    let words = message["message"].as_str().expect("words");
    assert!(
        words
            .starts_with("Request for quotation\n1. Steel sheet 2 mm: 500 pcs\nDelivery: DAP Lyon"),
        "{words}"
    );
    assert_eq!(
        ask(&world.anna, &["s-1", "tom"]).await.expect(200),
        request,
        "a retry"
    );

    let [with_sofia, with_tom] =
        [0, 1].map(|place: usize| answers[place]["conversationId"].as_str().expect("an id"));
    let first = offered(&world.sofia, with_sofia, "1.20").await;
    assert_eq!(first["requestId"], request["id"]);
    let other = offered(&world.tom, with_tom, "1.30").await;
    let seen = read(&world.anna, &request).await.expect(200);
    assert_eq!(states(&seen), ["offered", "offered"]);
    assert_eq!(seen["answers"][0]["offer"], first);
    // Nobody learns of the others.
    let own = read(&world.tom, &request).await.expect(200);
    assert_eq!(own["answers"], json!([seen["answers"][1]]));
    read(&world.bert, &request).await.expect(403);
    read(&world.ada, &request).await.expect(200);

    let close = format!(
        "/api/chat/requests/{}/close",
        request["id"].as_str().expect("an id")
    );
    let body =
        json!({"acceptedOfferId": first["id"], "message": "We took another one, thank you."});
    let problem = world.anna.post(&close, body.clone()).await.expect(409);
    assert_eq!(
        (&problem["code"], &problem["offer"]["id"]),
        (&json!("offer_not_open"), &first["id"])
    );
    answer(&world.anna, &first, "accept", 1).await.expect(200);
    world.sofia.post(&close, body.clone()).await.expect(403);
    let closed = world.anna.post(&close, body.clone()).await.expect(200);
    assert_eq!(states(&closed), ["accepted", "declined"]);
    assert_eq!(closed["acceptedOfferId"], first["id"]);
    assert_eq!(
        world.anna.post(&close, body).await.expect(200),
        closed,
        "a retry"
    );
    let told = world
        .tom
        .get(&of(with_tom, "/messages?limit=1"))
        .await
        .expect(200);
    let told = &told["messages"][0];
    let system = json!({
        "event": "offer_declined", "actorId": "anna", "offerId": other["id"],
        "reason": "We took another one, thank you.",
    });
    assert_eq!(told["system"], system);
}

#[tokio::test]
async fn a_request_that_is_closed_tells_who_has_not_answered() {
    let world = World::open().await;
    let request = ask(&world.anna, &["s-1"]).await.expect(201);
    let conversation = request["answers"][0]["conversationId"]
        .as_str()
        .expect("an id");
    let close = format!(
        "/api/chat/requests/{}/close",
        request["id"].as_str().expect("an id")
    );
    let closed = world.anna.post(&close, json!({})).await.expect(200);
    assert_eq!(states(&closed), ["declined"]);
    let told = world
        .sofia
        .get(&of(conversation, "/messages?limit=1"))
        .await
        .expect(200);
    assert_eq!(
        told["messages"][0]["system"],
        json!({"event": "request_closed", "actorId": "anna"})
    );
    let late = offered(&world.sofia, conversation, "1.20").await;
    assert_eq!(late.get("requestId"), None);
}

#[tokio::test]
async fn a_request_costs_one_message_and_one_conversation() {
    let limits = [
        ("HAGGLE_MESSAGES_PER_MINUTE", "2"),
        ("HAGGLE_CONVERSATIONS_PER_HOUR", "1"),
    ];
    let world = World::with(&limits).await;
    let request = ask(&world.anna, &["s-1", "s-2"]).await.expect(201);
    assert_eq!(states(&request).len(), 2);
    ask(&world.anna, &["s-1", "s-2"]).await.expect(200);
    let more =
        |key: &str| json!({"supplierIds": ["s-1"], "terms": wanted(), "clientMessageId": key});
    // The conversation is there already.
    world
        .anna
        .post("/api/chat/requests", more("k2"))
        .await
        .expect(201);
    world
        .anna
        .post("/api/chat/requests", more("k3"))
        .await
        .expect(429);
}

#[tokio::test]
async fn every_wrong_field_of_a_request_is_named() {
    let world = World::open().await;
    let mut terms = wanted();
    terms["items"][0]["unitPrice"] = json!("1");
    let body = json!({"supplierIds": ["s-1", "nothing", "anna", "sofia"], "terms": terms});
    let problem = world
        .anna
        .post("/api/chat/requests", body)
        .await
        .expect(400);
    let named: Vec<_> = problem["fields"]
        .as_object()
        .expect("fields")
        .keys()
        .collect();
    let expected = [
        "supplierIds[1]",
        "supplierIds[2]",
        "supplierIds[3]",
        "terms.items[0].unitPrice",
    ];
    assert_eq!(named, expected);
    let many: Vec<_> = (0..21).map(|number| format!("s-{number}")).collect();
    for body in [
        json!({"supplierIds": many, "terms": wanted()}),
        json!({"supplierIds": [], "terms": wanted()}),
        json!({"terms": wanted()}),
    ] {
        let problem = world
            .anna
            .post("/api/chat/requests", body)
            .await
            .expect(400);
        assert!(problem["fields"]["supplierIds"].is_string(), "{problem}");
    }
    for person in [&world.sofia, &world.ada] {
        ask(person, &["s-2"]).await.expect(403);
    }
}
