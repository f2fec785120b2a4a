//! What only a real server and a real network show: cuts under load, a reader that stops.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};
use test_support::{Frame, Person, Socket, eventually};
use tokio::task::JoinSet;

use crate::world::{World, of, say};

const CUTS: usize = 40;

/// A conversation in the eyes of a client.
#[derive(Debug, Default, PartialEq)]
struct Seen {
    messages: BTreeMap<i64, String>,
    /// By user, how far they have read.
    marks: BTreeMap<String, i64>,
    rev: i64,
}

impl Seen {
    fn seq(&self) -> i64 {
        self.messages.keys().next_back().copied().unwrap_or(0)
    }

    /// Each message once and in order; a read mark without a gap; the conversation as it is.
    fn hear(&mut self, frame: &Frame) {
        let payload = &frame.payload;
        let rev = payload["rev"].as_i64().unwrap_or_default();
        match &*frame.kind {
            "message" => {
                let message = &payload["message"];
                let seq = message["seq"].as_i64().unwrap();
                assert_eq!(seq, self.seq() + 1, "missing, twice or out of order");
                let id = message["id"].as_str().unwrap().to_owned();
                self.messages.insert(seq, id);
                self.mark(&message["senderId"], &message["seq"]);
                self.rev = rev;
            }
            "read" => {
                assert_eq!(rev, self.rev + 1, "a read mark twice or after a gap");
                self.mark(&payload["userId"], &payload["lastReadSeq"]);
                self.rev = rev;
            }
            "conversation_updated" => self.see(&payload["conversation"]),
            "authenticated" | "notification" | "online_status" | "ready" => {}
            other => panic!("did not expect {other}: {payload}"),
        }
    }

    fn see(&mut self, conversation: &Value) {
        for participant in conversation["participants"].as_object().unwrap().values() {
            self.mark(&participant["id"], &participant["lastReadSeq"]);
        }
        self.rev = conversation["rev"].as_i64().unwrap();
    }

    fn mark(&mut self, user: &Value, seq: &Value) {
        let user = user.as_str().unwrap().to_owned();
        let mark = self.marks.entry(user).or_default();
        *mark = seq.as_i64().unwrap().max(*mark);
    }

    async fn fetch(person: &Person, conversation: &str) -> Self {
        let mut seen = Self::default();
        seen.see(&person.get(&of(conversation, "")).await.expect(200));
        let mut before = String::new();
        loop {
            let path = of(
                conversation,
                &format!("/messages?markRead=false&limit=100{before}"),
            );
            let page = person.get(&path).await.expect(200);
            for message in page["messages"].as_array().unwrap() {
                let id = message["id"].as_str().unwrap().to_owned();
                seen.messages.insert(message["seq"].as_i64().unwrap(), id);
            }
            match page["nextCursor"].as_str() {
                Some(cursor) => before = format!("&before={cursor}"),
                None => return seen,
            }
        }
    }
}

#[tokio::test]
async fn after_any_cut_under_load_a_client_has_what_a_fetch_has() {
    let world = World::open().await;
    let conversation = world.steel().await;
    let mut seen = Seen::fetch(&world.anna, &conversation).await;
    let mut random = StdRng::seed_from_u64(7);

    let mut talking = JoinSet::new();
    for person in [&world.anna, &world.sofia, &world.sofia] {
        talking.spawn(talk(person.clone(), conversation.clone()));
    }
    for _ in 0..CUTS {
        let mut anna = resume(&world.anna, &conversation, &seen).await;
        for _ in 0..random.random_range(1..60) {
            seen.hear(&anna.next().await);
        }
    }
    talking.shutdown().await;

    let mut anna = resume(&world.anna, &conversation, &seen).await;
    let last = say(&world.sofia, &conversation, "the last one").await;
    let last = last["seq"].as_i64().unwrap();
    let mut is_ready = false;
    while !is_ready || seen.seq() < last {
        let frame = anna.next().await;
        is_ready |= frame.kind == "ready";
        seen.hear(&frame);
    }
    assert_eq!(seen, Seen::fetch(&world.anna, &conversation).await);
}

async fn resume(person: &Person, conversation: &str, seen: &Seen) -> Socket {
    let mut socket = person.connect().await;
    let since = json!({"seq": seen.seq(), "rev": seen.rev});
    socket
        .authenticate(Some(json!({conversation: since})))
        .await;
    socket
}

/// Sends and reads until it is stopped.
async fn talk(person: Person, conversation: String) {
    loop {
        for number in 0..5 {
            say(&person, &conversation, &format!("message {number}")).await;
        }
        let read = of(&conversation, "/read");
        person.patch(&read, json!({})).await.expect(200);
    }
}

#[tokio::test]
async fn a_reader_that_stops_is_4408_and_the_others_hear_everything() {
    let world = World::open().await;
    let conversation = world.steel().await;
    let mut slow = world.anna.online().await;
    let mut sofia = world.sofia.online().await;
    let text = "🙂".repeat(10_000);
    let overflows = "haggle_queue_overflows_total 1";
    eventually("the queue is full", async || {
        say(&world.sofia, &conversation, &text).await;
        sofia.until("message").await;
        let metrics = world.nobody().request(reqwest::Method::GET, "/metrics");
        let metrics = metrics.send().await.unwrap().text().await.unwrap();
        metrics.lines().any(|line| line == overflows)
    })
    .await;
    assert_eq!(slow.close_code().await, 4408);

    // It comes back and misses nothing.
    let mut back = world.anna.connect().await;
    back.authenticate(Some(json!({&conversation: 1}))).await;
    let told = back.until("ready").await;
    assert!(told.iter().any(|frame| frame.kind == "message"));
}
