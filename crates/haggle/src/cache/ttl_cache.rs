//! A bounded map whose values are fresh for a while, and never stored when something
//! made them untrue while they were being computed.

use std::{
    fmt,
    hash::Hash,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    time::Duration,
};

use dashmap::DashMap;
use tokio::time::Instant;

use super::outcome::count;
use crate::eviction::{Evictable, EvictionQueue};

/// The right to store what is computed now, as long as nobody forgets the key meanwhile.
#[derive(Clone, Copy, Debug)]
pub struct Ticket {
    pub number: u64,
    pub began: Instant,
}

struct Entry<V> {
    number: u64,
    value: Option<V>,
    since: Instant,
    /// Since it was last asked to go.
    is_used: AtomicBool,
}

pub struct TtlCache<K, V> {
    name: &'static str,
    entries: DashMap<K, Entry<V>>,
    fresh_for: Duration,
    most: usize,
    numbers: AtomicU64,
    evictions: EvictionQueue<K>,
}

impl<K: Eq + Hash, V> fmt::Debug for TtlCache<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TtlCache")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl<K: Eq + Hash + Clone, V: Clone> TtlCache<K, V> {
    /// Keeps at most so many values.
    pub fn new(name: &'static str, fresh_for: Duration, most: usize) -> Self {
        Self {
            name,
            entries: DashMap::new(),
            fresh_for,
            most,
            numbers: AtomicU64::new(0),
            evictions: EvictionQueue::default(),
        }
    }

    /// The value, or a ticket to compute it.
    pub fn get(&self, key: &K) -> Result<V, Ticket> {
        self.get_if(key, |_| true)
    }

    /// The same for a value that is still true.
    pub fn get_if(&self, key: &K, is_true: impl Fn(&V) -> bool) -> Result<V, Ticket> {
        let began = Instant::now();
        let kept = self.entries.get(key);
        let kept = kept.filter(|entry| self.is_fresh(entry, began));
        let kept = kept.and_then(|entry| {
            let value = entry.value.clone().filter(&is_true)?;
            entry.is_used.store(true, Ordering::Relaxed);
            Some(value)
        });
        if let Some(value) = kept {
            count(self.name, "hit");
            return Ok(value);
        }
        count(self.name, "miss");
        let new = self.numbers.fetch_add(1, Ordering::Relaxed);
        let empty = || Entry {
            number: new,
            value: None,
            since: began,
            is_used: AtomicBool::new(false),
        };
        let number = self.entries.entry(key.clone()).or_insert_with(empty).number;
        if number == new {
            self.evictions.admit(key.clone(), number, self);
        }
        Err(Ticket { number, began })
    }

    /// Stores what was computed, unless the key was forgotten since the ticket was given.
    pub fn store(&self, key: &K, ticket: Ticket, value: V) {
        if let Some(mut entry) = self.entries.get_mut(key)
            && entry.number == ticket.number
        {
            entry.value = Some(value);
            entry.since = ticket.began;
        }
    }

    pub fn forget(&self, key: &K) {
        self.entries.remove(key);
    }

    pub fn clear(&self) {
        self.entries.clear();
    }

    fn is_fresh(&self, entry: &Entry<V>, now: Instant) -> bool {
        now.duration_since(entry.since) < self.fresh_for
    }
}

impl<K: Eq + Hash + Clone, V: Clone> Evictable<K> for &TtlCache<K, V> {
    fn count(&self) -> usize {
        self.entries.len()
    }

    fn is_too_full(&self) -> bool {
        self.entries.len() > self.most
    }

    fn contains(&self, key: &K, number: u64) -> bool {
        let entry = self.entries.get(key);
        entry.is_some_and(|entry| entry.number == number)
    }

    fn evict(&mut self, key: &K, number: u64, forced: bool) -> bool {
        let is_spared = |entry: &Entry<V>| {
            let is_used = entry.is_used.swap(false, Ordering::Relaxed);
            is_used && !forced && self.is_fresh(entry, Instant::now())
        };
        let mut spared = false;
        self.entries.remove_if(key, |_, entry| {
            let is_it = entry.number == number;
            spared = is_it && is_spared(entry);
            is_it && !spared
        });
        !spared
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::TtlCache;

    fn cache() -> TtlCache<&'static str, i32> {
        TtlCache::new("test", Duration::from_secs(30), 3)
    }

    #[tokio::test(start_paused = true)]
    async fn a_value_is_fresh_for_a_while_counted_from_the_question() {
        let cache = cache();
        let ticket = cache.get(&"a").unwrap_err();
        tokio::time::advance(Duration::from_secs(10)).await;
        cache.store(&"a", ticket, 1);
        tokio::time::advance(Duration::from_secs(19)).await;
        assert_eq!(cache.get(&"a").ok(), Some(1));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert!(cache.get(&"a").is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_forgotten_meanwhile_is_not_stored() {
        let cache = cache();
        let ticket = cache.get(&"a").unwrap_err();
        cache.forget(&"a");
        cache.store(&"a", ticket, 1);
        let newer = cache.get(&"a").unwrap_err();
        cache.store(&"a", ticket, 1);
        assert!(cache.get(&"a").is_err());
        cache.store(&"a", newer, 2);
        assert_eq!(cache.get(&"a").ok(), Some(2));
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_cache_lets_one_go_for_one_that_comes() {
        let cache = cache();
        for (count, key) in ["a", "b", "c", "d", "e", "f", "g"].into_iter().enumerate() {
            let ticket = cache.get(&key).unwrap_err();
            cache.store(&key, ticket, 1);
            assert_eq!(cache.entries.len(), (count + 1).min(3));
            let _ = cache.get(&"a");
        }
        assert!(cache.get(&"a").is_ok(), "it was used all the time");
        assert!(cache.get(&"g").is_ok());
        assert!(cache.get(&"b").is_err());
    }
}
