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
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub id: String,
    pub sender: String,
    pub text: String,
    pub at: String,
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
            ..Self::default()
        };
        seen.sit(&card);
        assert_eq!(number(&card["lastSeq"]), seen.last_seq(), "{card:#}");
        assert_eq!(
            number(&card["unreadCount"]),
            seen.unread(&person.id),
            "{card:#}"
        );
        seen
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
            let known = usize::try_from(seq - 1).expect("a place");
            assert_eq!(self.messages[known], said, "two messages with one seq");
            return Fit::Known;
        }
        let sender = said.sender.clone();
        self.messages.push(said);
        self.advance(&sender, seq);
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
    }

    fn advance(&mut self, user: &str, seq: i64) {
        if let Some(mark) = self.marks.get_mut(user) {
            *mark = seq.max(*mark);
        }
    }
}

impl Said {
    fn of(message: &Value) -> Self {
        let text = |field: &str| message[field].as_str().unwrap_or_default().to_owned();
        Self {
            id: id(message),
            sender: text("senderId"),
            text: text("message"),
            at: text("createdAt"),
        }
    }
}
