//! Which live events a resume has already covered.
//!
//! A socket joins the hub before it queries what it missed, so no event falls between the two. Events
//! that are in both are dropped here. An event may come long after the snapshot that shows it,
//! because a query sees a commit before it is published.

use std::{collections::HashMap, time::Duration};

use chat::ids::ConversationId;
use tokio::time::Instant;

use crate::hub::frame::Frame;

/// The longest that an event takes from its commit to a socket.
const KEPT: Duration = Duration::from_mins(1);

/// The `rev` of the snapshot that the client was sent, by conversation.
#[derive(Debug)]
pub struct SnapshotFilter {
    revs: HashMap<ConversationId, i64>,
    until: Instant,
}

impl SnapshotFilter {
    pub fn new(now: Instant) -> Self {
        Self {
            revs: HashMap::new(),
            until: now + KEPT,
        }
    }

    /// The client has been sent the conversation as of this `rev`.
    pub fn told(&mut self, conversation: ConversationId, rev: i64, now: Instant) {
        let known = self.revs.entry(conversation).or_insert(rev);
        *known = rev.max(*known);
        self.until = now + KEPT;
    }

    /// Whether the client already has what this frame says.
    pub fn covers(&self, frame: &Frame) -> bool {
        frame.revision().is_some_and(|(conversation, rev)| {
            let told = self.revs.get(conversation);
            told.is_some_and(|told| rev <= told)
        })
    }

    pub fn is_over(&self, now: Instant) -> bool {
        now >= self.until
    }
}

#[cfg(test)]
mod tests {
    use chat::ids::ConversationId;
    use tokio::time::Instant;
    use wire::ServerFrame;

    use super::SnapshotFilter;
    use crate::hub::frame::Frame;

    #[test]
    fn only_what_the_snapshot_shows_is_covered() {
        let (mine, other) = (ConversationId::new("mine"), ConversationId::new("other"));
        let mut covered = SnapshotFilter::new(Instant::now());
        covered.told(mine.clone(), 7, Instant::now());
        covered.told(mine.clone(), 5, Instant::now());

        let frame = |conversation: &ConversationId, rev| {
            Frame::durable(&ServerFrame::Pong {}, conversation.clone(), rev)
        };
        assert!(covered.covers(&frame(&mine, 6)));
        assert!(covered.covers(&frame(&mine, 7)));
        assert!(!covered.covers(&frame(&mine, 8)));
        assert!(!covered.covers(&frame(&other, 1)));
        assert!(!covered.covers(&Frame::new(&ServerFrame::Pong {})));
    }
}
