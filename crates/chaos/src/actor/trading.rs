//! Making, countering and answering offers.

use std::time::Duration;

use chat::offer::State;
use reqwest::Method;
use serde_json::{Value, json};
use test_support::now;
use wire::{Conversation, Negotiated, OfferChain, OfferState};

use super::Actor;
use crate::{
    ask::{About, of, shape},
    history::{Request, What},
    rng::Rng,
};

impl Actor {
    /// Answers the offer that is open, or makes one.
    pub(super) async fn trade(&self, rng: &mut Rng, to: &str, key: &str) {
        let Some(answer) = self.once(rng, Request::Look, to, "").await else {
            return;
        };
        let conversation = shape::<Conversation>(&answer.json);
        if conversation.participants.supplier.is_none() {
            return;
        }
        let open = conversation.offer;
        let Some(open) = open.filter(|offer| offer.state == OfferState::Open) else {
            return self.offer(rng, to, key, None).await;
        };
        let path = format!("/api/chat/offers/{}", open.id);
        let Some(answer) = self.get(rng, Request::Look, Some(to), &path).await else {
            return;
        };
        let offer = shape::<OfferChain>(&answer.json).offer;
        let is_own = offer.by.as_str() == self.role.id;
        let what = if is_own {
            rng.weighted(&[(1, "withdraw"), (2, "")])
        } else {
            rng.weighted(&[(3, "accept"), (2, "decline"), (4, "counter"), (1, "")])
        };
        match what {
            "" => {}
            "counter" => self.offer(rng, to, key, Some(&open.id)).await,
            what => {
                let path = of(to, &format!("/offers/{}/{what}", open.id));
                let body = json!({"rev": offer.rev});
                self.negotiate(rng, to, &path, &body).await;
            }
        }
    }

    async fn offer(&self, rng: &mut Rng, to: &str, key: &str, counters: Option<&str>) {
        self.asker.note(What::Sends {
            conversation: to.to_owned(),
            key: key.to_owned(),
        });
        let body = json!({
            "terms": {
                "items": [{"name": "Steel sheet", "quantity": "500", "unit": "pcs", "unitPrice": "1.20"}],
                "currency": "EUR",
                "validUntil": far_ahead(),
            },
            "clientMessageId": key,
            "counters": counters,
        });
        let path = of(to, "/offers");
        // The second time it is the first one again.
        for _ in 0..rng.between(1, 3) {
            let Some((negotiated, is_new)) = self.negotiate(rng, to, &path, &body).await else {
                continue;
            };
            let message = negotiated.message;
            self.asker.note(What::Acknowledged {
                conversation: to.to_owned(),
                key: key.to_owned(),
                id: message.id.to_string(),
                seq: message.seq,
                is_new,
            });
        }
    }

    /// What was answered, if it was done, and whether it was done now.
    async fn negotiate(
        &self,
        rng: &mut Rng,
        to: &str,
        path: &str,
        body: &Value,
    ) -> Option<(Negotiated, bool)> {
        let post = self.asker.person(rng).request(Method::POST, path);
        let within = Duration::from_millis(rng.between(500, 8_000));
        let about = About::new(Request::Trade, Some(to));
        let answer = self.asker.ask(about, post.json(body), within).await?;
        if !matches!(answer.status, 200 | 201) {
            return None;
        }
        let negotiated = shape::<Negotiated>(&answer.json);
        if negotiated.offer.state != OfferState::Open {
            self.asker.note(What::Concludes {
                conversation: to.to_owned(),
                offer: negotiated.offer.id.to_string(),
                state: State::from(negotiated.offer.state).as_str().to_owned(),
            });
        }
        Some((negotiated, answer.status == 201))
    }
}

/// Later than any round lasts.
fn far_ahead() -> String {
    let at = now() + Duration::from_hours(24 * 200);
    let (year, month, day) = (at.year(), u8::from(at.month()), at.day());
    format!("{year:04}-{month:02}-{day:02}T00:00:00.000Z")
}
