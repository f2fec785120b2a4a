//! What servers say to each other: text with who says it, its number there, and what.

use chat::{event::Event, ids::NodeId};
use serde::{Deserialize, Serialize};

/// On the channel of a user, an event's audience is empty: it is that user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::large_enum_variant,
    reason = "one is read at a time, and nearly all are events"
)]
pub enum Body {
    Event(Event),
    /// A newer socket of the user takes this one's place.
    Close {
        node: String,
        socket: u64,
    },
    /// Some events of the last so many seconds were not published; the database has them.
    Missed {
        seconds: i64,
    },
}

impl Body {
    pub fn seal(&self, node: &NodeId, number: u64) -> String {
        // Only maps with keys that are not strings can fail, and there are none.
        let body = serde_json::to_string(self).unwrap_or_default();
        format!("{node} {number} {body}")
    }
}

#[derive(Debug)]
pub struct Envelope<'a> {
    pub node: &'a str,
    pub number: u64,
    body: &'a str,
}

impl<'a> Envelope<'a> {
    /// Does not look at the body, so that a server passes over its own quickly.
    pub fn read(text: &'a [u8]) -> Option<Self> {
        let mut parts = std::str::from_utf8(text).ok()?.splitn(3, ' ');
        Some(Self {
            node: parts.next()?,
            number: parts.next()?.parse().ok()?,
            body: parts.next()?,
        })
    }

    /// `None`: another version of the server says what this one does not know.
    pub fn body(&self) -> Option<Body> {
        serde_json::from_str(self.body).ok()
    }
}

#[cfg(test)]
mod tests {
    use chat::{
        event::{Event, EventKind},
        ids::{ConversationId, NodeId, UserId},
    };

    use super::{Body, Envelope};

    #[test]
    fn a_body_comes_back_as_it_was_sealed() {
        let body = Body::Event(Event {
            audience: vec![UserId::new("anna")],
            kind: EventKind::Typing {
                conversation: ConversationId::new("c 1"),
                user: UserId::new("ben"),
                is_typing: true,
            },
        });
        let text = body.seal(&NodeId::new("n1"), 7);
        let read = Envelope::read(text.as_bytes()).unwrap();
        assert_eq!((read.node, read.number), ("n1", 7));
        assert_eq!(read.body(), Some(body));
        for noise in ["", "n1", "n1 x {}", "n1 7"] {
            assert!(Envelope::read(noise.as_bytes()).is_none(), "{noise}");
        }
        assert_eq!(Envelope::read(b"n1 7 {\"New\":1}").unwrap().body(), None);
    }
}
