//! Histories that break a promise, each found; and one that keeps all of them.

mod blame;
mod deeds;
mod histories;

use crate::{
    check::{Rule, Violation, check},
    frame::{Frame, Said},
    history::{Event, History, Request, Stored, What},
    plan::{Fault, Target},
    shrink::shrink,
};
use histories::{
    STEEL, acknowledged, event, expect, fetches, hears, marks, message, said, seen, sends, sound,
};

#[test]
fn a_sound_history_breaks_no_rule() {
    assert_eq!(check(&sound()), []);
}

#[test]
fn what_is_stored_is_what_was_acknowledged_once_in_order() {
    let lost = sound().with_stored(|stored| {
        stored.messages.pop();
        stored.last_seq = 2;
    });
    expect(&lost, Rule::Lost);
    let other = sound().with_stored(|stored| stored.messages[1].said.id = "other".to_owned());
    expect(&other, Rule::Lost);
    let doubled = sound().with_stored(|stored| stored.messages[2].key = "key-2".to_owned());
    expect(&doubled, Rule::Doubled);
    expect(&sound().and(acknowledged(2)), Rule::Doubled);
    expect(&sound().without(&sends(2)), Rule::Invented);
    let gap = sound().with_stored(|stored| stored.messages[2].seq = 4);
    expect(&gap, Rule::Gap);
    let counted = sound().with_stored(|stored| stored.last_seq = 4);
    expect(&counted, Rule::Gap);
    let older = sound().with_stored(|stored| stored.messages[2].created_micros = 19);
    expect(&older, Rule::Time);
}

#[test]
fn everybody_hears_the_same_once() {
    let frame = Frame::Message {
        conversation: STEEL.to_owned(),
        rev: 4,
        seq: 3,
        said: said(7),
    };
    let other = sound().replace(&hears(message(3)), hears(frame));
    expect(&other, Rule::OneOrder);
    let twice = sound().and(hears(message(3))).and(hears(message(3)));
    expect(&twice, Rule::Repeated);
}

#[test]
fn whoever_was_told_of_a_change_shows_it() {
    let corrected = Said {
        text: "key-2 corrected".to_owned(),
        changed: 5,
        ..said(2)
    };
    let change = Frame::Changed {
        conversation: STEEL.to_owned(),
        rev: 5,
        seq: 2,
        said: corrected.clone(),
    };
    let stored = |stored: &mut Stored| {
        stored.rev = 5;
        stored.messages[1].said = corrected.clone();
    };
    let mut now = seen();
    (now.rev, now.messages[1]) = (5, corrected.clone());
    let then = |who: &str, unread| {
        let (conversation, seen) = (STEEL.to_owned(), now.clone());
        let what = What::Fetches {
            conversation,
            seen,
            unread,
        };
        event(who, what)
    };
    let untold = sound()
        .with_stored(stored)
        .without(&fetches("anna", 0))
        .without(&fetches("sofia", 3));
    let told = untold.clone().and(hears(change));
    let told = told.and(then("anna", 0)).and(then("sofia", 3));
    assert_eq!(check(&told), []);
    let untold = untold.and(then("anna", 0)).and(then("sofia", 3));
    expect(&untold, Rule::ClientState);
}

#[test]
fn ready_means_that_everything_missed_was_said() {
    let silent = sound().without(&hears(message(2)));
    expect(&silent, Rule::Resume);
    // What comes while it is asked for may come later.
    let sound = sound();
    let late = sound.events.iter().any(|event| *event == acknowledged(3));
    assert!(late && check(&sound).is_empty());
}

#[test]
fn at_rest_screens_and_counts_are_true() {
    let behind = sound().without(&hears(message(3)));
    expect(&behind, Rule::ClientState);
    let fetch = sound().replace(&fetches("sofia", 3), fetches("sofia", 2));
    expect(&fetch, Rule::Unread);
    let counts = event("sofia", What::Counts { unread: 2 });
    expect(&sound().and(counts), Rule::Unread);
    let column = sound().with_stored(|stored| stored.unread = marks(0, 2));
    expect(&column, Rule::Unread);
    let marked = sound().with_stored(|stored| {
        stored.marks = marks(3, 1);
        stored.unread = marks(0, 2);
    });
    expect(&marked, Rule::ClientState);
    let lists = What::Lists {
        conversation: STEEL.to_owned(),
        seq: 2,
        rev: 3,
        unread: 2,
    };
    expect(&sound().and(event("sofia", lists)), Rule::ClientState);
}

#[test]
fn whoever_was_told_finds_what_they_wrote() {
    let conversation = STEEL.to_owned();
    let asks = event("anna/1", What::Asks { conversation });
    let finds = |seq| {
        let conversation = STEEL.to_owned();
        event("anna/1", What::Finds { conversation, seq })
    };
    assert_eq!(check(&sound().and(asks.clone()).and(finds(3))), []);
    let stale = |history: History| history.and(asks.clone()).and(finds(2));
    expect(&stale(sound()), Rule::OwnWrites);
    expect(
        &stale(blame::after(Target::Redis, Fault::Pause)),
        Rule::OwnWrites,
    );
    assert_eq!(check(&stale(blame::after(Target::Bus(1), Fault::Cut))), []);
}

#[test]
fn one_purpose_is_one_conversation() {
    let opens = |conversation: &str| {
        let (purpose, conversation) = ("p-1".to_owned(), conversation.to_owned());
        let what = What::Opens {
            purpose,
            conversation,
        };
        event("anna/1", what)
    };
    let two = sound().and(opens(STEEL)).and(opens("iron"));
    expect(&two, Rule::OnePurpose);
    let mut stored = sound();
    let copy = Stored {
        purpose: "p-1".to_owned(),
        ..Stored::default()
    };
    stored.conversations.insert("iron".to_owned(), copy);
    expect(&stored, Rule::OnePurpose);
}

#[test]
fn outsiders_hear_and_do_nothing() {
    let outside = |what| sound().and(event("oleg/1", what));
    expect(&outside(What::Hears(message(1))), Rule::Outsider);
    let user = "anna".to_owned();
    let online = Frame::Online {
        user,
        is_online: true,
    };
    expect(&outside(What::Hears(online)), Rule::Outsider);
    let sent = acknowledged(3).what;
    expect(&outside(sent), Rule::Outsider);
    let typing = Frame::Typing {
        conversation: STEEL.to_owned(),
        user: "sofia".to_owned(),
        is_typing: true,
    };
    expect(&sound().and(hears(typing)), Rule::Outsider);
}

#[test]
fn answers_are_those_of_the_contract() {
    let answered = |status, code: Option<&str>| {
        let what = What::Answered {
            request: Request::Send,
            conversation: Some(STEEL.to_owned()),
            status,
            code: code.map(ToOwned::to_owned),
        };
        sound().and(event("anna/1", what))
    };
    let unavailable = check(&answered(503, Some("unavailable")));
    let blames = |found: &Violation| found.rule == Rule::Blame;
    assert!(unavailable.iter().all(blames), "{unavailable:?}");
    assert_eq!(check(&answered(429, Some("rate_limited"))), []);
    expect(&answered(503, None), Rule::Answer);
    expect(&answered(500, Some("internal")), Rule::Answer);
    expect(&answered(403, Some("not_participant")), Rule::Answer);
    expect(&answered(404, Some("conversation_not_found")), Rule::Answer);
    let closed = event("anna/1", What::Loses { code: 4401 });
    expect(&sound().and(closed), Rule::Answer);
    let starves = What::Starves {
        request: Request::Send,
    };
    expect(&sound().and(event("anna/1", starves)), Rule::Recovery);
}

#[test]
fn at_rest_a_screen_shows_who_is_online() {
    let online = |is_online| {
        let user = "anna".to_owned();
        hears(Frame::Online { user, is_online })
    };
    let status = What::Status {
        user: "anna".to_owned(),
        says: true,
        is: true,
    };
    let rest = event("ada", status);
    let back = sound().and(online(false)).and(online(true));
    assert_eq!(check(&back.and(rest.clone())), []);
    expect(&sound().and(online(false)).and(rest), Rule::Presence);
    let gone = What::Status {
        user: "anna".to_owned(),
        says: false,
        is: false,
    };
    let gone = event("ada", gone);
    assert_eq!(check(&sound().and(online(false)).and(gone.clone())), []);
    expect(&sound().and(gone.clone()), Rule::Presence);
    // Whoever is away as well is shown nothing.
    let away = event("sofia/1", What::Loses { code: 0 });
    assert_eq!(check(&sound().and(away).and(gone)), []);
}

#[test]
fn presence_and_servers_are_looked_at() {
    let node = |what| sound().and(event("node 0", what));
    let user = "anna".to_owned();
    let status = What::Status {
        user,
        says: true,
        is: false,
    };
    expect(&node(status), Rule::Presence);
    let exits = What::Exits {
        status: "1".to_owned(),
        said: String::new(),
    };
    expect(&node(exits), Rule::Alive);
    let said = "panicked at".to_owned();
    expect(&node(What::Panics { said }), Rule::Alive);
    expect(&node(What::Drains { code: None }), Rule::Alive);
    let resident_kib = 1_001;
    expect(&node(What::Measures { resident_kib }), Rule::Memory);
}

#[tokio::test]
async fn a_history_shrinks_to_what_shows_the_violation() {
    let mut history = sound().with_stored(|stored| stored.messages[1].said.id = "x".to_owned());
    let other = Stored {
        purpose: "p-2".to_owned(),
        ..Stored::default()
    };
    history.conversations.insert("iron".to_owned(), other);
    let violations = check(&history);
    let lost = violations.iter().find(|found| found.rule == Rule::Lost);
    let short = shrink(&history, lost.expect("it is found")).await;
    assert_eq!(short.events, [acknowledged(2)]);
    assert_eq!(short.conversations.len(), 1);
    // What a device heard is not torn apart.
    let behind = sound().without(&hears(message(3)));
    let violations = check(&behind);
    let screen = violations
        .iter()
        .find(|found| found.rule == Rule::ClientState);
    let short = shrink(&behind, screen.expect("it is found")).await;
    let heard = short.events.iter().filter(|event| event.who == "sofia/1");
    assert_eq!(heard.count(), 6);
}

async fn shortest(history: &History, rule: Rule) -> Vec<Event> {
    let violations = check(history);
    let found = violations.iter().find(|found| found.rule == rule);
    shrink(history, found.expect("it is found")).await.events
}

#[tokio::test]
async fn a_short_history_ends_where_the_violation_is_seen() {
    let quiet = hears(Frame::Notification {
        conversation: STEEL.to_owned(),
    });
    let silent = sound().replace(&hears(message(2)), quiet);
    let ready = hears(Frame::Ready);
    let short = shortest(&silent, Rule::Resume).await;
    assert_eq!(short.last(), Some(&ready));
    // Two were stored, one was heard, and nothing else matters.
    assert_eq!(short.len(), 6, "{short:#?}");
}

#[tokio::test]
async fn one_frame_that_contradicts_sql_is_enough() {
    let frame = Frame::Message {
        conversation: STEEL.to_owned(),
        rev: 4,
        seq: 3,
        said: said(7),
    };
    let other = sound().replace(&hears(message(3)), hears(frame.clone()));
    assert_eq!(shortest(&other, Rule::OneOrder).await, [hears(frame)]);
}
