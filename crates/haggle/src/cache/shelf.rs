//! A bounded map whose values are fresh for a while, and never stored when something
//! made them untrue while they were being computed.

use std::{
    fmt,
    hash::Hash,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use dashmap::DashMap;
use tokio::time::Instant;

use super::count;

/// The right to store what is computed now, as long as nobody forgets the key meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct Ticket {
    pub(super) number: u64,
    pub(super) began: Instant,
}

struct Slot<V> {
    number: u64,
    value: Option<V>,
    since: Instant,
}

pub struct Shelf<K, V> {
    name: &'static str,
    slots: DashMap<K, Slot<V>>,
    fresh_for: Duration,
    most: usize,
    numbers: AtomicU64,
}

impl<K: Eq + Hash, V> fmt::Debug for Shelf<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl<K: Eq + Hash + Clone, V: Clone> Shelf<K, V> {
    /// Keeps at most so many values.
    pub fn new(name: &'static str, fresh_for: Duration, most: usize) -> Self {
        Self {
            name,
            slots: DashMap::new(),
            fresh_for,
            most,
            numbers: AtomicU64::new(0),
        }
    }

    /// The value, or a ticket to compute it.
    pub fn get(&self, key: &K) -> Result<V, Ticket> {
        self.get_if(key, |_| true)
    }

    /// The same for a value that is still true.
    pub fn get_if(&self, key: &K, is_true: impl Fn(&V) -> bool) -> Result<V, Ticket> {
        let began = Instant::now();
        let kept = self.slots.get(key);
        let kept = kept.filter(|slot| self.is_fresh(slot, began));
        let kept = kept.and_then(|slot| slot.value.clone().filter(&is_true));
        if let Some(value) = kept {
            count(self.name, "hit");
            return Ok(value);
        }
        count(self.name, "miss");
        self.make_room(began);
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let empty = || Slot {
            number,
            value: None,
            since: began,
        };
        let number = self.slots.entry(key.clone()).or_insert_with(empty).number;
        Err(Ticket { number, began })
    }

    /// Stores what was computed, unless the key was forgotten since the ticket was given.
    pub fn store(&self, key: &K, ticket: Ticket, value: V) {
        if let Some(mut slot) = self.slots.get_mut(key)
            && slot.number == ticket.number
        {
            slot.value = Some(value);
            slot.since = ticket.began;
        }
    }

    pub fn forget(&self, key: &K) {
        self.slots.remove(key);
    }

    pub fn clear(&self) {
        self.slots.clear();
    }

    fn is_fresh(&self, slot: &Slot<V>, now: Instant) -> bool {
        now.duration_since(slot.since) < self.fresh_for
    }

    /// Drops what is stale, and everything when that is not enough: simple, and rare.
    fn make_room(&self, now: Instant) {
        if self.slots.len() < self.most {
            return;
        }
        self.slots.retain(|_, slot| self.is_fresh(slot, now));
        if self.slots.len() >= self.most {
            self.slots.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Shelf;

    fn shelf() -> Shelf<&'static str, i32> {
        Shelf::new("test", Duration::from_secs(30), 3)
    }

    #[tokio::test(start_paused = true)]
    async fn a_value_is_fresh_for_a_while_counted_from_the_question() {
        let shelf = shelf();
        let ticket = shelf.get(&"a").unwrap_err();
        tokio::time::advance(Duration::from_secs(10)).await;
        shelf.store(&"a", ticket, 1);
        tokio::time::advance(Duration::from_secs(19)).await;
        assert_eq!(shelf.get(&"a").ok(), Some(1));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(shelf.get(&"a").is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_forgotten_meanwhile_is_not_stored() {
        let shelf = shelf();
        let ticket = shelf.get(&"a").unwrap_err();
        shelf.forget(&"a");
        shelf.store(&"a", ticket, 1);
        let newer = shelf.get(&"a").unwrap_err();
        shelf.store(&"a", ticket, 1);
        assert!(shelf.get(&"a").is_err());
        shelf.store(&"a", newer, 2);
        assert_eq!(shelf.get(&"a").ok(), Some(2));
    }

    #[tokio::test(start_paused = true)]
    async fn it_never_grows_beyond_its_size() {
        let shelf = shelf();
        for key in ["a", "b", "c", "d", "e", "f", "g"] {
            if let Err(ticket) = shelf.get(&key) {
                shelf.store(&key, ticket, 1);
            }
            assert!(shelf.slots.len() <= 3);
        }
    }
}
