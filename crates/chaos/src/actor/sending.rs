//! Sending, until somebody says that it is stored.

use std::{collections::BTreeMap, time::Duration};

use reqwest::Method;
use serde_json::json;
use tokio::{task::JoinSet, time::sleep};

use super::Actor;
use crate::{
    ask::{About, of},
    history::{Request, What},
    rng::Rng,
};

/// As many as somebody can click, at once.
const CLICKS: u64 = 20;

/// What was acknowledged to a device.
#[derive(Debug, Default)]
pub(super) struct Sent {
    /// The id and `seq` of the last, by conversation.
    pub last: BTreeMap<String, (String, i64)>,
    /// Conversation and key, of some.
    pub keys: Vec<(String, String)>,
    /// Conversation, key and id, of the same.
    pub ids: Vec<(String, String, String)>,
}

impl Sent {
    pub fn add(&mut self, to: &str, key: &str, (id, seq): (String, i64)) {
        self.ids.push((to.to_owned(), key.to_owned(), id.clone()));
        self.last.insert(to.to_owned(), (id, seq));
        self.keys.push((to.to_owned(), key.to_owned()));
    }
}

/// What came of an attempt to send.
#[derive(Debug)]
pub(super) enum Attempt {
    Stored(String, i64),
    /// It is not theirs to do.
    Refused,
    /// Later perhaps.
    Failed,
}

impl Actor {
    /// Sends until somebody says that it is stored, or the rng say that it is not worth it.
    pub(super) async fn send(&self, rng: &mut Rng, to: &str, key: &str) -> Option<(String, i64)> {
        let gives_up_after = if rng.percent(5) {
            rng.between(1, 3)
        } else {
            u64::MAX
        };
        if rng.percent(10) {
            // Two at once, as after a double click.
            let mut other = Rng::new(self.seed, key, 0);
            let both = (
                self.send_once(rng, to, key),
                self.send_once(&mut other, to, key),
            );
            if let (Attempt::Stored(id, seq), _) | (_, Attempt::Stored(id, seq)) =
                tokio::join!(both.0, both.1)
            {
                return Some((id, seq));
            }
        }
        let mut until = None;
        for attempt in 1.. {
            match self.send_once(rng, to, key).await {
                Attempt::Stored(id, seq) => return Some((id, seq)),
                Attempt::Refused => return None,
                Attempt::Failed => {}
            }
            if attempt >= gives_up_after || self.starves(&mut until, Request::Send) {
                return None;
            }
            sleep(Duration::from_millis(rng.between(20, 600))).await;
        }
        None
    }

    /// One message many times at once, at all nodes.
    pub(super) async fn clicks(&self, to: &str, key: &str) {
        let mut clicks = JoinSet::new();
        for click in 0..CLICKS {
            let (actor, to, key) = (self.clone(), to.to_owned(), key.to_owned());
            clicks.spawn(async move {
                let mut rng = Rng::new(actor.seed, &key, click + 2);
                actor.send_once(&mut rng, &to, &key).await;
            });
        }
        clicks.join_all().await;
    }

    pub(super) async fn send_once(&self, rng: &mut Rng, to: &str, key: &str) -> Attempt {
        let content = content(self.seed, key);
        self.asker.note(What::Sends {
            conversation: to.to_owned(),
            key: key.to_owned(),
        });
        let body = json!({"content": content, "clientMessageId": key});
        let path = of(to, "/messages");
        let post = self.asker.person(rng).request(Method::POST, &path);
        let within = Duration::from_millis(rng.between(500, 8_000));
        let about = About::message(to, key);
        let asked = self.asker.ask(about, post.json(&body), within);
        let Some(answer) = asked.await else {
            return Attempt::Failed;
        };
        match answer.status {
            200 | 201 => {
                let (id, seq) = self.asker.acknowledged(to, key, &answer);
                Attempt::Stored(id, seq)
            }
            429 | 500.. => Attempt::Failed,
            _ => Attempt::Refused,
        }
    }
}

/// The same at every attempt; now and then a long one.
fn content(seed: u64, key: &str) -> String {
    let mut rng = Rng::new(seed, key, 1);
    let is_long = rng.percent(5);
    let more = if is_long { rng.index(6_000) } else { 0 };
    format!("{key} {}", "x".repeat(more)).trim_end().to_owned()
}
