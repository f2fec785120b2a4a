//! A client whose link is cut again and again while people talk. Whatever
//! happens, after the last `ready` it has what a fresh fetch has.

use std::collections::BTreeMap;

use chat::{ids::ConversationId, message::Message};
use futures_util::FutureExt;
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::{Value, json};

use super::state::Seen;
use crate::ws::tests::{
    client::Client,
    rig::{HOUR, Rig},
};

const SEEDS: u64 = 150;
const STEPS: usize = 120;

struct Tab {
    client: Client,
    seen: BTreeMap<String, Seen>,
    /// Answers that are still to come.
    unready: usize,
    /// Everything was named in one frame, so nothing comes twice.
    is_exact: bool,
}

impl Tab {
    async fn connect(
        rig: &Rig,
        seen: BTreeMap<String, Seen>,
        random: &mut StdRng,
        is_exact: bool,
    ) -> Self {
        // All that is asked in parts fits, or both sides would wait for the other to read.
        let smallest = if is_exact { 64 } else { 2048 };
        let pipe = random.random_range(smallest..4096);
        let mut client = rig.connect_through(pipe).await;
        let with_rev = is_exact || random.random();
        let since: Vec<_> = seen
            .iter()
            .map(|(id, seen)| (id.clone(), seen.since(with_rev)))
            .collect();
        let most = if is_exact { since.len() } else { 1 };
        let parts: Vec<Value> = since
            .chunks(most)
            .map(|part| Value::Object(part.iter().cloned().collect()))
            .collect();
        let token = rig.token("anna", HOUR);
        let unready = parts.len();
        let mut parts = parts.into_iter();
        let first = json!({"token": token, "since": parts.next()});
        client.say("authenticate", first).await;
        for part in parts {
            client.say("resume", json!({ "since": part })).await;
        }
        Self {
            client,
            seen,
            unready,
            is_exact,
        }
    }

    /// Hears what has arrived, at most this many frames.
    async fn listen(&mut self, most: usize) {
        for _ in 0..most {
            tokio::task::yield_now().await;
            let Some((kind, payload)) = self.client.next().now_or_never() else {
                return;
            };
            self.hear(&kind, &payload);
        }
    }

    fn hear(&mut self, kind: &str, payload: &Value) {
        match kind {
            "ready" => self.unready -= 1,
            "message" | "message_updated" | "read" | "conversation_updated" => {
                let id = payload["conversationId"].as_str().unwrap();
                let seen = self.seen.get_mut(id).unwrap();
                // What was missed claims nothing; what is live follows on what is known.
                let step = i64::from(self.unready == 0);
                seen.hear(kind, payload, self.is_exact.then_some(step));
            }
            "authenticated" | "notification" | "online_status" => {}
            other => panic!("did not expect {other}: {payload}"),
        }
    }

    /// Until everything is told and these messages have been heard: the last ones of all.
    async fn listen_until(&mut self, last: &[Message]) {
        let has_heard = |tab: &Self, message: &Message| {
            let seen = &tab.seen[message.conversation.as_str()];
            seen.messages.contains_key(&message.seq)
        };
        while self.unready > 0 || !last.iter().all(|message| has_heard(self, message)) {
            let (kind, payload) = self.client.next().await;
            self.hear(&kind, &payload);
        }
        self.client.say("ping", json!({})).await;
        loop {
            let (kind, payload) = self.client.next().await;
            if kind == "pong" {
                return;
            }
            self.hear(&kind, &payload);
        }
    }
}

async fn one_life(seed: u64, is_exact: bool) {
    let mut random = StdRng::seed_from_u64(seed);
    let rig = Rig::new().await;
    rig.publisher.hold();
    let mut conversations: Vec<(ConversationId, &str)> = Vec::new();
    let mut fetched = BTreeMap::new();
    for supplier in ["ben", "sue"] {
        let id = rig.open("anna", supplier).await;
        fetched.insert(id.to_string(), Seen::fetch(&rig, &id).await);
        conversations.push((id, supplier));
    }
    let mut tab = Tab::connect(&rig, fetched, &mut random, is_exact).await;
    let mut sent = Vec::new();
    for _ in 0..STEPS {
        let (conversation, supplier) = &conversations[random.random_range(0..2)];
        let who = if random.random() { "anna" } else { supplier };
        match random.random_range(0..14) {
            0..4 => {
                let text = "x".repeat(random.random_range(1..300));
                sent.push(rig.send(who, conversation, &text).await);
            }
            11..14 if !sent.is_empty() => {
                let message = &sent[random.random_range(0..sent.len())];
                match random.random_range(0..8) {
                    0..4 => {
                        rig.correct(message, &random.random_range(0..9).to_string())
                            .await;
                    }
                    4 => rig.take_back(message).await,
                    _ => rig.react("anna", message, random.random()).await,
                }
            }
            4..6 => rig.read(who, conversation, None).await,
            6..8 => tab.listen(random.random_range(1..8)).await,
            8 => rig.publisher.release(random.random_range(0..6)),
            9 => rig.pin(who, conversation, random.random()).await,
            _ => tab = Tab::connect(&rig, tab.seen, &mut random, is_exact).await,
        }
    }
    let mut last = Vec::new();
    for (conversation, supplier) in &conversations {
        last.push(rig.send(supplier, conversation, "the last one").await);
    }
    rig.publisher.release(usize::MAX);
    tab.listen_until(&last).await;
    for (id, _) in &conversations {
        let fresh = Seen::fetch(&rig, id).await;
        assert_eq!(tab.seen[id.as_str()], fresh, "seed {seed}");
    }
    rig.app.draining.cancel();
}

#[tokio::test(start_paused = true)]
async fn after_any_cut_the_client_has_what_a_fresh_fetch_has() {
    for seed in 0..SEEDS {
        one_life(seed, true).await;
    }
}

#[tokio::test(start_paused = true)]
async fn also_when_it_resumes_in_parts() {
    for seed in 0..SEEDS {
        one_life(seed, false).await;
    }
}
