//! Offers: terms in the conversation, one truth for both sides, and acceptance that happens once.

mod requests;
mod retries;

use serde_json::{Value, json};
use test_support::{Answer, Person, ServerOptions, ServerProcess, eventually, now};
use time::{Duration, format_description::well_known::Rfc3339};

use crate::world::{World, listed, of, say, unread};

/// So many seconds from now.
fn later(seconds: i64) -> String {
    let at = now() + Duration::seconds(seconds);
    at.format(&Rfc3339).expect("a time")
}

fn terms(unit_price: &str) -> Value {
    json!({
        "items": [
            {"name": "Steel sheet 2 mm", "quantity": "500", "unit": "pcs", "unitPrice": unit_price},
            {"productId": "steel", "name": "Cutting", "quantity": "1.5", "unit": "h", "unitPrice": "80"},
        ],
        "currency": "EUR",
        "incoterm": "FCA",
        "place": "Duisburg",
        "leadTimeDays": 21,
        "payment": "30 days net",
        "validUntil": later(86_400),
        "remarks": "Packed <dry>",
    })
}

async fn make(person: &Person, conversation: &str, unit_price: &str) -> Answer {
    let body = json!({"terms": terms(unit_price)});
    person.post(&of(conversation, "/offers"), body).await
}

/// Makes an offer that must be open.
async fn offered(person: &Person, conversation: &str, unit_price: &str) -> Value {
    make(person, conversation, unit_price).await.expect(201)["offer"].take()
}

async fn answer(person: &Person, offer: &Value, what: &str, rev: i64) -> Answer {
    let conversation = offer["conversationId"].as_str().expect("a conversation");
    let id = offer["id"].as_str().expect("an id");
    let path = of(conversation, &format!("/offers/{id}/{what}"));
    person.post(&path, json!({"rev": rev})).await
}

async fn as_it_is(person: &Person, offer: &Value) -> Value {
    let path = format!("/api/chat/offers/{}", offer["id"].as_str().expect("an id"));
    person.get(&path).await.expect(200)["offer"].take()
}

#[tokio::test]
async fn an_offer_is_made_seen_by_both_and_accepted_once() {
    let world = World::open().await;
    let steel = world.steel().await;
    let (mut buyer, mut supplier) = (world.anna.online().await, world.sofia.online().await);
    let made = make(&world.sofia, &steel, "1.20").await.expect(201);
    let (message, offer) = (&made["message"], &made["offer"]);
    assert_eq!(
        (&message["kind"], &message["offer"]),
        (&json!("offer"), offer)
    );
    assert_eq!(offer["totals"], json!({"net": "720.00", "currency": "EUR"}));
    assert_eq!(
        (&offer["state"], &offer["rev"]),
        (&json!("open"), &json!(1))
    );
    assert_eq!(
        (&offer["by"], &offer["role"]),
        (&json!("sofia"), &json!("supplier"))
    );
    for unanswered in ["answeredAt", "answeredBy", "supersedes", "supersededBy"] {
        assert_eq!(offer.get(unanswered), Some(&Value::Null), "{unanswered}");
    }
    assert_eq!(offer["terms"]["remarks"], "Packed < dry>");
    assert_eq!(offer["terms"]["items"][0]["unitPrice"], "1.20");
    let text = message["message"].as_str().expect("words");
    assert!(
        text.starts_with("Offer: EUR 720.00\n1. Steel sheet 2 mm: 500 pcs × 1.20\n2. Cutting"),
        "{text}"
    );
    for socket in [&mut buyer, &mut supplier] {
        let heard = socket.until("message").await.pop().expect("it is heard");
        assert_eq!(&heard.payload["message"]["offer"], offer);
    }
    let shown = &listed(&world.anna, &steel).await;
    assert_eq!(
        shown["offer"],
        json!({"id": offer["id"], "state": "open", "role": "supplier"})
    );
    assert!(
        shown["lastMessage"]
            .as_str()
            .expect("a preview")
            .starts_with("Offer: EUR 720.00")
    );
    assert_eq!(unread(&world.anna).await, 1);

    let accepted = answer(&world.anna, offer, "accept", 1).await.expect(200);
    assert_eq!(accepted["offer"]["state"], "accepted");
    assert_eq!(
        (&accepted["offer"]["answeredBy"], &accepted["offer"]["rev"]),
        (&json!("anna"), &json!(2))
    );
    let told = &accepted["message"];
    assert_eq!(told["message"], "Anna accepted the offer of EUR 720.00");
    let system = json!({"event": "offer_accepted", "actorId": "anna", "offerId": offer["id"]});
    assert_eq!(
        (&told["kind"], &told["system"]),
        (&json!("system"), &system)
    );
    for socket in [&mut buyer, &mut supplier] {
        let changed = socket
            .until("message_updated")
            .await
            .pop()
            .expect("it is heard");
        assert_eq!(changed.payload["message"]["offer"], accepted["offer"]);
        let heard = socket.until("message").await.pop().expect("it is heard");
        assert_eq!(heard.payload["message"]["id"], told["id"]);
    }
    assert_eq!(
        answer(&world.anna, offer, "accept", 1).await.expect(200),
        accepted,
        "a retry"
    );
    for (person, what) in [(&world.anna, "decline"), (&world.sofia, "withdraw")] {
        let problem = answer(person, offer, what, 2).await.expect(409);
        assert_eq!(
            (&problem["code"], &problem["offer"]),
            (&json!("offer_not_open"), &accepted["offer"])
        );
    }
    let page = world
        .sofia
        .get(&of(&steel, "/messages?markRead=false"))
        .await
        .expect(200);
    assert_eq!(page["messages"][1]["offer"], accepted["offer"]);
    let audit = world
        .ada
        .get("/api/chat/audit?action=negotiated")
        .await
        .expect(200);
    let entries = audit["entries"].as_array().expect("entries");
    let states: Vec<_> = entries
        .iter()
        .map(|entry| &entry["detail"]["state"])
        .collect();
    assert_eq!(states, ["accepted", "open"]);
    assert_eq!(entries[0]["actorId"], "anna");
}

#[tokio::test]
async fn one_is_open_at_a_time_and_an_offer_answers_another() {
    let world = World::open().await;
    let steel = world.steel().await;
    let first = offered(&world.sofia, &steel, "1.20").await;
    let problem = make(&world.anna, &steel, "1.10").await.expect(409);
    assert_eq!(
        (&problem["code"], &problem["offer"]),
        (&json!("offer_open"), &first)
    );
    let counter = |offer: &Value, price: &str| json!({"terms": terms(price), "counters": offer["id"], "note": "Our best"});
    let offers = of(&steel, "/offers");
    world
        .sofia
        .post(&offers, counter(&first, "1.15"))
        .await
        .expect(403);
    let made = world
        .anna
        .post(&offers, counter(&first, "1.00"))
        .await
        .expect(201);
    let text = made["message"]["message"].as_str().expect("words");
    assert!(
        text.starts_with("Counter-offer: EUR 620.00") && text.ends_with("\n\nOur best"),
        "{text}"
    );
    let second = &made["offer"];
    assert_eq!(
        (&second["supersedes"], &second["role"]),
        (&first["id"], &json!("buyer"))
    );
    let countered = as_it_is(&world.sofia, &first).await;
    assert_eq!(
        (&countered["state"], &countered["supersededBy"]),
        (&json!("countered"), &second["id"])
    );
    let problem = world
        .anna
        .post(&offers, counter(&first, "0.90"))
        .await
        .expect(409);
    assert_eq!(
        (&problem["code"], &problem["offer"]),
        (&json!("offer_not_open"), &countered)
    );
    let problem = answer(&world.sofia, second, "accept", 7).await.expect(409);
    assert_eq!(
        (&problem["code"], &problem["offer"]),
        (&json!("offer_changed"), second)
    );
    let listed_by = async |filter: &str| {
        let path = format!("/api/chat/conversations?offers={filter}");
        let list = world.anna.get(&path).await.expect(200);
        list["conversations"].as_array().expect("a list").len()
    };
    assert_eq!(
        (listed_by("open").await, listed_by("accepted").await),
        (1, 0)
    );
    answer(&world.sofia, second, "decline", 1).await.expect(200);
    assert_eq!(
        (listed_by("open").await, listed_by("accepted").await),
        (0, 0)
    );
    let third = offered(&world.sofia, &steel, "1.05").await;
    answer(&world.anna, &third, "accept", 1).await.expect(200);
    assert_eq!(
        (listed_by("open").await, listed_by("accepted").await),
        (0, 1)
    );
    world
        .anna
        .get("/api/chat/conversations?offers=all")
        .await
        .expect(400);
    let chain = world
        .anna
        .get(&format!(
            "/api/chat/offers/{}",
            first["id"].as_str().unwrap()
        ))
        .await
        .expect(200);
    assert_eq!(chain["offer"], countered);
    let states: Vec<_> = chain["chain"]
        .as_array()
        .expect("a chain")
        .iter()
        .map(|offer| &offer["state"])
        .collect();
    assert_eq!(states, ["countered", "declined"]);
    let nowhere = json!({"terms": terms("1"), "counters": "nothing"});
    let problem = world.anna.post(&offers, nowhere).await.expect(400);
    assert!(problem["fields"]["counters"].is_string(), "{problem}");
}

#[tokio::test]
async fn every_wrong_field_of_terms_is_named() {
    let world = World::open().await;
    let steel = world.steel().await;
    let offers = of(&steel, "/offers");
    let mut wrong = terms("1.20");
    wrong["items"][0]["unitPrice"] = json!("1e3");
    wrong["items"][0]["quantity"] = json!("-5");
    wrong["items"][1]["name"] = json!(" ");
    wrong["items"][1]["productId"] = json!("nothing");
    wrong["currency"] = json!("XXX");
    wrong["validUntil"] = json!("2020-01-01T00:00:00Z");
    let problem = world
        .sofia
        .post(&offers, json!({"terms": wrong, "note": "x".repeat(2_001)}))
        .await
        .expect(400);
    let named: Vec<_> = problem["fields"]
        .as_object()
        .expect("fields")
        .keys()
        .collect();
    let expected = [
        "note",
        "terms.currency",
        "terms.items[0].quantity",
        "terms.items[0].unitPrice",
        "terms.items[1].name",
        "terms.items[1].productId",
        "terms.validUntil",
    ];
    assert_eq!(named, expected);
    let mut odd = terms("1.20");
    odd["items"][0]["unitPrice"] = json!(1.2);
    odd["items"][1] = json!("nothing");
    odd["leadTimeDays"] = json!("soon");
    odd["currency"] = json!("eur");
    let problem = world
        .sofia
        .post(&offers, json!({"terms": odd}))
        .await
        .expect(400);
    let named: Vec<_> = problem["fields"]
        .as_object()
        .expect("fields")
        .keys()
        .collect();
    let expected = [
        "terms.currency",
        "terms.items[0].unitPrice",
        "terms.items[1]",
        "terms.leadTimeDays",
    ];
    assert_eq!(named, expected);
    let problem = world.sofia.post(&offers, json!({})).await.expect(400);
    assert!(problem["fields"]["terms"].is_string(), "{problem}");
    let problem = world
        .sofia
        .post(&of(&steel, "/offers/x/accept"), json!({}))
        .await;
    assert!(problem.expect(400)["fields"]["rev"].is_string());
}

#[tokio::test]
async fn a_retry_of_an_offer_is_the_first_one() {
    let world = World::with(&[("HAGGLE_MESSAGES_PER_MINUTE", "3")]).await;
    let steel = world.steel().await;
    let offers = of(&steel, "/offers");
    let body = json!({"terms": terms("1.20"), "clientMessageId": "k1"});
    let first = world.sofia.post(&offers, body.clone()).await;
    assert!(
        first.headers.contains_key("ratelimit"),
        "it counts as a message"
    );
    let first = first.expect(201);
    assert_eq!(
        world.sofia.post(&offers, body.clone()).await.expect(200),
        first
    );
    say(&world.sofia, &steel, "two").await;
    answer(&world.sofia, &first["offer"], "withdraw", 1)
        .await
        .expect(200);
    let refused = make(&world.sofia, &steel, "1.10").await;
    assert!(refused.headers.contains_key("retry-after"));
    refused.expect(429);
    let again = world.sofia.post(&offers, body).await.expect(200);
    assert_eq!(again["offer"]["state"], "withdrawn", "as it is by now");
    answer(&world.sofia, &first["offer"], "withdraw", 1)
        .await
        .expect(200);
}

#[tokio::test]
async fn whoever_does_not_trade_there_is_refused() {
    let world = World::open().await;
    let steel = world.steel().await;
    let offer = offered(&world.sofia, &steel, "1.20").await;
    let id = offer["id"].as_str().expect("an id");
    let (get, offers) = (format!("/api/chat/offers/{id}"), of(&steel, "/offers"));
    let answers =
        ["accept", "decline", "withdraw"].map(|what| of(&steel, &format!("/offers/{id}/{what}")));
    let nobody = world.nobody();
    // Of nobody, another buyer, another supplier, an administrator who has not joined.
    for (person, seen, done) in [
        (&nobody, 401, 401),
        (&world.bert, 403, 403),
        (&world.tom, 403, 403),
        (&world.ada, 200, 403),
    ] {
        assert_eq!(person.get(&get).await.status, seen, "{}", person.id);
        let body = json!({"terms": terms("1")});
        assert_eq!(
            person.post(&offers, body).await.status,
            done,
            "{}",
            person.id
        );
        for path in &answers {
            assert_eq!(
                person.post(path, json!({"rev": 1})).await.status,
                done,
                "{}",
                person.id
            );
        }
    }
    world
        .ada
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(200);
    assert_eq!(
        make(&world.ada, &steel, "1").await.expect(403)["code"],
        "forbidden"
    );
    for (person, what) in [
        (&world.ada, "accept"),
        (&world.sofia, "accept"),
        (&world.sofia, "decline"),
        (&world.anna, "withdraw"),
    ] {
        let problem = answer(person, &offer, what, 1).await.expect(403);
        assert_eq!(problem["code"], "forbidden", "{} {what}", person.id);
    }
    assert_eq!(
        as_it_is(&world.anna, &offer).await,
        offer,
        "nothing happened"
    );
    let help = world
        .anna
        .post("/api/chat/conversations", json!({"adminId": "ada"}))
        .await
        .expect(201);
    let help = help["id"].as_str().expect("an id");
    assert_eq!(
        make(&world.anna, help, "1").await.expect(409)["code"],
        "conflict"
    );
    let elsewhere = of(help, &format!("/offers/{id}/accept"));
    assert_eq!(
        world
            .anna
            .post(&elsewhere, json!({"rev": 1}))
            .await
            .expect(404)["code"],
        "offer_not_found"
    );
    assert_eq!(
        world.anna.get("/api/chat/offers/nothing").await.expect(404)["code"],
        "offer_not_found"
    );
    assert_eq!(
        make(&world.anna, "nothing", "1").await.expect(404)["code"],
        "conversation_not_found"
    );
}

#[tokio::test]
async fn the_message_of_an_offer_is_not_changed_or_taken_back() {
    let world = World::open().await;
    let steel = world.steel().await;
    let question = say(&world.anna, &steel, "500 pieces at 1.20?").await;
    let offer = offered(&world.sofia, &steel, "1.20").await;
    let path = of(
        &steel,
        &format!("/messages/{}", offer["messageId"].as_str().expect("an id")),
    );
    world
        .sofia
        .patch(&path, json!({"content": "9.99"}))
        .await
        .expect(409);
    world.sofia.delete(&path).await.expect(409);
    assert_eq!(as_it_is(&world.anna, &offer).await, offer);
    answer(&world.anna, &offer, "accept", 1).await.expect(200);
    // What led to a deal stays as it was said.
    let path = of(
        &steel,
        &format!("/messages/{}", question["id"].as_str().expect("an id")),
    );
    let problem = world
        .anna
        .patch(&path, json!({"content": "5 pieces at 1.20?"}))
        .await
        .expect(403);
    assert_eq!(problem["code"], "edit_window_over");
}

#[tokio::test]
async fn an_offer_whose_time_is_over_is_told_and_nobody_accepts_it() {
    let world = World::open().await;
    let steel = world.steel().await;
    let mut buyer = world.anna.online().await;
    let mut short = terms("1.20");
    short["validUntil"] = json!(later(5));
    let made = world
        .sofia
        .post(&of(&steel, "/offers"), json!({"terms": short}))
        .await
        .expect(201);
    let offer = &made["offer"];
    let changed = buyer
        .until("message_updated")
        .await
        .pop()
        .expect("it is heard");
    assert_eq!(changed.payload["message"]["offer"]["state"], "expired");
    let told = buyer.until("message").await.pop().expect("it is heard");
    let told = &told.payload["message"];
    assert_eq!(told["message"], "The offer of EUR 720.00 has expired");
    let system = json!({"event": "offer_expired", "actorId": null, "offerId": offer["id"]});
    assert_eq!(
        (&told["system"], &told["senderName"]),
        (&system, &json!("System"))
    );
    let problem = answer(&world.anna, offer, "accept", 1).await.expect(409);
    assert_eq!(
        (&problem["code"], &problem["offer"]["state"]),
        (&json!("offer_not_open"), &json!("expired"))
    );
    assert_eq!(
        listed(&world.anna, &steel).await["offer"]["state"],
        "expired"
    );
    offered(&world.sofia, &steel, "1.10").await;
}

#[tokio::test]
async fn whoever_is_away_is_notified_of_an_answer() {
    let world = World::open().await;
    let steel = world.steel().await;
    let offer = offered(&world.sofia, &steel, "1.20").await;
    let body = json!({"rev": 1, "note": "Too dear,\nsorry"});
    let path = of(
        &steel,
        &format!("/offers/{}/decline", offer["id"].as_str().expect("an id")),
    );
    let declined = world.anna.post(&path, body).await.expect(200);
    assert_eq!(declined["message"]["system"]["reason"], "Too dear,\nsorry");
    assert_eq!(
        declined["message"]["message"],
        "Anna declined the offer of EUR 720.00: Too dear, sorry"
    );
    let waiting = world.sofia.get("/api/chat/notifications").await.expect(200);
    let notification = &waiting["notifications"][0];
    assert_eq!(
        (&notification["conversationId"], &notification["count"]),
        (&json!(steel), &json!(1))
    );
    assert!(
        notification["preview"]
            .as_str()
            .expect("a preview")
            .starts_with("Anna declined")
    );
}

#[tokio::test]
async fn without_offers_nothing_shows_them() {
    let world = World::open().await;
    let steel = world.steel().await;
    let limits = world.anna.get("/api/chat/limits").await.expect(200);
    assert_eq!(limits["offers"], true);
    let offer = offered(&world.sofia, &steel, "1.20").await;

    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(world.database.url())
        .set("HAGGLE_OFFERS", "off");
    let server = ServerProcess::spawn(&options).await;
    let anna = Person::new(&server.base(), "anna");
    assert_eq!(
        anna.get("/api/chat/limits").await.expect(200).get("offers"),
        None
    );
    let id = offer["id"].as_str().expect("an id");
    anna.get(&format!("/api/chat/offers/{id}"))
        .await
        .expect(404);
    anna.post(&of(&steel, "/offers"), json!({"terms": terms("1")}))
        .await
        .expect(404);
    anna.post(
        &of(&steel, &format!("/offers/{id}/accept")),
        json!({"rev": 1}),
    )
    .await
    .expect(404);
    anna.post(
        "/api/chat/requests",
        json!({"supplierIds": ["s-1"], "terms": {}}),
    )
    .await
    .expect(404);
    let page = anna
        .get(&of(&steel, "/messages?markRead=false"))
        .await
        .expect(200);
    let message = &page["messages"][0];
    assert_eq!(message.get("offer"), None);
    assert!(
        message["message"]
            .as_str()
            .expect("words")
            .starts_with("Offer: EUR 720.00"),
        "old clients read it"
    );
    assert_eq!(listed(&anna, &steel).await.get("offer"), None);
    eventually("the other server still has it", async || {
        as_it_is(&world.anna, &offer).await == offer
    })
    .await;
}
