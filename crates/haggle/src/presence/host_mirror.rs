//! Those whose presence the host's own columns do not have yet.

use std::{
    collections::HashSet,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use chat::ids::UserId;
use tokio::sync::Notify;

const BATCH: usize = 500;
/// Those who wait at most: the next look at everybody finds the others.
const MOST: usize = 10_000;

/// Whose presence has changed since it was written.
#[derive(Debug, Default)]
pub struct HostMirror {
    is_on: AtomicBool,
    changed: Mutex<HashSet<UserId>>,
    pub wake: Notify,
}

impl HostMirror {
    /// From now on somebody takes what is noted.
    pub fn switch_on(&self) {
        self.is_on.store(true, Ordering::Relaxed);
    }

    pub fn note<'a>(&self, users: impl Iterator<Item = &'a UserId>) {
        if !self.is_on.load(Ordering::Relaxed) {
            return;
        }
        let mut changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        for user in users {
            if changed.len() < MOST {
                changed.insert(user.clone());
            }
        }
        drop(changed);
        self.wake.notify_one();
    }

    /// As many as one statement names.
    pub fn take(&self) -> Vec<UserId> {
        let mut changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        let users: Vec<_> = changed.iter().take(BATCH).cloned().collect();
        for user in &users {
            changed.remove(user);
        }
        users
    }
}
