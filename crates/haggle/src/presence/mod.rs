//! Presence: heartbeats, leases of connected users, and the watch over people who lose their access.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use chat::ids::UserId;
use tokio::sync::{Notify, oneshot};

/// Whose sockets came or went since somebody looked, and who may have lost
/// their access. Says nothing about how it is now: whoever takes a name asks the hub.
#[derive(Debug, Default)]
pub struct Presence {
    moved: Mutex<HashMap<UserId, Vec<oneshot::Sender<()>>>>,
    settle: Notify,
    suspects: Mutex<HashSet<UserId>>,
    look: Notify,
}

/// Those who moved, each with whoever waits until it is known.
pub type Moved = HashMap<UserId, Vec<oneshot::Sender<()>>>;

impl Presence {
    /// A socket of this user came or went.
    pub fn moved(&self, user: &UserId) {
        lock(&self.moved).entry(user.clone()).or_default();
        self.settle.notify_one();
    }

    /// The same, for somebody who wants to know when storage and companions know it.
    pub fn arrived(&self, user: &UserId) -> oneshot::Receiver<()> {
        let (sender, receiver) = oneshot::channel();
        let mut moved = lock(&self.moved);
        moved.entry(user.clone()).or_default().push(sender);
        drop(moved);
        self.settle.notify_one();
        receiver
    }

    /// The directory's answer about these people may have changed.
    pub fn suspect(&self, users: Vec<UserId>) {
        lock(&self.suspects).extend(users);
        self.look.notify_one();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
