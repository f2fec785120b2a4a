//! What was agreed, and what a webhook was told.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use chat::offer::State;
use tokio::time::sleep;
use wire::OfferChain;

use super::{Rest, patiently};
use crate::{
    ask::get,
    history::{Stored, What},
    people::{OBSERVER, at_every_node},
    setup::Setup,
    told::told,
};

/// Until a webhook has been told of everything: a job's lease, and more.
const TELL: Duration = Duration::from_secs(90);

impl Rest<'_> {
    /// Each chain of offers, by somebody of it and the observer.
    pub(super) async fn trades(&self, conversations: &BTreeMap<String, Stored>) {
        for (id, stored) in conversations {
            let newest: BTreeMap<&str, &str> = stored
                .offers
                .iter()
                .map(|offer| (&*offer.chain, &*offer.id))
                .collect();
            let seats = stored.participants.iter().map(String::as_str);
            let seats: Vec<&str> = seats.chain([OBSERVER]).collect();
            for (number, offer) in newest.into_values().enumerate() {
                for who in &seats {
                    let people = at_every_node(&self.bases, who);
                    let person = &people[number % people.len()];
                    let path = format!("/api/chat/offers/{offer}");
                    let chain = patiently(async || get::<OfferChain>(person, &path).await).await;
                    let Some(chain) = chain else {
                        self.starves(who);
                        continue;
                    };
                    let shown = chain.chain.iter();
                    let shown = shown.map(|offer| {
                        (
                            offer.id.to_string(),
                            State::from(offer.state).as_str().to_owned(),
                        )
                    });
                    let what = What::Trades {
                        conversation: id.clone(),
                        offers: shown.collect(),
                    };
                    self.recorder.note(who, what);
                }
            }
        }
    }

    /// What the webhook heard in this round. Whoever died while it was told leaves that to another when its lease ends.
    pub(super) async fn told(&self, setup: &mut Setup) {
        let deadline = Instant::now() + TELL;
        let mut waiting = self.sql.untold().await;
        while waiting > 0 && Instant::now() < deadline {
            sleep(Duration::from_millis(200)).await;
            waiting = self.sql.untold().await;
        }
        let heard = setup.receiver.heard();
        for received in &heard[setup.heard..] {
            if let Some(what) = told(received) {
                self.recorder.note("webhook", what);
            }
        }
        setup.heard = heard.len();
        self.recorder.note("webhook", What::Untold { waiting });
    }
}
