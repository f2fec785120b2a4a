//! What nodes say to each other. A word is text: who says it, its number there, and what.

use chat::{event::Event, ids::NodeId};
use serde::{Deserialize, Serialize};

/// On the channel of a user, an event's audience is empty: it is that user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Word {
    Event(Event),
    /// A newer socket of the user took this one's place.
    Close {
        node: String,
        socket: u64,
    },
    /// Some events of the last so many seconds were not carried; the database has them.
    Missed {
        seconds: i64,
    },
}

impl Word {
    pub fn text(&self, node: &NodeId, number: u64) -> String {
        // Only maps with keys that are not strings can fail, and there are none.
        let said = serde_json::to_string(self).unwrap_or_default();
        format!("{node} {number} {said}")
    }
}

/// The word that was carried, or `None` when it is not one of this version.
#[derive(Debug)]
pub struct Heard<'a> {
    pub node: &'a str,
    pub number: u64,
    pub said: &'a str,
}

impl<'a> Heard<'a> {
    /// Does not look at what was said, so that a node passes over its own words quickly.
    pub fn read(text: &'a [u8]) -> Option<Self> {
        let mut parts = std::str::from_utf8(text).ok()?.splitn(3, ' ');
        Some(Self {
            node: parts.next()?,
            number: parts.next()?.parse().ok()?,
            said: parts.next()?,
        })
    }

    pub fn word(&self) -> Option<Word> {
        serde_json::from_str(self.said).ok()
    }
}

#[cfg(test)]
mod tests {
    use chat::{
        event::{Event, EventKind},
        ids::{ConversationId, NodeId, UserId},
    };

    use super::{Heard, Word};

    #[test]
    fn a_word_comes_back_as_it_was_said() {
        let word = Word::Event(Event {
            audience: vec![UserId::new("anna")],
            kind: EventKind::Typing {
                conversation: ConversationId::new("c 1"),
                user: UserId::new("ben"),
                is_typing: true,
            },
        });
        let text = word.text(&NodeId::new("n1"), 7);
        let heard = Heard::read(text.as_bytes()).unwrap();
        assert_eq!((heard.node, heard.number), ("n1", 7));
        assert_eq!(heard.word(), Some(word));
        for noise in ["", "n1", "n1 x {}", "n1 7"] {
            assert!(Heard::read(noise.as_bytes()).is_none(), "{noise}");
        }
        assert_eq!(Heard::read(b"n1 7 {\"New\":1}").unwrap().word(), None);
    }
}
