//! The shortest part of a history that still shows a violation.

use std::collections::BTreeSet;

use chat::comparison::shrink as shrink_by;

use crate::{
    check::{Violation, check},
    history::{Event, History, What},
};

/// Leaves out what the violation does not need. Only whole things are left out, so that the rest is
/// still true: a conversation with all that is stored of it, all that one device heard, or
/// something that somebody did.
pub async fn shrink(history: &History, violation: &Violation) -> History {
    let mut history = history.clone();
    if let Some(conversation) = &violation.conversation {
        let about_it = restrict(&history, conversation);
        if shows(&about_it, violation) {
            history = about_it;
        }
    }
    let devices: BTreeSet<String> = heard(&history.events)
        .map(|event| event.who.clone())
        .collect();
    let pieces = devices.into_iter().map(Piece::Device);
    let deeds = (0..history.events.len()).filter(|at| !is_heard(&history.events[*at]));
    let pieces: Vec<_> = pieces.chain(deeds.map(Piece::Deed)).collect();
    let left = shrink_by(pieces, async |pieces| shows(&history.of(pieces), violation));
    history.of(&left.await)
}

#[derive(Clone, Debug)]
enum Piece {
    /// All that a device heard.
    Device(String),
    /// An event, by its place.
    Deed(usize),
}

impl History {
    fn of(&self, pieces: &[Piece]) -> Self {
        let mut devices = BTreeSet::new();
        let mut deeds = BTreeSet::new();
        for piece in pieces {
            match piece {
                Piece::Device(who) => _ = devices.insert(who),
                Piece::Deed(at) => _ = deeds.insert(*at),
            }
        }
        let events = self.events.iter().enumerate().filter(|(at, event)| {
            if is_heard(event) {
                devices.contains(&event.who)
            } else {
                deeds.contains(at)
            }
        });
        Self {
            events: events.map(|(_, event)| event.clone()).collect(),
            ..self.clone()
        }
    }
}

fn shows(history: &History, violation: &Violation) -> bool {
    check(history).iter().any(|found| found.is_like(violation))
}

fn heard(events: &[Event]) -> impl Iterator<Item = &Event> {
    events.iter().filter(|event| is_heard(event))
}

/// What a device heard means something only as a whole.
fn is_heard(event: &Event) -> bool {
    matches!(
        event.what,
        What::Connects { .. }
            | What::Resumes { .. }
            | What::Hears(_)
            | What::Loses { .. }
            | What::Refetches { .. }
    )
}

/// Without what is about other conversations.
fn restrict(history: &History, conversation: &str) -> History {
    let mut history = history.clone();
    history.conversations.retain(|id, _| id == conversation);
    history.events.retain_mut(|event| match &mut event.what {
        What::Connects { since, .. } | What::Resumes { since } => {
            since.retain(|id, _| id == conversation);
            true
        }
        What::Hears(frame) => frame
            .conversation()
            .is_none_or(|about| about == conversation),
        what => about(what).is_none_or(|about| about == conversation),
    });
    history
}

fn about(what: &What) -> Option<&str> {
    match what {
        What::Sends { conversation, .. }
        | What::Acknowledged { conversation, .. }
        | What::Opens { conversation, .. }
        | What::Asks { conversation }
        | What::Finds { conversation, .. }
        | What::Refetches { conversation, .. }
        | What::Fetches { conversation, .. }
        | What::Lists { conversation, .. } => Some(conversation),
        What::Answered { conversation, .. } => conversation.as_deref(),
        _ => None,
    }
}
