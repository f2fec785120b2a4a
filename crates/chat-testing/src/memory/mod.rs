//! The in-memory reference model of the storage traits.
//!
//! Plain maps behind one mutex and a linear scan for every question: nothing is
//! counted twice, nothing is cached, and every answer is worked out from the
//! rows when it is asked for. It is meant to be obviously right, so that
//! PostgreSQL can be held against it. Events are published under the mutex,
//! which makes their order the order of the changes.

mod answer_times;
mod append;
mod audit;
mod barriers;
mod conversations;
mod digests;
mod directory;
mod files;
mod history;
mod jobs;
mod leases;
mod mailboxes;
mod membership;
mod message_changes;
mod message_search;
mod messages;
mod missed;
mod notifications;
mod offers;
mod opening;
mod outbox_rows;
mod partial_uploads;
mod people;
mod preferences;
mod presence;
mod products;
mod push_subscriptions;
mod reach;
mod read_marks;
mod replies;
mod reports;
mod rows;
mod settings;
mod state;
mod uploads;
mod views;
mod webhooks;

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;
use chat::{
    publisher::Publisher,
    storage::{Health, Result, Storage, Writer},
    timestamp::Timestamp,
    webhook::Happened,
};

use self::state::State;
use crate::RecordingPublisher;

/// 2030-01-01T00:00:00Z.
const START_MICROS: i64 = 1_893_456_000_000_000;

/// In memory, with a clock of its own for leases.
#[derive(Debug)]
pub struct MemoryStorage {
    state: Mutex<State>,
}

impl MemoryStorage {
    /// Empty. Its clock starts at 2030-01-01 and stands still.
    pub fn new() -> Self {
        Self {
            state: Mutex::new(State::new(Timestamp::from_micros(START_MICROS))),
        }
    }

    /// A writer of whose changes nobody hears.
    pub fn silent(self: &Arc<Self>) -> Arc<MemoryWriter> {
        self.writer(Arc::new(RecordingPublisher::new()))
    }

    /// Sets the clock by which leases live.
    pub fn set_time(&self, now: Timestamp) {
        self.state().now = now;
    }

    /// Moves the clock by which leases live.
    pub fn advance_seconds(&self, seconds: i64) {
        let mut state = self.state();
        state.now = state.now.plus_seconds(seconds);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryStorage {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Health for MemoryStorage {
    async fn ping(&self) -> Result<()> {
        Ok(())
    }
}

impl Storage for MemoryStorage {
    type Writer = MemoryWriter;

    fn writer(self: &Arc<Self>, publisher: Arc<dyn Publisher>) -> Arc<MemoryWriter> {
        Arc::new(MemoryWriter {
            storage: self.clone(),
            publisher,
        })
    }
}

/// Changes of which the world hears.
pub struct MemoryWriter {
    storage: Arc<MemoryStorage>,
    publisher: Arc<dyn Publisher>,
}

impl fmt::Debug for MemoryWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryWriter")
    }
}

impl Writer for MemoryWriter {}

impl MemoryWriter {
    /// Publishes before anything else can change.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state();
        let answer = change(&mut state);
        for event in std::mem::take(&mut state.events) {
            if let Some(happened) = Happened::of(&event.kind) {
                state.announce(&happened);
            }
            self.publisher.publish(event);
        }
        for happened in std::mem::take(&mut state.beside) {
            state.announce(&happened);
        }
        answer
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.storage.state()
    }
}
