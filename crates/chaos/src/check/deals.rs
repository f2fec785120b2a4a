//! Offers: what became of each is said once, and to everybody.

use std::collections::{BTreeMap, BTreeSet};

use super::{Found, Rule};
use crate::history::{Stored, What};

pub(super) fn check(found: &mut Found) {
    for (id, stored) in found.conversations() {
        once(found, id, stored);
    }
    for event in found.events() {
        match &event.what {
            What::Concludes {
                conversation,
                offer,
                state,
            } => concluded(found, conversation, offer, state),
            What::Trades {
                conversation,
                offers,
            } => shown(found, event.person(), conversation, offers),
            _ => {}
        }
    }
}

fn once(found: &mut Found, id: &str, stored: &Stored) {
    let mut accepted = BTreeSet::new();
    let mut is_open = false;
    for offer in &stored.offers {
        if offer.state == "accepted" && !accepted.insert(&offer.chain) {
            let what = format!("{} is accepted, and so is one that it counters", offer.id);
            found.add(Rule::Deal, Some(id), None, what);
        }
        if offer.state == "open" && std::mem::replace(&mut is_open, true) {
            let what = format!("{} is open beside another", offer.id);
            found.add(Rule::Deal, Some(id), None, what);
        }
    }
}

/// What was answered is stored, and stays.
fn concluded(found: &mut Found, conversation: &str, offer: &str, state: &str) {
    let Some(stored) = found.conversations().get(conversation) else {
        return;
    };
    let is = stored.offers.iter().find(|stored| stored.id == offer);
    let is = is.map_or("nowhere", |stored| &*stored.state);
    if is != state {
        let what = format!("{offer} was answered as {state}, and is {is}");
        found.add(Rule::Deal, Some(conversation), None, what);
    }
}

fn shown(found: &mut Found, person: &str, conversation: &str, offers: &BTreeMap<String, String>) {
    let Some(stored) = found.conversations().get(conversation) else {
        return;
    };
    let of_chain = |chain: &str| -> BTreeMap<String, String> {
        let chain = stored.offers.iter().filter(|offer| offer.chain == chain);
        chain
            .map(|offer| (offer.id.clone(), offer.state.clone()))
            .collect()
    };
    let first = stored
        .offers
        .iter()
        .find(|offer| offers.contains_key(&offer.id));
    let expected = first
        .map(|offer| of_chain(&offer.chain))
        .unwrap_or_default();
    if *offers != expected {
        let what = format!("shown as {offers:?}, stored as {expected:?}");
        found.add(Rule::Deal, Some(conversation), Some(person), what);
    }
}
