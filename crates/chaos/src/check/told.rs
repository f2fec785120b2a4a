//! What a webhook was told against what is stored.

use std::collections::{BTreeMap, BTreeSet};

use super::{Found, Rule};
use crate::history::What;

pub(super) fn check(found: &mut Found) {
    let mut bodies: BTreeMap<&str, &str> = BTreeMap::new();
    let mut ids: BTreeMap<(&str, &str, i64, &str), &str> = BTreeMap::new();
    let mut told: BTreeSet<(&str, &str, &str)> = BTreeSet::new();
    let mut is_all_told = false;
    for event in found.events() {
        match &event.what {
            What::Told {
                conversation,
                id,
                event,
                rev,
                about,
                body,
            } => {
                if *bodies.entry(id).or_insert(body) != body {
                    let what = format!("{id} was told with other bytes the second time");
                    found.add(Rule::Told, Some(conversation), None, what);
                }
                let first = *ids.entry((conversation, event, *rev, about)).or_insert(id);
                if first != id {
                    let what = format!("{event} at {rev} was told as {first} and as {id}");
                    found.add(Rule::Told, Some(conversation), None, what);
                }
                told.insert((conversation, event, about));
            }
            What::Untold { waiting } => {
                is_all_told = true;
                if *waiting > 0 {
                    let what = format!("{waiting} are still to be told though everything runs");
                    found.add(Rule::Recovery, None, None, what);
                }
            }
            _ => {}
        }
    }
    if is_all_told {
        missing(found, &told);
    }
}

fn missing(found: &mut Found, told: &BTreeSet<(&str, &str, &str)>) {
    for (id, stored) in found.conversations() {
        let mut owed = vec![("conversation.created".to_owned(), String::new())];
        let messages = stored.messages.iter();
        owed.extend(messages.map(|row| ("message.created".to_owned(), row.said.id.clone())));
        for offer in &stored.offers {
            owed.push(("offer.made".to_owned(), offer.id.clone()));
            if offer.state != "open" {
                owed.push((format!("offer.{}", offer.state), offer.id.clone()));
            }
        }
        for (event, about) in owed {
            if !told.contains(&(&**id, &*event, &*about)) {
                let what = format!("{event} of {about} was not told");
                found.add(Rule::Told, Some(id), None, what);
            }
        }
    }
}
