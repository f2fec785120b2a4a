//! What a server keeps in memory to answer faster, and when it forgets it.

mod displayed_presence;
mod list_cache;
mod outcome;
mod ttl_cache;
mod version;

use std::{collections::HashSet, sync::Arc, time::Duration};

use bytes::Bytes;
use chat::{
    error::StorageError,
    event::{Event, Stale},
    ids::UserId,
    list_conversations::Wanted,
    person::Person,
    presence::UserStatus,
    storage::{Directory, Leases},
};

use self::{displayed_presence::DisplayedPresence, list_cache::ListCache};
pub use self::{
    list_cache::ListTicket,
    ttl_cache::{Ticket, TtlCache},
    version::Version,
};

/// People, statuses and counts that are kept at most, each.
const ENTRIES: usize = 50_000;

pub struct Caches {
    directory: Arc<dyn Directory>,
    leases: Arc<dyn Leases>,
    people: TtlCache<UserId, Person>,
    statuses: TtlCache<UserId, UserStatus>,
    /// What was shown of [`Self::statuses`].
    pub displayed: DisplayedPresence,
    unread: TtlCache<UserId, (Version, Bytes)>,
    lists: ListCache,
}

impl std::fmt::Debug for Caches {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Caches")
    }
}

impl Caches {
    pub fn new(directory: Arc<dyn Directory>, leases: Arc<dyn Leases>) -> Self {
        let seconds = Duration::from_secs;
        Self {
            directory,
            leases,
            people: TtlCache::new("people", seconds(1), ENTRIES),
            statuses: TtlCache::new("statuses", seconds(60), ENTRIES),
            displayed: DisplayedPresence::default(),
            unread: TtlCache::new("unread", seconds(30), ENTRIES),
            lists: ListCache::default(),
        }
    }

    /// The directory's answer, at most a second old. That somebody does not exist is not remembered.
    pub async fn person(&self, id: &UserId) -> Result<Option<Person>, StorageError> {
        let ticket = match self.people.get(id) {
            Ok(person) => return Ok(Some(person)),
            Err(ticket) => ticket,
        };
        let person = self.directory.person(id).await?;
        match &person {
            Some(person) => self.people.store(id, ticket, person.clone()),
            None => self.people.forget(id),
        }
        Ok(person)
    }

    /// Those of these users who are online, at most 60 s old and invalidated by events.
    pub async fn online(&self, users: &[UserId]) -> Result<HashSet<UserId>, StorageError> {
        let statuses = self.statuses(users).await?.into_iter();
        Ok(statuses
            .filter(|status| status.is_online)
            .map(|status| status.user)
            .collect())
    }

    /// The status of one user, as old as in [`Self::online`]; `None`: there is no such user.
    pub async fn status(&self, user: &UserId) -> Result<Option<UserStatus>, StorageError> {
        let status = match self.statuses.get(user) {
            Ok(status) => Some(status),
            Err(ticket) => self.ask(&[(user.clone(), ticket)]).await?.pop(),
        };
        self.show(status.as_slice());
        Ok(status)
    }

    /// The statuses of those of these users who exist, as old as in [`Self::online`].
    pub async fn statuses(&self, users: &[UserId]) -> Result<Vec<UserStatus>, StorageError> {
        let mut statuses = Vec::with_capacity(users.len());
        let mut unknown = Vec::new();
        for user in users {
            match self.statuses.get(user) {
                Ok(status) => statuses.push(status),
                Err(ticket) => unknown.push((user.clone(), ticket)),
            }
        }
        statuses.extend(self.ask(&unknown).await?);
        self.show(&statuses);
        Ok(statuses)
    }

    fn show(&self, statuses: &[UserStatus]) {
        for status in statuses {
            self.displayed.add(&status.user, status.is_online);
        }
    }

    /// Those of these users of whom somebody here was shown something that is not true, each with
    /// their companions. What is kept of them is forgotten.
    pub async fn displayed_wrongly(
        &self,
        users: &[UserId],
    ) -> Result<Vec<(UserId, Vec<UserId>)>, StorageError> {
        let statuses = self.leases.statuses(users).await?;
        let mut wrong = Vec::new();
        for status in statuses {
            if self.displayed.contradicts(&status) {
                let companions = self.leases.companions(&status.user).await?;
                self.statuses.forget(&status.user);
                wrong.push((status.user, companions));
            }
        }
        Ok(wrong)
    }

    /// Whatever is kept of who is online may be wrong.
    pub fn forget_statuses(&self) {
        self.statuses.clear();
        self.lists.clear();
    }

    async fn ask(&self, unknown: &[(UserId, Ticket)]) -> Result<Vec<UserStatus>, StorageError> {
        if unknown.is_empty() {
            return Ok(Vec::new());
        }
        let users: Vec<_> = unknown.iter().map(|(user, _)| user.clone()).collect();
        let statuses = self.leases.statuses(&users).await?;
        for (user, ticket) in unknown {
            match statuses.iter().find(|status| status.user == *user) {
                Some(status) => self.statuses.store(user, *ticket, status.clone()),
                None => self.statuses.forget(user),
            }
        }
        Ok(statuses)
    }

    /// The ready answer to this question of this user, at most 30 s old and invalidated by
    /// events, or a ticket to store it. `sees_all`: it shows conversations of others. `version`
    /// was asked for before.
    pub fn list(
        &self,
        user: &UserId,
        wanted: &Wanted,
        sees_all: bool,
        version: Version,
    ) -> Result<Bytes, ListTicket> {
        self.lists.get(user, wanted, sees_all, version)
    }

    pub fn store_list(&self, user: &UserId, wanted: Wanted, ticket: ListTicket, ready: Bytes) {
        self.lists.store(user, wanted, ticket, ready);
    }

    /// The ready answer, as in [`Self::list`].
    pub fn unread(&self, user: &UserId, version: &Version) -> Result<Bytes, Ticket> {
        let is_true = |kept: &(Version, Bytes)| *version != Version::Unknown && kept.0 == *version;
        self.unread.get_if(user, is_true).map(|(_, ready)| ready)
    }

    pub fn store_unread(&self, user: &UserId, ticket: Ticket, version: Version, ready: Bytes) {
        if version != Version::Unknown {
            self.unread.store(user, ticket, (version, ready));
        }
    }

    /// Forgets what a user's list and count show.
    pub fn forget_user(&self, user: &UserId) {
        self.lists.forget(user);
        self.unread.forget(user);
    }

    /// Forgets whatever this event makes untrue. Called before the event is carried on.
    pub fn invalidate(&self, event: &Event) {
        let audience = event.audience.iter();
        match event.kind.stale() {
            Stale::Conversations => {
                self.lists.changed();
                audience.for_each(|user| self.forget_user(user));
            }
            Stale::Presence(user) => {
                self.statuses.forget(user);
                self.lists.changed();
                self.lists.forget(user);
                audience.for_each(|user| self.lists.forget(user));
            }
            Stale::People => self.clear(),
            Stale::Nothing => {}
        }
    }

    /// Forgets everything.
    pub fn clear(&self) {
        self.people.clear();
        self.statuses.clear();
        self.unread.clear();
        self.lists.clear();
    }
}

#[cfg(test)]
mod tests;
