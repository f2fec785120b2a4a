//! However many answer an offer at once, and at whichever server, one is taken, and everybody reads the same.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::{Value, json};
use test_support::Person;
use test_support::now;
use time::{Duration, format_description::well_known::Rfc3339};

use crate::{market::Market, talk::of};

const AT_ONCE: usize = 100;

/// Valid for a day.
fn terms(unit_price: usize) -> Value {
    let until = now() + Duration::days(1);
    let until = until.format(&Rfc3339).expect("a time");
    json!({
        "items": [{"name": "Steel sheet", "quantity": "500", "unit": "pcs", "unitPrice": unit_price.to_string()}],
        "currency": "EUR",
        "validUntil": until,
    })
}

/// Every message of the conversation, oldest first, as this person reads it.
async fn story(person: &Person, conversation: &str) -> Vec<Value> {
    let page = person
        .get(&of(conversation, "/messages?limit=100&markRead=false"))
        .await;
    let mut messages = page.expect(200)["messages"]
        .as_array()
        .expect("messages")
        .clone();
    messages.reverse();
    for message in &mut messages {
        // Each link is signed anew, and what is read is everybody's own.
        message["isRead"] = Value::Null;
    }
    messages
}

#[tokio::test]
async fn a_hundred_answers_at_two_servers_are_one_outcome() {
    let market = Market::of_several(2, &[]).await;
    let conversation = market.steel().await;
    let at = |who: &str| [market.person_at(0, who), market.person_at(1, who)];
    let (anna, sofia) = (at("anna"), at("sofia"));
    let mut outcomes = BTreeSet::new();
    for round in 0..6 {
        let offers = of(&conversation, "/offers");
        let far = json!({"terms": terms(round)});
        let made = sofia[round % 2].post(&offers, far).await.expect(201);
        let offer = made["offer"]["id"].as_str().expect("an id").to_owned();
        let answers = (0..AT_ONCE).map(|number| {
            let (anna, sofia) = (anna[number % 2].clone(), sofia[number / 2 % 2].clone());
            let (offers, offer) = (offers.clone(), offer.clone());
            async move {
                let rev = json!({"rev": 1});
                match number % 4 {
                    0 => anna.post(&format!("{offers}/{offer}/accept"), rev).await,
                    1 => sofia.post(&format!("{offers}/{offer}/withdraw"), rev).await,
                    2 => anna.post(&format!("{offers}/{offer}/decline"), rev).await,
                    _ => {
                        let body = json!({"terms": terms(number), "counters": offer});
                        anna.post(&offers, body).await
                    }
                }
            }
        });
        let answers = join_all(answers).await;
        let mut states = BTreeSet::new();
        let mut created = 0;
        for answer in &answers {
            match answer.status {
                200 => {
                    let state = answer.json["offer"]["state"].as_str().expect("a state");
                    states.insert(state.to_owned());
                }
                201 => {
                    created += 1;
                    states.insert("countered".to_owned());
                }
                409 => assert!(answer.json["offer"].is_object(), "{:#}", answer.json),
                other => panic!("{other}: {:#}", answer.json),
            }
        }
        assert_eq!(states.len(), 1, "one outcome: {states:?}");
        assert!(created <= 1, "one offer counters it");
        let state = states.pop_first().expect("one");
        let stories = [&anna[0], &anna[1], &sofia[0], &sofia[1]];
        let stories = join_all(stories.map(|person| story(person, &conversation))).await;
        assert!(
            stories.iter().all(|other| *other == stories[0]),
            "both sides read the same at both servers"
        );
        let shown = stories[0]
            .iter()
            .find(|message| message["offer"]["id"] == *offer)
            .expect("it is there");
        assert_eq!(shown["offer"]["state"], *state);
        let open: Vec<_> = stories[0]
            .iter()
            .filter(|message| message["offer"]["state"] == "open")
            .collect();
        assert_eq!(open.len(), created);
        for open in open {
            let offer = open["offer"]["id"].as_str().expect("an id");
            anna[0]
                .post(&format!("{offers}/{offer}/withdraw"), json!({"rev": 1}))
                .await
                .expect(200);
        }
        outcomes.insert(state);
    }
    assert!(!outcomes.is_empty());
}
