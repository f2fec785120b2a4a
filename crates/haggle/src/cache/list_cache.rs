//! Ready answers of conversation lists, by user and question.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    time::Duration,
};

use bytes::Bytes;
use chat::{ids::UserId, list_conversations::Wanted};
use dashmap::DashMap;
use tokio::time::Instant;

use super::{outcome::count, ttl_cache::Ticket, version::Version};
use crate::eviction::{Evictable, EvictionQueue};

/// Questions kept for one user; the oldest makes room.
const PER_USER: usize = 8;
/// Users that are kept at most.
const USERS: usize = 20_000;

/// The right to store a list, see [`Ticket`].
#[derive(Clone, Debug)]
pub struct ListTicket {
    ticket: Ticket,
    /// For lists of all conversations: the change that was the last when the query began.
    change: Option<u64>,
    version: Version,
}

struct Ready {
    wanted: Wanted,
    bytes: Bytes,
    since: Instant,
    change: Option<u64>,
    version: Version,
}

struct OfUser {
    number: u64,
    ready: Vec<Ready>,
    /// Since they were last asked to go.
    is_used: AtomicBool,
}

impl OfUser {
    fn bytes(&self) -> usize {
        self.ready.iter().map(|ready| ready.bytes.len()).sum()
    }
}

#[derive(Default)]
pub struct ListCache {
    users: DashMap<UserId, OfUser>,
    numbers: AtomicU64,
    /// Counts changes of any conversation, for those who see all of them.
    changes: AtomicU64,
    bytes: AtomicUsize,
    evictions: EvictionQueue<UserId>,
}

impl ListCache {
    const FRESH_FOR: Duration = Duration::from_secs(30);
    const MOST_BYTES: usize = 64 * 1024 * 1024;

    /// The ready answer, or a ticket to make it. `sees_all`: it shows conversations of others.
    pub fn get(
        &self,
        user: &UserId,
        wanted: &Wanted,
        sees_all: bool,
        version: Version,
    ) -> Result<Bytes, ListTicket> {
        let began = Instant::now();
        let change = sees_all.then(|| self.changes.load(Ordering::SeqCst));
        if let Some(of_user) = self.users.get(user) {
            let is_good = |ready: &&Ready| {
                ready.wanted == *wanted
                    && ready.change == change
                    && ready.version == version
                    && began.duration_since(ready.since) < Self::FRESH_FOR
            };
            if let Some(ready) = of_user.ready.iter().find(is_good) {
                of_user.is_used.store(true, Ordering::Relaxed);
                count("lists", "hit");
                return Ok(ready.bytes.clone());
            }
        }
        count("lists", "miss");
        let new = self.numbers.fetch_add(1, Ordering::Relaxed);
        let empty = || OfUser {
            number: new,
            ready: Vec::new(),
            is_used: AtomicBool::new(false),
        };
        let number = self.users.entry(user.clone()).or_insert_with(empty).number;
        if number == new {
            self.evictions.admit(user.clone(), number, self);
        }
        Err(ListTicket {
            ticket: Ticket { number, began },
            change,
            version,
        })
    }

    pub fn store(&self, user: &UserId, wanted: Wanted, ticket: ListTicket, bytes: Bytes) {
        // With an unknown version nothing is stored, so nothing is found.
        if ticket.version == Version::Unknown {
            return;
        }
        let Some(mut of_user) = self.users.get_mut(user) else {
            return;
        };
        if of_user.number != ticket.ticket.number {
            return;
        }
        let before = of_user.bytes();
        of_user.ready.retain(|ready| ready.wanted != wanted);
        if of_user.ready.len() >= PER_USER {
            of_user.ready.remove(0);
        }
        let (since, change, version) = (ticket.ticket.began, ticket.change, ticket.version);
        of_user.ready.push(Ready {
            wanted,
            bytes,
            since,
            change,
            version,
        });
        self.bytes.fetch_add(of_user.bytes(), Ordering::Relaxed);
        self.bytes.fetch_sub(before, Ordering::Relaxed);
        drop(of_user);
        if self.is_too_full() {
            self.evictions.shrink(self);
        }
    }

    fn is_too_full(&self) -> bool {
        self.users.len() > USERS || self.bytes.load(Ordering::Relaxed) > Self::MOST_BYTES
    }

    pub fn forget(&self, user: &UserId) {
        if let Some((_, of_user)) = self.users.remove(user) {
            self.bytes.fetch_sub(of_user.bytes(), Ordering::Relaxed);
        }
    }

    /// Some conversation changed: lists of all conversations are no longer true.
    pub fn changed(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    pub fn clear(&self) {
        self.changed();
        self.users.retain(|_, of_user| {
            self.bytes.fetch_sub(of_user.bytes(), Ordering::Relaxed);
            false
        });
    }
}

impl Evictable<UserId> for &ListCache {
    fn count(&self) -> usize {
        self.users.len()
    }

    fn is_too_full(&self) -> bool {
        ListCache::is_too_full(self)
    }

    fn contains(&self, user: &UserId, number: u64) -> bool {
        let of_user = self.users.get(user);
        of_user.is_some_and(|of_user| of_user.number == number)
    }

    fn evict(&mut self, user: &UserId, number: u64, forced: bool) -> bool {
        let mut spared = false;
        let gone = self.users.remove_if(user, |_, of_user| {
            let is_it = of_user.number == number;
            let is_used = of_user.is_used.load(Ordering::Relaxed);
            spared = is_it && is_used && !forced;
            if is_it {
                of_user.is_used.store(false, Ordering::Relaxed);
            }
            is_it && !spared
        });
        if let Some((_, of_user)) = gone {
            self.bytes.fetch_sub(of_user.bytes(), Ordering::Relaxed);
        }
        !spared
    }
}

#[cfg(test)]
mod tests {
    use chat::list_conversations::View;

    use super::*;

    fn keep(lists: &ListCache, user: &str, length: usize) {
        let (user, wanted) = (UserId::new(user), wanted());
        if let Err(ticket) = lists.get(&user, &wanted, false, Version::Alone) {
            lists.store(&user, wanted, ticket, vec![0; length].into());
        }
    }

    fn is_kept(lists: &ListCache, user: &str) -> bool {
        let user = UserId::new(user);
        lists.get(&user, &wanted(), false, Version::Alone).is_ok()
    }

    fn wanted() -> Wanted {
        Wanted::new(Some(View::Mine), 50)
    }

    #[tokio::test(start_paused = true)]
    async fn full_lists_let_one_user_go_for_one_that_comes() {
        let lists = ListCache::default();
        for number in 0..USERS {
            keep(&lists, &number.to_string(), 1);
        }
        keep(&lists, "more", 1);
        assert_eq!(lists.users.len(), USERS);
        assert!(is_kept(&lists, "more") && is_kept(&lists, "1"));
        assert!(!lists.users.contains_key(&UserId::new("0")));
    }

    #[tokio::test(start_paused = true)]
    async fn so_do_lists_with_too_many_bytes() {
        let lists = ListCache::default();
        let quarter = ListCache::MOST_BYTES / 4;
        for user in ["a", "b", "c", "d", "e"] {
            keep(&lists, user, quarter);
        }
        assert_eq!(lists.bytes.load(Ordering::Relaxed), 4 * quarter);
        assert!(!lists.users.contains_key(&UserId::new("a")));
        assert!(is_kept(&lists, "b") && is_kept(&lists, "e"));
    }
}
