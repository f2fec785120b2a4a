//! The shortest part of a history that still shows a violation.

use std::collections::BTreeSet;

use chat_testing::differential::shrink as shrink_by;

use crate::{
    check::{Rule, Violation, check},
    frame::Frame,
    history::{Event, History, What},
};

/// Leaves out what the violation does not need. Only whole things are left out, so that the rest is
/// still true: a conversation with all that is stored of it, everything from some moment on, all
/// that one device heard, or something that stands for itself.
pub async fn shrink(history: &History, violation: &Violation) -> History {
    let mut history = history.clone();
    if let Some(conversation) = &violation.conversation {
        let about_it = restrict(&history, conversation);
        if shows(&about_it, violation) {
            history = about_it;
        }
    }
    end_early(&mut history, violation);
    let is_part = |event: &Event| is_part_of_a_whole(event, violation.rule);
    let parts = history.events.iter().filter(|event| is_part(event));
    let devices: BTreeSet<String> = parts.map(|event| event.who.clone()).collect();
    let pieces = devices.into_iter().map(Piece::Device);
    let is_deed = |event: &Event| !is_part(event) && !is_needed(event, violation.rule);
    let deeds = (0..history.events.len()).filter(|at| is_deed(&history.events[*at]));
    let pieces: Vec<_> = pieces.chain(deeds.map(Piece::Deed)).collect();
    let of = |pieces: &[Piece]| of(&history, pieces, violation.rule);
    let left = shrink_by(pieces, async |pieces| shows(&of(pieces), violation));
    of(&left.await)
}

/// Ends the history where the violation is seen: what was true until then does not depend on what
/// came later.
fn end_early(history: &mut History, violation: &Violation) {
    let until = |end: usize| History {
        events: history.events[..end].to_vec(),
        ..history.clone()
    };
    let (mut too_short, mut enough) = (0, history.events.len());
    while enough - too_short > 1 {
        let middle = usize::midpoint(too_short, enough);
        if shows(&until(middle), violation) {
            enough = middle;
        } else {
            too_short = middle;
        }
    }
    let shorter = until(enough);
    if shows(&shorter, violation) {
        *history = shorter;
    }
}

#[derive(Clone, Debug)]
enum Piece {
    /// All that a device heard.
    Device(String),
    /// An event, by its place.
    Deed(usize),
}

fn of(history: &History, pieces: &[Piece], rule: Rule) -> History {
    let mut devices = BTreeSet::new();
    let mut deeds = BTreeSet::new();
    for piece in pieces {
        match piece {
            Piece::Device(who) => _ = devices.insert(who),
            Piece::Deed(at) => _ = deeds.insert(*at),
        }
    }
    let events = history.events.iter().enumerate().filter(|(at, event)| {
        is_needed(event, rule)
            || if is_part_of_a_whole(event, rule) {
                devices.contains(&event.who)
            } else {
                deeds.contains(at)
            }
    });
    History {
        events: events.map(|(_, event)| event.clone()).collect(),
        ..history.clone()
    }
}

fn shows(history: &History, violation: &Violation) -> bool {
    check(history).iter().any(|found| found.is_like(violation))
}

/// What excuses somebody is left out for no violation.
fn is_needed(event: &Event, rule: Rule) -> bool {
    match &event.what {
        What::Suffers { .. } | What::Recovers { .. } | What::Gone | What::Returns => {
            matches!(rule, Rule::Blame | Rule::Health | Rule::OwnWrites)
        }
        What::Sends { .. } => matches!(rule, Rule::Blame | Rule::Invented | Rule::Barrier),
        What::Bars { .. } => rule == Rule::Answer,
        What::Frees { .. } | What::Freed { .. } => rule == Rule::Barrier,
        What::Told { .. } => rule == Rule::Told,
        _ => false,
    }
}

/// What a device was told of a conversation means something only as a whole: without a part of it
/// the rest may break a rule by itself. What is compared with SQL alone, event by event, does not.
fn is_part_of_a_whole(event: &Event, rule: Rule) -> bool {
    let stands_alone = matches!(rule, Rule::OneOrder | Rule::Outsider | Rule::Invented);
    match &event.what {
        What::Hears(
            Frame::Typing { .. } | Frame::Online { .. } | Frame::Notification { .. } | Frame::Pong,
        ) => rule == Rule::Presence,
        What::Hears(_) if rule == Rule::Blame => false,
        What::Connects { .. }
        | What::Resumes { .. }
        | What::Hears(_)
        | What::Loses { .. }
        | What::Refetches { .. } => !stands_alone,
        _ => false,
    }
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
        | What::Marks { conversation, .. }
        | What::Marked { conversation }
        | What::Bars { conversation, .. }
        | What::Barred { conversation, .. }
        | What::Frees { conversation, .. }
        | What::Freed { conversation, .. }
        | What::Concludes { conversation, .. }
        | What::Trades { conversation, .. }
        | What::Told { conversation, .. }
        | What::Finds { conversation, .. }
        | What::Refetches { conversation, .. }
        | What::Fetches { conversation, .. }
        | What::Lists { conversation, .. } => Some(conversation),
        What::Answered { conversation, .. } => conversation.as_deref(),
        _ => None,
    }
}
