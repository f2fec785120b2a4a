//! Which live events a client has already heard of by its resume.
//!
//! A socket joins the hub before it asks what it missed, so nothing falls
//! between; what falls on both sides is dropped here. An event may also come
//! long after the snapshot that shows it: a commit is seen before it is published.

use std::{collections::HashMap, time::Duration};

use chat::ids::ConversationId;
use tokio::time::Instant;

use crate::hub::frame::Frame;

/// The longest that an event takes from its commit to a socket.
const KEPT: Duration = Duration::from_mins(1);

/// The snapshots that a client was told, by conversation: their `rev`.
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

    /// The client has been told the conversation as of this `rev`.
    pub fn told(&mut self, conversation: ConversationId, rev: i64, now: Instant) {
        let known = self.revs.entry(conversation).or_insert(rev);
        *known = rev.max(*known);
        self.until = now + KEPT;
    }

    /// Whether the frame says nothing new.
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

    use super::SnapshotFilter;
    use crate::hub::frame::{Frame, Payload};

    #[test]
    fn only_what_the_snapshot_shows_is_covered() {
        let (mine, other) = (ConversationId::new("mine"), ConversationId::new("other"));
        let mut covered = SnapshotFilter::new(Instant::now());
        covered.told(mine.clone(), 7, Instant::now());
        covered.told(mine.clone(), 5, Instant::now());

        let frame = |conversation: &ConversationId, rev| {
            Frame::durable(&Payload::Pong {}, conversation.clone(), rev)
        };
        assert!(covered.covers(&frame(&mine, 6)));
        assert!(covered.covers(&frame(&mine, 7)));
        assert!(!covered.covers(&frame(&mine, 8)));
        assert!(!covered.covers(&frame(&other, 1)));
        assert!(!covered.covers(&Frame::new(&Payload::Pong {})));
    }
}
