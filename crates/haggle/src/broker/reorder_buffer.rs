//! Two servers commit one after the other, and their events may overtake each other on the way to a
//! third. An event that is ahead waits a moment for those between. Nothing is dropped: what comes
//! too late is delivered late, and readers know what to do with it.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap, HashMap},
    time::Duration,
};

use chat::ids::{ConversationId, UserId};
use tokio::time::Instant;

use crate::eviction::{Evictable, EvictionQueue};

/// The longest that an event waits for those that are missing before it.
const HOLD: Duration = Duration::from_millis(500);
/// The longest that the first event of a conversation waits: nobody knows whether one is missing.
const FIRST_HOLD: Duration = Duration::from_millis(30);
/// Events that wait at most, all together.
const MOST_HELD: usize = 4_096;
/// Conversations of users whose last `rev` is remembered.
const MOST_KNOWN: usize = 50_000;
/// After so long what is missing was not overtaken: this server had nobody to tell it to.
const PAUSE: Duration = Duration::from_secs(2);

/// Each user hears each conversation in order.
pub type Key = (UserId, ConversationId);

pub struct ReorderBuffer<T> {
    known: HashMap<Key, Known<T>>,
    /// When somebody has waited long enough, soonest first.
    ends: BinaryHeap<Reverse<(Instant, Key)>>,
    held: usize,
    next: u64,
    evictions: EvictionQueue<Key>,
}

struct Known<T> {
    number: u64,
    is_used: bool,
    /// The last that was delivered; `None`: none yet.
    rev: Option<i64>,
    at: Instant,
    /// By `rev`; several may have the same.
    waiting: BTreeMap<i64, Vec<(Instant, T)>>,
}

impl<T> Default for ReorderBuffer<T> {
    fn default() -> Self {
        Self {
            known: HashMap::new(),
            ends: BinaryHeap::new(),
            held: 0,
            next: 0,
            evictions: EvictionQueue::default(),
        }
    }
}

impl<T> ReorderBuffer<T> {
    /// Adds to `ready` what can be delivered now.
    pub fn arrive(&mut self, key: Key, rev: i64, item: T, now: Instant, ready: &mut Vec<T>) {
        let is_full = self.held >= MOST_HELD;
        let known = self.known(&key, now);
        let is_fresh = now.duration_since(known.at) < PAUSE;
        known.at = now;
        let hold = match known.rev {
            _ if is_full || rev <= 1 => None,
            Some(last) if rev <= last + 1 => None,
            Some(_) if is_fresh => Some(HOLD),
            _ => Some(FIRST_HOLD),
        };
        if let Some(hold) = hold {
            let end = now + hold;
            known.waiting.entry(rev).or_default().push((end, item));
            self.held += 1;
            self.ends.push(Reverse((end, key)));
            return;
        }
        ready.push(item);
        let taken = known.follow(rev, ready);
        self.held -= taken;
    }

    /// Adds it to `ready` behind those that wait for what nobody will send: it waits for nothing.
    pub fn pass(&mut self, key: &Key, rev: i64, item: T, now: Instant, ready: &mut Vec<T>) {
        self.skip_to(key, rev - 1, now, ready);
        ready.push(item);
        self.skip_to(key, rev, now, ready);
    }

    /// The reader is told the conversation as it was at this `rev`.
    pub fn skip_to(&mut self, key: &Key, rev: i64, now: Instant, ready: &mut Vec<T>) {
        let taken = self.known(key, now).follow(rev, ready);
        self.held -= taken;
    }

    /// Adds what has waited long enough.
    pub fn give_up(&mut self, now: Instant, ready: &mut Vec<T>) {
        while let Some((end, key)) = self.first_end(now) {
            if let Some(known) = self.known.get_mut(&key) {
                self.held -= known.give_up(end, ready);
            }
        }
    }

    /// When to look for those who have waited long enough.
    pub fn next_end(&self) -> Option<Instant> {
        self.ends.peek().map(|Reverse((end, _))| *end)
    }

    /// Takes the first end that is over.
    fn first_end(&mut self, now: Instant) -> Option<(Instant, Key)> {
        self.next_end().filter(|end| *end <= now)?;
        self.ends.pop().map(|Reverse(first)| first)
    }

    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What is known of this conversation of this user; another one may be forgotten for it.
    fn known(&mut self, key: &Key, now: Instant) -> &mut Known<T> {
        if let Some(known) = self.known.get_mut(key) {
            known.is_used = true;
        } else {
            self.next += 1;
            let known = Known::new(self.next, now);
            self.known.insert(key.clone(), known);
            let evictions = &self.evictions;
            evictions.admit(key.clone(), self.next, &mut self.known);
        }
        let next = self.next;
        let known = self.known.entry(key.clone());
        known.or_insert_with(|| Known::new(next, now))
    }
}

impl<T> Evictable<Key> for &mut HashMap<Key, Known<T>> {
    fn count(&self) -> usize {
        HashMap::len(self)
    }

    fn is_too_full(&self) -> bool {
        HashMap::len(self) > MOST_KNOWN
    }

    fn contains(&self, key: &Key, number: u64) -> bool {
        self.get(key).is_some_and(|known| known.number == number)
    }

    fn evict(&mut self, key: &Key, _: u64, forced: bool) -> bool {
        if let Some(known) = self.get_mut(key) {
            let is_used = std::mem::take(&mut known.is_used) && !forced;
            if is_used || !known.waiting.is_empty() {
                return false;
            }
        }
        self.remove(key);
        true
    }
}

impl<T> Known<T> {
    fn new(number: u64, at: Instant) -> Self {
        Self {
            number,
            is_used: false,
            rev: None,
            at,
            waiting: BTreeMap::new(),
        }
    }

    /// This `rev` is delivered: takes what it leaves behind, and what follows without a gap.
    /// Returns how many.
    fn follow(&mut self, rev: i64, ready: &mut Vec<T>) -> usize {
        let mut last = self.rev.map_or(rev, |last| last.max(rev));
        let mut taken = 0;
        while let Some(first) = self.waiting.first_entry() {
            if *first.key() > last + 1 {
                break;
            }
            last = last.max(*first.key());
            let items = first.remove();
            taken += items.len();
            ready.extend(items.into_iter().map(|(_, item)| item));
        }
        self.rev = Some(last);
        taken
    }

    /// Takes everything up to the last one that has waited until now. Returns how many.
    fn give_up(&mut self, now: Instant, ready: &mut Vec<T>) -> usize {
        let is_over = |items: &Vec<(Instant, T)>| items.iter().any(|(end, _)| *end <= now);
        let over = self.waiting.iter().rev().find(|(_, items)| is_over(items));
        match over.map(|(rev, _)| *rev) {
            Some(rev) => self.follow(rev, ready),
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chat::ids::{ConversationId, UserId};
    use tokio::time::Instant;

    use super::{FIRST_HOLD, HOLD, MOST_HELD, MOST_KNOWN, PAUSE, ReorderBuffer};

    fn key(user: &str) -> super::Key {
        (UserId::new(user), ConversationId::new("c1"))
    }

    struct Line {
        order: ReorderBuffer<i64>,
        now: Instant,
    }

    impl Line {
        fn new() -> Self {
            let (order, now) = (ReorderBuffer::default(), Instant::now());
            Self { order, now }
        }

        fn arrive(&mut self, user: &str, rev: i64) -> Vec<i64> {
            let mut ready = Vec::new();
            self.order.arrive(key(user), rev, rev, self.now, &mut ready);
            ready
        }

        /// Nothing is known before it.
        fn begin(&mut self, user: &str, rev: i64) {
            assert_eq!(self.arrive(user, rev), [] as [i64; 0]);
            assert_eq!(self.wait(FIRST_HOLD), [rev]);
        }

        fn wait(&mut self, time: Duration) -> Vec<i64> {
            let mut ready = Vec::new();
            self.now += time;
            self.order.give_up(self.now, &mut ready);
            ready
        }
    }

    #[test]
    fn whoever_overtakes_waits_for_the_others() {
        let mut line = Line::new();
        line.begin("anna", 5);
        assert_eq!(line.arrive("anna", 8), [] as [i64; 0]);
        assert_eq!(line.arrive("anna", 7), [] as [i64; 0]);
        assert_eq!(line.arrive("anna", 6), [6, 7, 8]);
        assert_eq!(line.wait(HOLD), [] as [i64; 0]);
        assert_eq!(line.order.held, 0);
    }

    #[test]
    fn the_first_one_waits_a_little_for_those_that_it_may_have_overtaken() {
        let mut line = Line::new();
        assert_eq!(line.arrive("anna", 7), [] as [i64; 0]);
        assert_eq!(line.arrive("anna", 6), [] as [i64; 0]);
        assert_eq!(line.wait(FIRST_HOLD), [6, 7]);
        assert_eq!(line.arrive("anna", 8), [8]);
        assert_eq!(line.arrive("ben", 1), [1], "before the first there is none");
    }

    #[test]
    fn who_passes_takes_along_those_who_wait() {
        let mut line = Line::new();
        line.begin("anna", 5);
        assert_eq!(line.arrive("anna", 8), [] as [i64; 0]);
        let mut ready = Vec::new();
        line.order.pass(&key("anna"), 11, 11, line.now, &mut ready);
        assert_eq!(ready, [8, 11]);
        assert_eq!(line.arrive("anna", 12), [12]);
        assert_eq!(line.order.held, 0);
    }

    #[test]
    fn who_returns_after_a_pause_does_not_wait_for_what_they_missed() {
        let mut line = Line::new();
        line.begin("anna", 5);
        line.wait(PAUSE);
        assert_eq!(line.arrive("anna", 9), [] as [i64; 0]);
        assert_eq!(line.wait(FIRST_HOLD), [9]);
        assert_eq!(line.arrive("anna", 10), [10]);
    }

    #[test]
    fn nobody_waits_for_long_and_who_is_late_still_arrives() {
        let mut line = Line::new();
        assert_eq!(line.arrive("anna", 1), [1]);
        assert_eq!(line.arrive("anna", 4), [] as [i64; 0]);
        assert_eq!(line.wait(HOLD / 2), [] as [i64; 0]);
        assert_eq!(line.arrive("anna", 3), [] as [i64; 0]);
        assert_eq!(
            line.wait(HOLD / 2),
            [3, 4],
            "in order, though one has time left"
        );
        assert_eq!(line.arrive("anna", 2), [2]);
        assert_eq!(line.arrive("anna", 5), [5]);
        assert_eq!(line.wait(HOLD), [] as [i64; 0]);
        assert_eq!((line.order.held, line.order.next_end()), (0, None));
    }

    #[test]
    fn everybody_has_a_line_of_their_own() {
        let mut line = Line::new();
        line.begin("anna", 5);
        line.begin("ben", 7);
        assert_eq!(line.arrive("anna", 7), [] as [i64; 0]);
        assert_eq!(line.arrive("ben", 8), [8]);
        let mut ready = Vec::new();
        line.order.skip_to(&key("anna"), 9, line.now, &mut ready);
        assert_eq!(ready, [7]);
        assert_eq!(line.arrive("anna", 10), [10]);
    }

    #[test]
    fn there_is_room_for_so_many() {
        let mut line = Line::new();
        line.arrive("anna", 1);
        let last = i64::try_from(MOST_HELD).unwrap() + 2;
        for rev in 3..=last {
            assert_eq!(line.arrive("anna", rev), [] as [i64; 0]);
        }
        assert!(!line.arrive("anna", last + 1).is_empty());
        for user in 0..2 * MOST_KNOWN {
            line.arrive(&user.to_string(), 1);
            assert!(line.order.known.len() <= MOST_KNOWN);
        }
        assert_eq!(
            line.order.known.len(),
            MOST_KNOWN,
            "nobody goes but for another"
        );
    }
}
