//! A publisher that remembers.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chat::{
    event::{Event, EventKind},
    ids::{ConversationId, UserId},
    publisher::Publisher,
};

/// Keeps every event, in the order of publishing.
#[derive(Debug, Default)]
pub struct RecordingPublisher {
    events: Mutex<Vec<Event>>,
}

impl RecordingPublisher {
    pub fn new() -> Self {
        Self::default()
    }

    /// How many events there were: the place from which [`Self::since`] tells.
    pub fn count(&self) -> usize {
        self.events_locked().len()
    }

    pub fn events(&self) -> Vec<Event> {
        self.since(0)
    }

    /// Everything but the first `count` events.
    pub fn since(&self, count: usize) -> Vec<Event> {
        let events = self.events_locked();
        events.get(count..).unwrap_or_default().to_vec()
    }

    /// Forgets everything so far and returns it.
    pub fn take(&self) -> Vec<Event> {
        std::mem::take(&mut *self.events_locked())
    }

    /// What this user's sockets would have been sent, in order.
    pub fn heard_by(&self, user: &UserId) -> Vec<EventKind> {
        self.events_locked()
            .iter()
            .filter(|event| event.audience.contains(user))
            .map(|event| event.kind.clone())
            .collect()
    }

    /// `rev` of every durable event of this conversation, in the order of publishing.
    pub fn revisions(&self, conversation: &ConversationId) -> Vec<i64> {
        self.events_locked()
            .iter()
            .filter_map(|event| event.kind.revision())
            .filter(|(id, _)| *id == conversation)
            .map(|(_, rev)| rev)
            .collect()
    }

    fn events_locked(&self) -> MutexGuard<'_, Vec<Event>> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Publisher for RecordingPublisher {
    fn publish(&self, event: Event) {
        self.events_locked().push(event);
    }
}
