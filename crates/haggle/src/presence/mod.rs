//! Presence: the server's heartbeat, the leases of its users, what companions are told of them, and the
//! access watch.

mod access_watch;
mod context;
mod host_mirror;
mod leases;
mod mirroring;

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chat::{error::StorageError, ids::UserId};
use tokio::{
    sync::{Notify, oneshot},
    time::timeout,
};

use self::host_mirror::HostMirror;
use crate::{cache::Caches, hub::Hub};

pub use self::{
    access_watch::watch_access, context::Context, leases::keep_leases, mirroring::mirror_to_host,
};

/// The longest that one query takes; a lease outlives three of them.
const STORAGE_TIMEOUT: Duration = Duration::from_secs(5);

/// The longest that a hint waits for the query who is online; the hints behind it wait too.
const HINT_TIMEOUT: Duration = Duration::from_millis(500);
/// The most people who wait to be looked up. Of more than these nothing is sent until they come or go.
const MOST_UNSURE: usize = 10_000;

/// Whose sockets came or went since the last look, and who may have lost their access. It holds names
/// alone; the task that takes a name asks the hub what is true now.
#[derive(Debug, Default)]
pub struct Presence {
    moved: Mutex<Moved>,
    settle: Notify,
    unsure: Mutex<Unsure>,
    suspects: Mutex<HashSet<UserId>>,
    look: Notify,
    host_mirror: HostMirror,
}

/// People who were shown as offline without an answer from storage, each with those who saw it.
type Unsure = HashMap<UserId, HashSet<UserId>>;

/// People who came or went, each with the sockets that wait until that is stored.
type Moved = HashMap<UserId, Vec<oneshot::Sender<()>>>;

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

    #[cfg(test)]
    pub fn is_suspected(&self, user: &UserId) -> bool {
        lock(&self.suspects).contains(user)
    }

    /// At most this many of those who moved.
    fn take_moved(&self, most: usize) -> Moved {
        let mut moved = lock(&self.moved);
        let users: Vec<_> = moved.keys().take(most).cloned().collect();
        let taken = users
            .into_iter()
            .filter_map(|user| moved.remove_entry(&user));
        let taken = taken.collect();
        if !moved.is_empty() {
            self.settle.notify_one();
        }
        taken
    }

    /// They are still to be settled; those who wait go on waiting.
    fn put_back(&self, unsettled: Moved) {
        let mut moved = lock(&self.moved);
        for (user, waiting) in unsettled {
            moved.entry(user).or_default().extend(waiting);
        }
    }

    /// Who of these users is online, as far as it can be known soon. A flag that is wrong for a moment is
    /// better than a late hint. The readers are sent the truth as soon as it is known.
    pub async fn who_is_online<'a>(
        &self,
        hub: &Hub,
        caches: &Caches,
        users: &[UserId],
        readers: impl IntoIterator<Item = &'a UserId>,
    ) -> HashSet<UserId> {
        let here = users.iter().filter(|user| hub.is_connected(user));
        let here: HashSet<_> = here.cloned().collect();
        if let Ok(Ok(mut online)) = timeout(HINT_TIMEOUT, caches.online(users)).await {
            online.extend(here);
            return online;
        }
        let unknown = users.iter().filter(|user| !here.contains(*user));
        self.doubt(unknown, &readers.into_iter().cloned().collect());
        here
    }

    fn doubt<'a>(&self, users: impl Iterator<Item = &'a UserId>, readers: &HashSet<UserId>) {
        let mut unsure = lock(&self.unsure);
        for user in users {
            if unsure.len() < MOST_UNSURE || unsure.contains_key(user) {
                let known = unsure.entry(user.clone()).or_default();
                known.extend(readers.iter().cloned());
            }
        }
        let is_asked = !unsure.is_empty();
        drop(unsure);
        if is_asked {
            self.settle.notify_one();
        }
    }

    /// At most this many of those who are to be looked up.
    fn take_unsure(&self, most: usize) -> Unsure {
        let mut unsure = lock(&self.unsure);
        let users: Vec<_> = unsure.keys().take(most).cloned().collect();
        let taken = users.into_iter();
        taken
            .filter_map(|user| unsure.remove_entry(&user))
            .collect()
    }

    /// Storage could not answer this time either.
    fn put_unsure_back(&self, still: Unsure) {
        let mut unsure = lock(&self.unsure);
        for (user, readers) in still {
            unsure.entry(user).or_default().extend(readers);
        }
    }

    fn take_suspects(&self) -> HashSet<UserId> {
        std::mem::take(&mut lock(&self.suspects))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The answer of a query, unless it takes too long.
async fn in_time<T>(
    query: impl Future<Output = Result<T, StorageError>>,
) -> Result<T, StorageError> {
    timeout(STORAGE_TIMEOUT, query)
        .await
        .unwrap_or_else(|elapsed| Err(StorageError::Unavailable(Box::new(elapsed))))
}
