//! Offers, barriers, and what a webhook is told.

use super::{Event, History, Rule, STEEL, What, acknowledged, check, event, expect, sends, sound};
use crate::history::{Barrier, Deal};

fn deal(id: &str, state: &str) -> Deal {
    Deal {
        id: id.to_owned(),
        chain: "one".to_owned(),
        state: state.to_owned(),
    }
}

fn trades(offers: &[(&str, &str)]) -> Event {
    let offers = offers.iter();
    let offers = offers.map(|(id, state)| ((*id).to_owned(), (*state).to_owned()));
    let what = What::Trades {
        conversation: STEEL.to_owned(),
        offers: offers.collect(),
    };
    event("sofia", what)
}

#[test]
fn of_offers_that_counter_each_other_one_is_accepted_and_shown_so() {
    let with = |deals: &[Deal]| sound().with_stored(|stored| stored.offers = deals.to_vec());
    let concludes = |state: &str| {
        let what = What::Concludes {
            conversation: STEEL.to_owned(),
            offer: "b".to_owned(),
            state: state.to_owned(),
        };
        event("anna/1", what)
    };
    let good = with(&[deal("a", "countered"), deal("b", "accepted")]);
    let good = good.and(concludes("accepted"));
    let good = good.and(trades(&[("a", "countered"), ("b", "accepted")]));
    assert_eq!(check(&good), []);
    let twice = with(&[deal("a", "accepted"), deal("b", "accepted")]);
    expect(&twice, Rule::Deal);
    let open = with(&[deal("a", "open"), deal("b", "open")]);
    expect(&open, Rule::Deal);
    expect(&good.clone().and(concludes("declined")), Rule::Deal);
    let stale = trades(&[("a", "countered"), ("b", "open")]);
    expect(&good.clone().and(stale), Rule::Deal);
    expect(&good.and(trades(&[("b", "accepted")])), Rule::Deal);
}

fn barrier(who: &str, make: impl Fn(String, Barrier) -> What, barrier: Barrier) -> Event {
    event(who, make(STEEL.to_owned(), barrier))
}

fn bars(conversation: String, barrier: Barrier) -> What {
    What::Bars {
        conversation,
        barrier,
    }
}

fn barred(conversation: String, barrier: Barrier) -> What {
    What::Barred {
        conversation,
        barrier,
    }
}

fn frees(conversation: String, barrier: Barrier) -> What {
    What::Frees {
        conversation,
        barrier,
    }
}

fn freed(conversation: String, barrier: Barrier) -> What {
    What::Freed {
        conversation,
        barrier,
    }
}

/// The third message, once more behind what is put in front of it.
fn third_behind(events: Vec<Event>) -> History {
    let mut history = sound();
    let of_third = [sends(3), acknowledged(3)];
    let at = history.events.iter().position(|it| *it == of_third[0]);
    let at = at.expect("it is sent");
    history.events.splice(at..at, events);
    history
}

#[test]
fn nobody_writes_behind_a_block_or_a_close() {
    let up = |who, kind| vec![barrier(who, bars, kind), barrier(who, barred, kind)];
    assert_eq!(check(&sound()), []);
    expect(&third_behind(up("sofia/1", Barrier::Block)), Rule::Barrier);
    expect(&third_behind(up("ada/1", Barrier::Close)), Rule::Barrier);
    let own = third_behind(up("anna/2", Barrier::Block));
    assert_eq!(check(&own), [], "whoever blocks may write");
    let mut over = up("sofia/1", Barrier::Block);
    over.push(barrier("sofia/1", frees, Barrier::Block));
    assert_eq!(check(&third_behind(over)), []);
    let of_both = |ends: &[&str]| {
        let tried = ends.iter().map(|who| barrier(who, bars, Barrier::Close));
        let mut all: Vec<_> = tried.collect();
        for who in ends {
            all.push(barrier(who, frees, Barrier::Close));
            all.push(barrier(who, freed, Barrier::Close));
        }
        all
    };
    let mut later = of_both(&["ada/1", "ada/2"]);
    later.extend(up("ada/1", Barrier::Close));
    expect(&third_behind(later), Rule::Barrier);
    let mut beside = vec![barrier("ada/2", bars, Barrier::Close)];
    beside.extend(up("ada/1", Barrier::Close));
    assert_eq!(check(&third_behind(beside)), [], "another is at it");
    let unknown = vec![barrier("sofia/1", bars, Barrier::Block)];
    assert_eq!(check(&third_behind(unknown)), [], "nobody was told");
}

fn told(id: &str, event_name: &str, rev: i64, about: &str, body: &str) -> Event {
    let what = What::Told {
        conversation: STEEL.to_owned(),
        id: id.to_owned(),
        event: event_name.to_owned(),
        rev,
        about: about.to_owned(),
        body: body.to_owned(),
    };
    event("webhook", what)
}

#[test]
fn a_webhook_is_told_of_everything_under_one_id_with_one_body() {
    let over = |waiting| event("webhook", What::Untold { waiting });
    let mut all = sound().and(told("e-0", "conversation.created", 1, "", "0"));
    for seq in 1..=3 {
        let id = format!("id-{seq}");
        all = all.and(told(
            &format!("e-{seq}"),
            "message.created",
            seq + 1,
            &id,
            "b",
        ));
    }
    assert_eq!(check(&all.clone().and(over(0))), []);
    let again = told("e-1", "message.created", 2, "id-1", "b");
    assert_eq!(check(&all.clone().and(again).and(over(0))), []);
    expect(&all.clone().and(over(1)), Rule::Recovery);
    let changed = told("e-1", "message.created", 2, "id-1", "other");
    expect(&all.clone().and(changed), Rule::Told);
    let doubled = told("e-9", "message.created", 2, "id-1", "b");
    expect(&all.clone().and(doubled), Rule::Told);
    let missing = all
        .clone()
        .without(&told("e-2", "message.created", 3, "id-2", "b"));
    expect(&missing.and(over(0)), Rule::Told);
    let dealt = all.with_stored(|stored| stored.offers = vec![deal("a", "accepted")]);
    let dealt = dealt.and(told("e-4", "offer.made", 3, "a", "c"));
    expect(&dealt.clone().and(over(0)), Rule::Told);
    let dealt = dealt.and(told("e-5", "offer.accepted", 4, "a", "d"));
    assert_eq!(check(&dealt.and(over(0))), []);
}
