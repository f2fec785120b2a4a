//! The in-memory reference model of the storage traits.
//!
//! Plain maps behind one mutex and a linear scan for every question: nothing is
//! counted twice, nothing is cached, and every answer is worked out from the
//! rows when it is asked for. It is meant to be obviously right, so that
//! PostgreSQL can be held against it. Events are published under the mutex,
//! which makes their order the order of the changes.

mod append;
mod audit;
mod chat_storage;
mod conversations;
mod directory;
mod history;
mod leases;
mod membership;
mod missed;
mod notifications;
mod open;
mod people;
mod presence;
mod products;
mod read_marks;
mod rows;
mod state;
mod uploads;
mod views;

use std::sync::{Mutex, MutexGuard, PoisonError};

use chat::timestamp::Timestamp;
use state::State;

/// 2030-01-01T00:00:00Z.
const START_MICROS: i64 = 1_893_456_000_000_000;

/// Storage, directory and leases in memory, with a clock of its own for leases.
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
