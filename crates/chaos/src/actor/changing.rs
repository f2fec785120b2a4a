//! Correcting, taking back and reacting.

use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde_json::json;
use wire::MessagePage;

use super::{Actor, sending::Sent};
use crate::{
    ask::{About, of, shape},
    history::Request,
    rng::Rng,
};

/// What people put under messages, percent-encoded.
const SIGNS: [&str; 3] = ["%F0%9F%91%8D", "%F0%9F%8E%89", "%E2%9C%93"];

impl Actor {
    /// One of their own messages says something else, which begins as before.
    pub(super) async fn correct(&self, rng: &mut Rng, sent: &Sent) {
        if sent.ids.is_empty() {
            return;
        }
        let (to, key, id) = rng.pick(&sent.ids).clone();
        let body = json!({"content": format!("{key} corrected {}", rng.between(0, 1_000))});
        let path = of(&to, &format!("/messages/{id}"));
        let correction = self.asker.person(rng).request(Method::PATCH, &path);
        self.change(rng, &to, correction.json(&body)).await;
    }

    pub(super) async fn take_back(&self, rng: &mut Rng, sent: &Sent) {
        if sent.ids.is_empty() {
            return;
        }
        let (to, _, id) = rng.pick(&sent.ids).clone();
        let path = of(&to, &format!("/messages/{id}"));
        let delete = self.asker.person(rng).request(Method::DELETE, &path);
        self.change(rng, &to, delete).await;
    }

    /// To one of the newest messages, whoever sent it.
    pub(super) async fn react(&self, rng: &mut Rng, to: &str) {
        let newest = "/messages?limit=20&markRead=false";
        let Some(answer) = self.once(rng, Request::Look, to, newest).await else {
            return;
        };
        let messages = shape::<MessagePage>(&answer.json).messages;
        if messages.is_empty() {
            return;
        }
        let id = rng.pick(&messages).id.clone();
        let sign = *rng.pick(&SIGNS);
        let path = of(to, &format!("/messages/{id}/reactions/{sign}"));
        let method = if rng.percent(70) {
            Method::PUT
        } else {
            Method::DELETE
        };
        let request = self.asker.person(rng).request(method, &path);
        self.change(rng, to, request).await;
    }

    async fn change(&self, rng: &mut Rng, to: &str, request: RequestBuilder) {
        let within = Duration::from_millis(rng.between(500, 8_000));
        let about = About::new(Request::Change, Some(to));
        self.asker.ask(about, request, within).await;
    }
}
