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
    /// The `rev` of the last change of each.
    changed: BTreeMap<i64, i64>,
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
                .history(id, &anchor, 100, conversation.rev)
                .await
                .unwrap()
                .unwrap();
            let oldest = page.messages.last().map(|message| message.id.clone());
            messages.extend(page.messages);
            match (page.has_older, oldest) {
                (true, Some(oldest)) => anchor = Anchor::Before(oldest),
                _ => return Self::of(rig, &conversation, messages),
            }
        }
    }

    fn of(rig: &Rig, conversation: &Conversation, messages: Vec<Message>) -> Self {
        let links = &*rig.app.attachments.links;
        let seats = conversation.seats();
        Self {
            changed: messages
                .iter()
                .map(|message| (message.seq, message.changed_rev.unwrap_or(0)))
                .collect(),
            messages: messages
                .into_iter()
                .map(|message| {
                    (
                        message.seq,
                        said(&json!(wire::Message::new(message, links))),
                    )
                })
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

    /// `step`: nothing may be missing and nothing may come twice, and the `rev` of each event is so much above the last.
    pub fn hear(&mut self, kind: &str, payload: &Value, step: Option<i64>) {
        let rev = payload["rev"].as_i64().unwrap();
        if let Some(step) = step.filter(|_| kind != "conversation_updated") {
            assert_eq!(rev, self.rev + step, "{kind}: twice or after a gap");
        }
        match kind {
            "message" => {
                let message = &payload["message"];
                let seq = message["seq"].as_i64().unwrap();
                if step.is_some() {
                    assert_eq!(seq, self.seq() + 1, "out of order, missing or twice");
                }
                self.take(seq, message);
                self.advance(message["senderId"].as_str().unwrap(), seq);
                self.count_on(rev);
            }
            "message_updated" => {
                let message = &payload["message"];
                let seq = message["seq"].as_i64().unwrap();
                if step.is_some() {
                    let changed = message["changedRev"].as_i64().unwrap();
                    assert!(changed > self.rev, "a change that was known");
                }
                if self.messages.contains_key(&seq) {
                    self.take(seq, message);
                }
                self.count_on(rev);
            }
            "read" => {
                let user = payload["userId"].as_str().unwrap();
                self.advance(user, payload["lastReadSeq"].as_i64().unwrap());
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

    /// Of two copies the newer.
    fn take(&mut self, seq: i64, message: &Value) {
        let changed = message["changedRev"].as_i64().unwrap_or(0);
        let known = self.changed.get(&seq).copied().unwrap_or(-1);
        if changed >= known {
            self.messages.insert(seq, said(message));
            self.changed.insert(seq, changed);
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

/// What a message is and says.
fn said(message: &Value) -> String {
    let parts = [
        "id",
        "message",
        "editedAt",
        "deletedAt",
        "reactions",
        "replyTo",
    ];
    parts.map(|part| message[part].to_string()).join(" ")
}
