//! What a node keeps in memory to answer faster, and when it stops being true.

use std::{collections::HashSet, sync::Arc};

use chat::{
    error::StorageError,
    event::Event,
    ids::UserId,
    person::Person,
    storage::{Directory, Leases},
};

pub struct Caches {
    directory: Arc<dyn Directory>,
    leases: Arc<dyn Leases>,
}

impl std::fmt::Debug for Caches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Caches")
    }
}

impl Caches {
    pub fn new(directory: Arc<dyn Directory>, leases: Arc<dyn Leases>) -> Self {
        Self { directory, leases }
    }

    /// The directory's answer, at most a second old.
    pub async fn person(&self, id: &UserId) -> Result<Option<Person>, StorageError> {
        self.directory.person(id).await
    }

    /// Those of these users who are online, at most 60 s old and invalidated by events.
    pub async fn online(&self, users: &[UserId]) -> Result<HashSet<UserId>, StorageError> {
        let statuses = self.leases.statuses(users).await?;
        let online = statuses.into_iter().filter(|status| status.is_online);
        Ok(online.map(|status| status.user).collect())
    }

    /// Forgets whatever this event makes untrue. Called before the event is carried on.
    pub fn invalidate(&self, _event: &Event) {}
}
