//! Ready answers of conversation lists, by user and question.

use std::{
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    time::Duration,
};

use bytes::Bytes;
use chat::{ids::UserId, list_conversations::Wanted};
use dashmap::DashMap;
use tokio::time::Instant;

use super::{count, shelf::Ticket};
use crate::nodes::Version;

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

struct Slot {
    number: u64,
    ready: Vec<Ready>,
}

impl Slot {
    fn bytes(&self) -> usize {
        self.ready.iter().map(|ready| ready.bytes.len()).sum()
    }
}

#[derive(Default)]
pub struct Lists {
    users: DashMap<UserId, Slot>,
    numbers: AtomicU64,
    /// Counts changes of any conversation, for those who see all of them.
    changes: AtomicU64,
    bytes: AtomicUsize,
}

impl Lists {
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
        if let Some(slot) = self.users.get(user) {
            let is_good = |ready: &&Ready| {
                ready.wanted == *wanted
                    && ready.change == change
                    && ready.version == version
                    && began.duration_since(ready.since) < Self::FRESH_FOR
            };
            if let Some(ready) = slot.ready.iter().find(is_good) {
                count("lists", "hit");
                return Ok(ready.bytes.clone());
            }
        }
        count("lists", "miss");
        self.make_room(began);
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let empty = || Slot {
            number,
            ready: Vec::new(),
        };
        let number = self.users.entry(user.clone()).or_insert_with(empty).number;
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
        let Some(mut slot) = self.users.get_mut(user) else {
            return;
        };
        if slot.number != ticket.ticket.number {
            return;
        }
        let before = slot.bytes();
        slot.ready.retain(|ready| ready.wanted != wanted);
        if slot.ready.len() >= PER_USER {
            slot.ready.remove(0);
        }
        let (since, change, version) = (ticket.ticket.began, ticket.change, ticket.version);
        slot.ready.push(Ready {
            wanted,
            bytes,
            since,
            change,
            version,
        });
        self.bytes.fetch_add(slot.bytes(), Ordering::Relaxed);
        self.bytes.fetch_sub(before, Ordering::Relaxed);
    }

    pub fn forget(&self, user: &UserId) {
        if let Some((_, slot)) = self.users.remove(user) {
            self.bytes.fetch_sub(slot.bytes(), Ordering::Relaxed);
        }
    }

    /// Some conversation changed: lists of all conversations are no longer true.
    pub fn changed(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    pub fn clear(&self) {
        self.changed();
        self.retain(|_| false);
    }

    fn make_room(&self, now: Instant) {
        let is_full =
            || self.users.len() >= USERS || self.bytes.load(Ordering::Relaxed) >= Self::MOST_BYTES;
        if is_full() {
            let is_fresh = |ready: &Ready| now.duration_since(ready.since) < Self::FRESH_FOR;
            self.retain(|slot| slot.ready.iter().any(is_fresh));
        }
        if is_full() {
            self.retain(|_| false);
        }
    }

    fn retain(&self, keep: impl Fn(&Slot) -> bool) {
        self.users.retain(|_, slot| {
            let keeps = keep(slot);
            if !keeps {
                self.bytes.fetch_sub(slot.bytes(), Ordering::Relaxed);
            }
            keeps
        });
    }
}
