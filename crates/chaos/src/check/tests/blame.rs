//! Histories in which somebody is turned away, cut off or told something untrue for no reason.

use std::collections::BTreeMap;

use super::histories::{STEEL, acknowledged, event, expect, hears, marks, sends, sound};
use crate::{
    check::{Rule, check},
    frame::{Card, Frame},
    history::{Event, History, How, Probe, Request, What},
    plan::{Fault, Target},
};

/// A sound history after this was done.
pub fn after(target: Target, fault: Fault) -> History {
    let suffers = What::Suffers { target, fault };
    let recovers = What::Recovers { target, fault };
    sound()
        .and(event("adversary", suffers))
        .and(event("adversary", recovers))
}

fn later(mut event: Event, at: u64) -> Event {
    event.at = at;
    event
}

#[track_caller]
fn expect_blame_only_without(cause: (Target, Fault), met: &Event) {
    expect(&sound().and(met.clone()), Rule::Blame);
    assert_eq!(check(&after(cause.0, cause.1).and(met.clone())), []);
    let is_over = after(cause.0, cause.1).and(later(met.clone(), 40_000));
    expect(&is_over, Rule::Blame);
}

#[test]
fn nobody_is_turned_away_without_a_reason() {
    let refused = What::Answered {
        request: Request::Send,
        conversation: Some(STEEL.to_owned()),
        status: 503,
        code: Some("unavailable".to_owned()),
    };
    let refused = event("anna/1", refused);
    expect_blame_only_without((Target::Postgres, Fault::Kill), &refused);
    expect_blame_only_without((Target::Node(2), Fault::Pause), &refused);
    let redis = after(Target::Redis, Fault::Kill);
    let redis = redis.and(event("-", bus_cut()));
    expect(&redis.and(refused), Rule::Blame);
}

fn bus_cut() -> What {
    What::Suffers {
        target: Target::Bus(0),
        fault: Fault::Cut,
    }
}

#[test]
fn no_socket_ends_without_a_reason() {
    // Sofia is at node 0.
    let closed = |code| event("sofia/1", What::Loses { code });
    expect_blame_only_without((Target::Node(0), Fault::Terminate), &closed(1001));
    expect_blame_only_without((Target::Node(0), Fault::Kill), &closed(1006));
    expect_blame_only_without((Target::Clients(0), Fault::Stall), &closed(4408));
    let elsewhere = after(Target::Node(1), Fault::Kill);
    expect(&elsewhere.and(closed(1006)), Rule::Blame);
    let orderly = after(Target::Node(0), Fault::Terminate);
    expect(&orderly.and(closed(1006)), Rule::Blame);
    let flooded = after(Target::Readers(0), Fault::Flood(3));
    expect(&flooded.and(closed(4408)), Rule::Blame);
}

#[test]
fn an_orderly_end_cuts_no_request_whose_message_is_stored() {
    let unanswered = What::Unanswered {
        request: Request::Send,
        node: 1,
        how: How::Cut,
        key: Some("key-3".to_owned()),
    };
    let cut = event("anna/1", unanswered);
    let is_cut = |target, fault| {
        let history = after(target, fault).without(&acknowledged(3));
        history.and(cut.clone())
    };
    expect(&is_cut(Target::Node(1), Fault::Terminate), Rule::Blame);
    assert_eq!(check(&is_cut(Target::Node(1), Fault::Kill)), []);
    // The answer was lost, and the next attempt says so.
    let mut again = acknowledged(3);
    if let What::Acknowledged { is_new, .. } = &mut again.what {
        *is_new = false;
    }
    let answered = is_cut(Target::Node(1), Fault::Terminate).and(sends(3));
    expect(&answered.and(again), Rule::Blame);
    // The first attempt did nothing, and the second did all.
    let new = is_cut(Target::Node(1), Fault::Terminate).and(sends(3));
    assert_eq!(check(&new.and(acknowledged(3))), []);
}

#[tokio::test]
async fn what_excuses_others_is_not_left_out_of_a_short_history() {
    let closed = |at| later(event("sofia/1", What::Loses { code: 1006 }), at);
    let history = after(Target::Node(0), Fault::Kill)
        .and(closed(0))
        .and(closed(40_000));
    let short = super::shortest(&history, Rule::Blame).await;
    let of_adversary = short.iter().filter(|event| event.who == "adversary");
    assert_eq!(of_adversary.count(), 2);
    assert_eq!(short.last(), Some(&closed(40_000)));
}

#[test]
fn without_postgresql_a_server_lives_and_is_not_ready() {
    let says = |path, status, asked_at| {
        let what = What::Probes {
            path,
            status,
            asked_at,
        };
        event("node 0", what)
    };
    let gone = || sound().and(event("PostgreSQL", What::Gone));
    assert_eq!(check(&gone().and(says(Probe::Ready, 503, 1))), []);
    assert_eq!(check(&gone().and(says(Probe::Health, 200, 1))), []);
    assert_eq!(check(&sound().and(says(Probe::Ready, 200, 1))), []);
    expect(&gone().and(says(Probe::Ready, 200, 1)), Rule::Health);
    expect(&gone().and(says(Probe::Health, 503, 1)), Rule::Health);
    // It was asked before, or may have returned.
    assert_eq!(check(&gone().and(says(Probe::Ready, 200, 0))), []);
    let returns = gone().and(event("PostgreSQL", What::Returns));
    assert_eq!(check(&returns.and(says(Probe::Ready, 200, 1))), []);
}

#[test]
fn what_was_acknowledged_as_read_stays_read() {
    let conversation = || STEEL.to_owned();
    let begins = |up_to| {
        let conversation = conversation();
        event(
            "sofia/1",
            What::Marks {
                conversation,
                up_to,
            },
        )
    };
    let conversation = conversation();
    let done = event("sofia/1", What::Marked { conversation });
    let all = sound().and(begins(None)).and(done.clone());
    expect(&all, Rule::Lost);
    let two = sound().and(begins(Some(2))).and(done);
    expect(&two, Rule::Lost);
    assert_eq!(check(&sound().and(begins(None))), []);
    let sender = sound().with_stored(|stored| stored.marks = marks(2, 0));
    expect(&sender, Rule::Lost);
}

#[test]
fn nobody_hears_of_marks_that_are_not_there() {
    let read = |mark| {
        hears(Frame::Read {
            conversation: STEEL.to_owned(),
            rev: 4,
            user: "anna".to_owned(),
            mark,
        })
    };
    assert_eq!(check(&sound().and(read(3))), []);
    expect(&sound().and(read(4)), Rule::Invented);
}

#[test]
fn a_card_counts_for_its_reader() {
    let card = Card {
        rev: 3,
        messages_rev: 0,
        last_seq: 2,
        unread: 1,
        marks: marks(2, 0),
        online: BTreeMap::new(),
    };
    let conversation = STEEL.to_owned();
    let card = hears(Frame::Updated { conversation, card });
    expect(&sound().and(card), Rule::Unread);
}

#[test]
fn after_ready_it_is_known_who_has_read_what_they_sent() {
    let (conversation, mut card) = (STEEL.to_owned(), super::histories::a_card());
    card.marks = marks(1, 0);
    let behind = hears(Frame::Updated { conversation, card });
    expect(
        &sound().replace(&hears(super::histories::card()), behind),
        Rule::Resume,
    );
}
