//! A client as it should be: it keeps what it is told and can say what it saw last.

use std::collections::BTreeMap;

use chat::{
    conversation::Conversation,
    ids::{ConversationId, UserId},
    message::Message,
    storage::Anchor,
};
use serde_json::{Map, Value, json};

use crate::ws::tests::rig::Rig;

/// One conversation in the eyes of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub messages: BTreeMap<i64, String>,
    pub marks: BTreeMap<String, i64>,
    pub rev: i64,
    /// What Anna has set for herself.
    pub is_pinned: bool,
}

impl Seen {
    /// What somebody sees who fetches it now.
    pub async fn fetch(rig: &Rig, id: &ConversationId) -> Self {
        let conversation = rig.fetch(id).await;
        let mut messages = Vec::new();
        let mut anchor = Anchor::Newest;
        loop {
            let page = rig
                .app
                .chat
                .messages
                .history(id, &anchor, 100)
                .await
                .unwrap()
                .unwrap();
            let oldest = page.messages.last().map(|message| message.id.clone());
            messages.extend(page.messages);
            match (page.has_older, oldest) {
                (true, Some(oldest)) => anchor = Anchor::Before(oldest),
                _ => return Self::of(&conversation, &messages),
            }
        }
    }

    fn of(conversation: &Conversation, messages: &[Message]) -> Self {
        let seats = conversation.seats();
        Self {
            messages: messages
                .iter()
                .map(|message| (message.seq, message.id.to_string()))
                .collect(),
            marks: seats
                .map(|(_, seat)| (seat.user.to_string(), seat.last_read_seq))
                .collect(),
            rev: conversation.rev,
            is_pinned: conversation.is_pinned(&UserId::new("anna")),
        }
    }

    /// The newest message before the first gap.
    fn seq(&self) -> i64 {
        let seqs = self.messages.keys().zip(1..);
        let without_gap = seqs.take_while(|(seq, expected)| *seq == expected);
        without_gap.last().map_or(0, |(seq, _)| *seq)
    }

    pub fn since(&self, with_rev: bool) -> Value {
        if with_rev {
            json!({"seq": self.seq(), "rev": self.rev})
        } else {
            json!(self.seq())
        }
    }

    /// `is_exact`: nothing may be missing and nothing may come twice.
    pub fn hear(&mut self, kind: &str, payload: &Value, is_exact: bool) {
        let rev = payload["rev"].as_i64().unwrap();
        match kind {
            "message" => {
                let message = &payload["message"];
                let seq = message["seq"].as_i64().unwrap();
                if is_exact {
                    assert_eq!(seq, self.seq() + 1, "out of order, missing or twice");
                    assert_eq!(rev, self.rev + 1, "a message after a gap");
                }
                let id = message["id"].as_str().unwrap().to_owned();
                self.messages.insert(seq, id);
                self.advance(message["senderId"].as_str().unwrap(), seq);
                self.count_on(rev);
            }
            "read" => {
                let user = payload["userId"].as_str().unwrap();
                self.advance(user, payload["lastReadSeq"].as_i64().unwrap());
                if is_exact {
                    assert_eq!(rev, self.rev + 1, "a read mark twice or after a gap");
                }
                self.count_on(rev);
            }
            _ => {
                let participants: &Map<String, Value> =
                    payload["conversation"]["participants"].as_object().unwrap();
                for participant in participants.values() {
                    let user = participant["id"].as_str().unwrap();
                    self.advance(user, participant["lastReadSeq"].as_i64().unwrap());
                }
                if rev >= self.rev {
                    self.rev = rev;
                    let settings = &payload["conversation"]["settings"];
                    self.is_pinned = settings["isPinned"].as_bool().unwrap();
                }
            }
        }
    }

    /// Only without a gap: behind one, somebody has to tell the conversation.
    fn count_on(&mut self, rev: i64) {
        if rev == self.rev + 1 {
            self.rev = rev;
        }
    }

    fn advance(&mut self, user: &str, seq: i64) {
        let mark = self.marks.entry(user.to_owned()).or_default();
        *mark = seq.max(*mark);
    }
}
