//! Offers and reports: each step is told once, with all that it says.

use test_support::Person;

use super::*;

async fn make(person: &Person, conversation: &str, counters: Option<&Value>) -> Value {
    let terms = json!({
        "items": [{"name": "Steel sheet", "quantity": "500", "unit": "pcs", "unitPrice": "1.20"}],
        "currency": "EUR",
        "incoterm": "FCA",
        "place": "Duisburg",
        "leadTimeDays": 21,
        "payment": "30 days net",
        "validUntil": "2027-11-01T00:00:00.000Z",
        "remarks": "Packed dry",
    });
    let mut body = json!({"terms": terms, "clientMessageId": "retried"});
    if let Some(countered) = counters {
        body["counters"] = countered["id"].clone();
    } else {
        body["clientMessageId"] = Value::Null;
    }
    let path = of(conversation, "/offers");
    person.post(&path, body).await.expect(201)["offer"].take()
}

async fn answer(person: &Person, offer: &Value, what: &str) -> Value {
    let path = of(
        text(offer, "conversationId"),
        &format!("/offers/{}/{what}", text(offer, "id")),
    );
    let body = json!({"rev": offer["rev"]});
    person.post(&path, body).await.expect(200)["offer"].take()
}

/// The types in the order in which they happened, and their data. Order is not promised, and `rev` tells it.
fn in_order(heard: &[Received]) -> Vec<(String, Value)> {
    let mut told: Vec<_> = heard.iter().map(body).collect();
    told.sort_by_key(|one| one["data"]["rev"].as_i64());
    let told = told.into_iter();
    told.map(|mut one| (text(&one, "type").to_owned(), one["data"].take()))
        .collect()
}

#[tokio::test]
async fn every_step_of_a_negotiation_is_told_once_with_its_terms() {
    let (world, receiver) = (open().await, Receiver::open().await);
    let webhook = add(&world, &receiver, &["offer.*"]).await;
    let deals = Receiver::open().await;
    add(&world, &deals, &["offer.accepted"]).await;
    let steel = world.steel().await;
    let mut expected = Vec::new();

    let first = make(&world.sofia, &steel, None).await;
    expected.push(("offer.made", first.clone()));
    let second = make(&world.anna, &steel, Some(&first)).await;
    // The same again is told by nobody.
    let path = of(&steel, "/offers");
    let again =
        json!({"terms": second["terms"], "clientMessageId": "retried", "counters": first["id"]});
    world.anna.post(&path, again).await.expect(200);
    let path = format!("/api/chat/offers/{}", text(&first, "id"));
    let countered = world.anna.get(&path).await.expect(200)["offer"].take();
    assert_eq!(countered["supersededBy"], second["id"]);
    expected.push(("offer.countered", countered));
    expected.push(("offer.made", second.clone()));
    let declined = answer(&world.sofia, &second, "decline").await;
    expected.push(("offer.declined", declined));
    let third = make(&world.anna, &steel, None).await;
    expected.push(("offer.made", third.clone()));
    expected.push((
        "offer.withdrawn",
        answer(&world.anna, &third, "withdraw").await,
    ));
    let fourth = make(&world.sofia, &steel, None).await;
    expected.push(("offer.made", fourth.clone()));
    let sql = world.database.pool().await;
    let over =
        "update haggle.offers set valid_until = now() - interval '1 second' where state = 'open'";
    sqlx::query(over).execute(&sql).await.unwrap();
    let path = format!("/api/chat/offers/{}", text(&fourth, "id"));
    eventually("its time is over", async || {
        world.anna.get(&path).await.expect(200)["offer"]["state"] == "expired"
    })
    .await;
    let expired = world.anna.get(&path).await.expect(200)["offer"].take();
    expected.push(("offer.expired", expired));
    let fifth = make(&world.sofia, &steel, None).await;
    expected.push(("offer.made", fifth.clone()));
    let accepted = answer(&world.anna, &fifth, "accept").await;
    answer(&world.anna, &fifth, "accept").await;
    expected.push(("offer.accepted", accepted.clone()));

    let heard = receiver.until(expected.len()).await;
    eventually("nothing waits", async || waiting(&sql).await == 0).await;
    assert_eq!(receiver.heard().len(), expected.len());
    let told = in_order(&heard);
    for ((name, data), (expected, offer)) in told.iter().zip(&expected) {
        assert_eq!((name.as_str(), &data["offer"]), (*expected, offer));
        assert_eq!(data["conversationId"], json!(steel));
    }
    let revs: BTreeSet<_> = told.iter().map(|(_, data)| data["rev"].as_i64()).collect();
    assert_eq!(revs.len(), expected.len(), "each has a number of its own");
    let ids: BTreeSet<_> = heard.iter().map(|one| &one.headers["webhook-id"]).collect();
    assert_eq!(ids.len(), expected.len());
    assert_eq!(good_signatures(&heard[0], text(&webhook, "secret")), 1);
    let [(name, data)] = &in_order(&deals.heard())[..] else {
        panic!("one alone: {:#?}", deals.heard())
    };
    assert_eq!(
        (name.as_str(), &data["offer"]),
        ("offer.accepted", &accepted)
    );
}

#[tokio::test]
async fn a_report_is_told_and_so_is_what_becomes_of_it() {
    let (world, receiver) = (open().await, Receiver::open().await);
    add(&world, &receiver, &["report.*"]).await;
    let steel = world.steel().await;
    let said = say(&world.sofia, &steel, "Pay me in cash").await;
    let complaint = json!({"messageId": said["id"], "reason": "off_platform", "text": "Outside."});
    let filed = world.anna.post(&of(&steel, "/report"), complaint).await;
    let path = format!("/api/chat/reports/{}", text(&filed.expect(201), "id"));
    let mut expected = vec![("report.created", None)];
    for (state, name) in [
        ("answered", "report.answered"),
        ("dismissed", "report.dismissed"),
        ("open", "report.reopened"),
    ] {
        let judged = json!({"state": state, "answer": format!("It is {state}")});
        let judged = world.ada.patch(&path, judged).await.expect(200);
        expected.push((name, Some(judged)));
    }
    receiver.until(expected.len()).await;
    let sql = world.database.pool().await;
    eventually("nothing waits", async || waiting(&sql).await == 0).await;
    let heard = receiver.heard();
    assert_eq!(heard.len(), expected.len());
    for (name, report) in expected {
        let told: Vec<_> = heard.iter().map(body).collect();
        let told = told.iter().find(|one| one["type"] == name);
        let data = &told.unwrap_or_else(|| panic!("{name} is told"))["data"];
        assert_eq!(data["conversationId"], json!(steel));
        let expected = json!({
            "reporterId": "anna", "messageId": said["id"], "reason": "off_platform", "text": "Outside.",
        });
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(&data["report"][field], value, "{name} {field}");
        }
        if let Some(report) = report {
            assert_eq!(data["report"], report, "{name}");
        }
    }
}

#[tokio::test]
async fn a_type_that_there_is_not_can_be_wanted_by_nobody() {
    let world = open().await;
    for (wanted, status) in [
        ("offer.accepted", 201),
        ("report.*", 201),
        ("offer.refused", 400),
        ("report.read", 400),
    ] {
        let body = json!({"url": "https://example.com/", "events": [wanted]});
        let answer = ask(&world, Method::POST, "/api/webhooks", body).await;
        answer.expect(status);
    }
}
