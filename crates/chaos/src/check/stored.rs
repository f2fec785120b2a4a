//! What was acknowledged against what is stored.

use std::collections::{BTreeMap, BTreeSet};

use super::{Found, Rule};
use crate::{
    frame::Frame,
    history::{Row, Stored, What},
};

pub(super) fn check(found: &mut Found) {
    for (id, stored) in found.conversations() {
        numbers(found, id, stored);
        doubles(found, id, stored);
    }
    acknowledgements(found);
    invented(found);
    one_order(found);
    purposes(found);
}

fn numbers(found: &mut Found, id: &str, stored: &Stored) {
    let mut last_micros = i64::MIN;
    for (expected, row) in (1..).zip(&stored.messages) {
        if row.seq != expected {
            let what = format!("seq {} stands where {expected} belongs", row.seq);
            found.add(Rule::Gap, Some(id), None, what);
            return;
        }
        if row.created_micros < last_micros {
            let what = format!("seq {expected} is older than the one before");
            found.add(Rule::Time, Some(id), None, what);
        }
        last_micros = row.created_micros;
    }
    let count = i64::try_from(stored.messages.len()).unwrap_or(i64::MAX);
    if count != stored.last_seq {
        let what = format!("{count} messages, and last_seq is {}", stored.last_seq);
        found.add(Rule::Gap, Some(id), None, what);
    }
}

fn doubles(found: &mut Found, id: &str, stored: &Stored) {
    let mut known = BTreeMap::new();
    for row in stored.messages.iter().filter(|row| !row.said.is_system) {
        let before = known.insert((&row.said.sender, &row.key), row.seq);
        if let Some(before) = before {
            let what = format!("{} is stored as {before} and as {}", row.key, row.seq);
            found.add(Rule::Doubled, Some(id), None, what);
        }
    }
}

fn acknowledgements(found: &mut Found) {
    let mut answers: BTreeMap<(&str, &str), (&str, i64)> = BTreeMap::new();
    let mut created = BTreeSet::new();
    for event in found.events() {
        let What::Acknowledged {
            conversation,
            key,
            id,
            seq,
            is_new,
        } = &event.what
        else {
            continue;
        };
        let at = Some(&**conversation);
        let first = *answers.entry((conversation, key)).or_insert((id, *seq));
        if first != (&**id, *seq) {
            let what = format!("{key} was answered with {} and with {seq}", first.1);
            found.add(Rule::Doubled, at, None, what);
        }
        if *is_new && !created.insert((conversation, key)) {
            found.add(Rule::Doubled, at, None, format!("{key} was new twice"));
        }
        let Some(stored) = found.conversations().get(conversation) else {
            found.add(
                Rule::Lost,
                at,
                None,
                "the conversation is not stored".to_owned(),
            );
            continue;
        };
        let place = usize::try_from(seq - 1).unwrap_or(usize::MAX);
        let row = stored.messages.get(place);
        let is_it = row.is_some_and(|row| {
            row.said.id == *id && row.key == *key && row.said.sender == event.person()
        });
        if !is_it {
            let what = format!("{key} was acknowledged as {seq}");
            found.add(Rule::Lost, at, None, what);
        }
    }
}

fn invented(found: &mut Found) {
    let sent: BTreeSet<_> = found
        .events()
        .filter_map(|event| match &event.what {
            What::Sends { conversation, key } => Some((&**conversation, &**key, event.person())),
            _ => None,
        })
        .collect();
    for (id, stored) in found.conversations() {
        // What the server says of deeds is judged with the deeds.
        for row in stored.messages.iter().filter(|row| !row.said.is_system) {
            let is_sent = sent.contains(&(&**id, &*row.key, &*row.said.sender));
            let is_taken_back = row.said.changed > 0 && row.said.text.is_empty();
            let is_offer = ["Offer: ", "Counter-offer: "]
                .iter()
                .any(|title| row.said.text.starts_with(title));
            let is_theirs = is_taken_back || is_offer || row.said.text.starts_with(&row.key);
            if !is_sent || !is_theirs {
                let what = format!("{} by {}: {}", row.seq, row.said.sender, row.said.text);
                found.add(Rule::Invented, Some(id), None, what);
            }
        }
    }
}

/// Every message that anybody heard is the one that is stored under its `seq`.
fn one_order(found: &mut Found) {
    for event in found.events() {
        let What::Hears(Frame::Message {
            conversation,
            seq,
            said,
            ..
        }) = &event.what
        else {
            continue;
        };
        let Some(stored) = found.conversations().get(conversation) else {
            continue;
        };
        let place = usize::try_from(seq - 1).unwrap_or(usize::MAX);
        let row = stored.messages.get(place);
        // What it says may have changed since.
        let is_other = |row: &Row| (&row.said.id, &row.said.sender) != (&said.id, &said.sender);
        if row.is_none_or(is_other) {
            let what = format!("heard as {seq}: {}", said.text);
            found.add(Rule::OneOrder, Some(conversation), Some(&event.who), what);
        }
    }
}

fn purposes(found: &mut Found) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for event in found.events() {
        let What::Opens {
            purpose,
            conversation,
        } = &event.what
        else {
            continue;
        };
        let before = *first.entry(purpose).or_insert(conversation);
        if before != conversation {
            let what = format!("{purpose} is also {before}");
            found.add(Rule::OnePurpose, Some(conversation), None, what);
        }
    }
    let mut stored: BTreeMap<&str, &str> = BTreeMap::new();
    for (id, conversation) in found.conversations() {
        if let Some(before) = stored.insert(&conversation.purpose, id) {
            let what = format!("{} is also stored as {before}", conversation.purpose);
            found.add(Rule::OnePurpose, Some(id), None, what);
        }
    }
}
