//! What a full cache lets go: the entries that came first and were not used since, one at a time. A
//! cache never empties itself because one more entry wants in.

use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Entries that are passed over for one that comes; after that, use does not save one.
const CHANCES: usize = 16;
/// The queue may be longer than the cache by so much: it does not notice when entries are forgotten.
const SLACK: usize = 1_024;

/// The entries of a cache in the order in which they came. Each has a number of its own, so that a
/// key that was forgotten and came back is another entry.
#[derive(Debug)]
pub struct EvictionQueue<K> {
    entries: Mutex<VecDeque<(K, u64)>>,
}

/// A cache that is asked to let something go.
pub trait Evictable<K> {
    fn count(&self) -> usize;

    /// One entry too many is there.
    fn is_too_full(&self) -> bool;

    fn contains(&self, key: &K, number: u64) -> bool;

    /// Removes this entry, if it is there. `false`: it stays, because it is needed, or was used
    /// since it was last asked for and is not `forced`.
    fn evict(&mut self, key: &K, number: u64, forced: bool) -> bool;
}

impl<K> Default for EvictionQueue<K> {
    fn default() -> Self {
        Self {
            entries: Mutex::default(),
        }
    }
}

impl<K> EvictionQueue<K> {
    /// This entry has come into the cache: others go until it is no longer too full.
    pub fn admit(&self, key: K, number: u64, cache: impl Evictable<K>) {
        self.lock().push_back((key, number));
        self.shrink(cache);
    }

    /// Entries go until the cache is no longer too full.
    pub fn shrink(&self, mut cache: impl Evictable<K>) {
        let mut entries = self.lock();
        let mut chances = CHANCES;
        for _ in 0..entries.len() {
            if !cache.is_too_full() {
                break;
            }
            let Some((key, number)) = entries.pop_front() else {
                break;
            };
            if !cache.evict(&key, number, chances == 0) {
                chances = chances.saturating_sub(1);
                entries.push_back((key, number));
            }
        }
        if entries.len() > 2 * cache.count() + SLACK {
            entries.retain(|(key, number)| cache.contains(key, *number));
        }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(K, u64)>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{CHANCES, Evictable, EvictionQueue, SLACK};

    #[derive(Default)]
    struct Cache {
        /// The number, and whether it was used.
        entries: BTreeMap<u64, (u64, bool)>,
        queue: EvictionQueue<u64>,
    }

    impl Evictable<u64> for &mut BTreeMap<u64, (u64, bool)> {
        fn count(&self) -> usize {
            BTreeMap::len(self)
        }

        fn is_too_full(&self) -> bool {
            BTreeMap::len(self) > 100
        }

        fn contains(&self, key: &u64, number: u64) -> bool {
            self.get(key).is_some_and(|entry| entry.0 == number)
        }

        fn evict(&mut self, key: &u64, number: u64, forced: bool) -> bool {
            match self.get_mut(key) {
                Some((known, used)) if *known == number => {
                    if *used && !forced {
                        *used = false;
                        return false;
                    }
                    self.remove(key);
                    true
                }
                _ => true,
            }
        }
    }

    impl Cache {
        fn add(&mut self, key: u64, number: u64) {
            self.entries.insert(key, (number, false));
            self.queue.admit(key, number, &mut self.entries);
        }

        fn use_all(&mut self) {
            self.entries.values_mut().for_each(|entry| entry.1 = true);
        }
    }

    #[test]
    fn one_comes_and_one_goes_the_oldest_that_nobody_used() {
        let mut cache = Cache::default();
        for key in 0..100 {
            cache.add(key, key);
        }
        cache.entries.get_mut(&0).unwrap().1 = true;
        cache.add(100, 100);
        assert_eq!(cache.entries.len(), 100);
        assert!(cache.entries.contains_key(&0) && !cache.entries.contains_key(&1));
        cache.use_all();
        cache.add(101, 101);
        assert_eq!(cache.entries.len(), 100);
        assert!(cache.entries.contains_key(&101), "also when all were used");
        let spared = cache.entries.values().filter(|entry| !entry.1).count();
        assert_eq!(spared, CHANCES + 1);
    }

    #[test]
    fn what_is_forgotten_and_comes_back_is_new_and_leaves_nothing_behind() {
        let mut cache = Cache::default();
        for number in 0..10_000 {
            cache.entries.remove(&(number % 7));
            cache.add(number % 7, number);
        }
        assert_eq!(cache.entries.len(), 7, "none goes while there is room");
        let left = cache.queue.entries.lock().unwrap().len();
        assert!(left <= 14 + SLACK, "{left}");
    }
}
