//! A history that keeps every promise, and the parts to break it with.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    check::{Rule, check},
    frame::{Card, Frame, Said},
    history::{Event, History, Row, Seen, Since, Stored, What},
};

pub const STEEL: &str = "steel";

pub fn said(seq: i64) -> Said {
    Said {
        id: format!("id-{seq}"),
        sender: "anna".to_owned(),
        text: format!("key-{seq}"),
        ..Said::default()
    }
}

pub fn row(seq: i64) -> Row {
    Row {
        seq,
        said: said(seq),
        key: format!("key-{seq}"),
        created_micros: seq * 10,
    }
}

pub fn marks(anna: i64, sofia: i64) -> BTreeMap<String, i64> {
    BTreeMap::from([("anna".to_owned(), anna), ("sofia".to_owned(), sofia)])
}

pub fn event(who: &str, what: What) -> Event {
    Event {
        at: 0,
        who: who.to_owned(),
        what,
    }
}

pub fn sends(seq: i64) -> Event {
    let (conversation, key) = (STEEL.to_owned(), format!("key-{seq}"));
    event("anna/1", What::Sends { conversation, key })
}

pub fn acknowledged(seq: i64) -> Event {
    let what = What::Acknowledged {
        conversation: STEEL.to_owned(),
        key: format!("key-{seq}"),
        id: format!("id-{seq}"),
        seq,
        is_new: true,
    };
    event("anna/1", what)
}

pub fn connects(seq: i64, rev: i64) -> Event {
    let since = BTreeMap::from([(STEEL.to_owned(), Since { seq, rev })]);
    event("sofia/1", What::Connects { node: 0, since })
}

pub fn hears(frame: Frame) -> Event {
    event("sofia/1", What::Hears(frame))
}

pub fn message(seq: i64) -> Frame {
    Frame::Message {
        conversation: STEEL.to_owned(),
        rev: seq + 1,
        seq,
        said: said(seq),
    }
}

pub fn a_card() -> Card {
    Card {
        rev: 3,
        messages_rev: 0,
        last_seq: 2,
        unread: 2,
        marks: marks(2, 0),
        online: BTreeMap::from([("anna".to_owned(), true)]),
    }
}

pub fn card() -> Frame {
    let card = a_card();
    let conversation = STEEL.to_owned();
    Frame::Updated { conversation, card }
}

pub fn seen() -> Seen {
    Seen {
        rev: 4,
        messages: vec![said(1), said(2), said(3)],
        marks: marks(3, 0),
    }
}

pub fn fetches(who: &str, unread: i64) -> Event {
    let what = What::Fetches {
        conversation: STEEL.to_owned(),
        seen: seen(),
        unread,
    };
    event(who, what)
}

/// Anna sends two messages, Sofia comes, Anna sends a third, and everybody looks.
pub fn sound() -> History {
    let stored = Stored {
        purpose: "p-1".to_owned(),
        participants: vec!["anna".to_owned(), "sofia".to_owned()],
        admin: None,
        last_seq: 3,
        rev: 4,
        marks: marks(3, 0),
        unread: marks(0, 3),
        messages: vec![row(1), row(2), row(3)],
        ..Stored::default()
    };
    History {
        conversations: BTreeMap::from([(STEEL.to_owned(), stored)]),
        companions: BTreeSet::from([("sofia".to_owned(), "anna".to_owned())]),
        events: vec![
            sends(1),
            acknowledged(1),
            sends(2),
            acknowledged(2),
            connects(0, 0),
            hears(Frame::Authenticated),
            hears(message(1)),
            hears(message(2)),
            hears(card()),
            hears(Frame::Ready),
            sends(3),
            hears(message(3)),
            acknowledged(3),
            fetches("anna", 0),
            fetches("sofia", 3),
            event("sofia", What::Counts { unread: 3 }),
        ],
        memory_bound_kib: 1_000,
    }
}

impl History {
    pub fn stored(&mut self) -> &mut Stored {
        self.conversations.get_mut(STEEL).expect("it is stored")
    }

    #[must_use]
    pub fn and(mut self, event: Event) -> Self {
        self.events.push(event);
        self
    }

    #[must_use]
    pub fn replace(mut self, old: &Event, new: Event) -> Self {
        let at = self.events.iter().position(|event| event == old);
        self.events[at.expect("it is there")] = new;
        self
    }

    #[must_use]
    pub fn without(mut self, gone: &Event) -> Self {
        self.events.retain(|event| event != gone);
        self
    }

    #[must_use]
    pub fn with_stored(mut self, change: impl FnOnce(&mut Stored)) -> Self {
        change(self.stored());
        self
    }
}

#[track_caller]
pub fn expect(history: &History, rule: Rule) {
    let violations = check(history);
    let rules: Vec<_> = violations.iter().map(|violation| violation.rule).collect();
    assert!(rules.contains(&rule), "{violations:#?}");
}
