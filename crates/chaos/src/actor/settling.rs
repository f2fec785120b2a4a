//! What people set for themselves, and whom they shut out for a moment.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tokio::time::sleep;

use super::{Actor, Topic};
use crate::{
    ask::{About, of},
    history::{Barrier, Request, What},
    rng::Rng,
};

impl Actor {
    /// Archives, pins, mutes or marks as unread, or takes it back.
    pub(super) async fn settle(&self, rng: &mut Rng, to: &str) {
        let is = rng.percent(50);
        let change = match *rng.pick(&["isArchived", "isPinned", "isMarkedUnread", "mutedUntil"]) {
            "mutedUntil" if is => json!({"mutedUntil": "2100-01-01T00:00:00.000Z"}),
            "mutedUntil" => json!({"mutedUntil": null}),
            flag => json!({flag: is}),
        };
        let patch = self
            .asker
            .person(rng)
            .request(Method::PATCH, &of(to, "/settings"));
        let within = Duration::from_millis(rng.between(500, 8_000));
        let about = About::new(Request::Settle, Some(to));
        self.asker.ask(about, patch.json(&change), within).await;
    }

    /// Shuts the other side out, or as an administrator everybody, and lets them in again.
    pub(super) async fn bar(&self, rng: &mut Rng, to: &str) {
        let is_it = |topic: &&Topic| topic.conversation.get().is_some_and(|id| id == to);
        let topic = self.topics.iter().find(is_it);
        let has_sides = topic.is_some_and(|topic| topic.purpose.supplier.is_some());
        if !self.role.is_admin() && !has_sides {
            return;
        }
        let (barrier, up, down) = if self.role.is_admin() {
            (
                Barrier::Close,
                (Method::POST, "/close"),
                (Method::POST, "/reopen"),
            )
        } else {
            (
                Barrier::Block,
                (Method::PUT, "/block"),
                (Method::DELETE, "/block"),
            )
        };
        let conversation = to.to_owned();
        self.asker.note(What::Bars {
            conversation: conversation.clone(),
            barrier,
        });
        let body = json!({"reason": "for a moment"});
        let within = Duration::from_millis(rng.between(500, 8_000));
        let about = About::new(Request::Bar, Some(to));
        let path = of(to, up.1);
        let request = self.asker.person(rng).request(up.0, &path).json(&body);
        let answer = self.asker.ask(about, request, within).await;
        if answer.is_some_and(|answer| answer.status == 200) {
            self.asker.note(What::Barred {
                conversation: conversation.clone(),
                barrier,
            });
            sleep(Duration::from_millis(rng.between(0, 1_500))).await;
        }
        // Also where nobody knows whether it stands.
        self.asker.note(What::Frees {
            conversation: conversation.clone(),
            barrier,
        });
        let path = of(to, down.1);
        let freed = self.insist(rng, Request::Bar, Some(to), (down.0, &path, body));
        if freed.await.is_some() {
            self.asker.note(What::Freed {
                conversation,
                barrier,
            });
        }
    }
}
