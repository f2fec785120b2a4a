//! What somebody sees of a conversation, built from frames alone; or fetched, to compare.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use test_support::{Frame, Person};

use crate::talk::{Talk, id, number};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub rev: i64,
    /// Without a gap: the first has `seq` 1.
    pub messages: Vec<Said>,
    /// Everybody who sits there, and up to which `seq` they have read.
    pub marks: BTreeMap<String, i64>,
    pub product: String,
    /// What this person has set for themselves.
    pub settings: Value,
    /// What ends writing there, as far as they are told: who blocks, since when it is closed, and why.
    pub barriers: [Value; 3],
    /// Whose screen it is.
    viewer: String,
}

/// A message, with all that can become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub sender: String,
    pub whole: Value,
}

/// How a frame fits what was seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// The change right behind the last one.
    Next,
    /// Nothing new.
    Known,
    /// Everything as it is now, over changes that were not told one by one.
    Snapshot,
    /// Something before it is missing.
    Gap,
}

impl Seen {
    /// What somebody sees who looks now. Only to be asked while nothing changes.
    pub async fn fetch(person: &Person, conversation: &str) -> Self {
        let card = person.look_at(conversation).await;
        let messages = person.history(conversation).await;
        for (message, seq) in messages.iter().zip(1..) {
            assert_eq!(number(&message["seq"]), seq, "a gap in {conversation}");
        }
        let mut seen = Self {
            rev: number(&card["rev"]),
            messages: messages.iter().map(Said::of).collect(),
            viewer: person.id.clone(),
            ..Self::default()
        };
        seen.sit(&card);
        assert_eq!(number(&card["lastSeq"]), seen.last_seq(), "{card:#}");
        assert_eq!(
            number(&card["unreadCount"]),
            seen.unread(&person.id),
            "{card:#}"
        );
        seen.expect_offer(&card);
        seen
    }

    /// What a list shows of the newest offer is what its message says, unless that was taken back.
    fn expect_offer(&self, card: &Value) {
        let mut messages = self.messages.iter().rev().map(|said| &said.whole);
        match messages.find(|message| message["kind"] == "offer") {
            None => assert_eq!(card["offer"], Value::Null, "{card:#}"),
            Some(message) if message["deletedAt"].is_string() => {}
            Some(message) => {
                for field in ["id", "state", "role"] {
                    assert_eq!(card["offer"][field], message["offer"][field], "{card:#}");
                }
            }
        }
    }

    pub fn last_seq(&self) -> i64 {
        i64::try_from(self.messages.len()).expect("not that many")
    }

    pub fn unread(&self, user: &str) -> i64 {
        let mark = self.marks.get(user);
        mark.map_or(0, |mark| self.last_seq() - mark)
    }

    pub fn since(&self, with_rev: bool) -> Value {
        if with_rev {
            json!({"seq": self.last_seq(), "rev": self.rev})
        } else {
            json!(self.last_seq())
        }
    }

    /// Takes a frame about this conversation in.
    pub fn hear(&mut self, frame: &Frame) -> Fit {
        let rev = number(&frame.payload["rev"]);
        match &*frame.kind {
            "message" => self.hear_message(rev, &frame.payload["message"]),
            "message_updated" => self.hear_change(rev, &frame.payload["message"]),
            "read" => {
                let user = frame.payload["userId"].as_str().expect("a reader");
                self.advance(user, number(&frame.payload["lastReadSeq"]));
                self.count_on(rev)
            }
            "conversation_updated" => self.hear_update(rev, &frame.payload["conversation"]),
            other => panic!("{other} is not about a conversation"),
        }
    }

    fn hear_message(&mut self, rev: i64, message: &Value) -> Fit {
        let (seq, said) = (number(&message["seq"]), Said::of(message));
        if seq > self.last_seq() + 1 {
            return Fit::Gap;
        }
        if seq <= self.last_seq() {
            let known = &mut self.messages[place(seq)];
            assert_eq!(known.whole["id"], said.whole["id"], "two with one seq");
            if said.changed_rev() > known.changed_rev() {
                *known = said;
            }
            return Fit::Known;
        }
        let sender = said.sender.clone();
        let is_system = message["kind"] == "system";
        self.messages.push(said);
        // What a person did has no sender who reads on by it, unless there was nothing left to read.
        let is_read_on = !is_system || self.marks.get(&sender) == Some(&(seq - 1));
        if is_read_on {
            self.advance(&sender, seq);
        }
        if !self.is_muted() && self.settings.is_object() {
            self.settings["isArchived"] = json!(false);
        }
        self.count_on(rev)
    }

    /// Forever is all that is set here.
    fn is_muted(&self) -> bool {
        self.settings["mutedUntil"].is_string()
    }

    fn hear_change(&mut self, rev: i64, message: &Value) -> Fit {
        let (seq, said) = (number(&message["seq"]), Said::of(message));
        if seq > self.last_seq() {
            return Fit::Gap;
        }
        let known = &mut self.messages[place(seq)];
        if said.changed_rev() > known.changed_rev() {
            *known = said;
        }
        self.count_on(rev)
    }

    fn hear_update(&mut self, rev: i64, card: &Value) -> Fit {
        if rev < self.rev {
            return Fit::Known;
        }
        self.sit(card);
        if number(&card["lastSeq"]) != self.last_seq() {
            return Fit::Gap;
        }
        let before = std::mem::replace(&mut self.rev, rev);
        match rev - before {
            0 => Fit::Known,
            1 => Fit::Next,
            _ => Fit::Snapshot,
        }
    }

    /// Behind a gap somebody has to tell the conversation.
    fn count_on(&mut self, rev: i64) -> Fit {
        if rev > self.rev + 1 {
            return Fit::Gap;
        }
        if rev <= self.rev {
            return Fit::Known;
        }
        self.rev = rev;
        Fit::Next
    }

    fn sit(&mut self, card: &Value) {
        let participants = card["participants"].as_object().expect("participants");
        let seats = participants.values();
        let seats = seats.map(|seat| (id(seat), number(&seat["lastReadSeq"])));
        self.marks = seats.collect();
        let product = card["product"]["name"].as_str();
        product.unwrap_or_default().clone_into(&mut self.product);
        self.settings = card["settings"].clone();
        self.barriers = ["blockedBy", "closedAt", "closedReason"].map(|field| card[field].clone());
    }

    fn advance(&mut self, user: &str, seq: i64) {
        if let Some(mark) = self.marks.get_mut(user) {
            let before = std::mem::replace(mark, seq.max(*mark));
            let has_moved = *mark > before;
            if has_moved && user == self.viewer && self.settings.is_object() {
                self.settings["isMarkedUnread"] = json!(false);
            }
        }
    }
}

fn place(seq: i64) -> usize {
    usize::try_from(seq - 1).expect("a place")
}

impl Said {
    fn changed_rev(&self) -> Option<i64> {
        self.whole["changedRev"].as_i64()
    }

    fn of(message: &Value) -> Self {
        let mut whole = message.clone();
        // It follows from the marks, and no event tells of it.
        whole["isRead"].take();
        Self {
            sender: message["senderId"].as_str().unwrap_or_default().to_owned(),
            whole,
        }
    }
}
