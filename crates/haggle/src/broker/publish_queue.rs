//! What this server has to publish, in order, until Redis has it. Bounded: what does not fit is in
//! the database, and the others are told to look there.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chat::{
    event::{Event, EventKind},
    ids::UserId,
};
use metrics::{Counter, Gauge, counter, describe_counter, describe_gauge, gauge};
use tokio::{
    sync::{Notify, oneshot},
    time::Instant,
};

/// Things that may wait for Redis.
const MOST: usize = 16_384;
/// Bytes of messages that may wait for Redis, roughly.
const MOST_BYTES: usize = 32 << 20;

#[derive(Clone, Debug)]
pub enum Item {
    Event(Arc<Event>),
    /// This socket of the user is one too many.
    Close {
        user: UserId,
        node: String,
        socket: u64,
    },
    /// A socket of ours is gone.
    Left {
        user: UserId,
        socket: u64,
    },
}

#[derive(Debug)]
pub struct PublishQueue {
    waiting: Mutex<Waiting>,
    wake: Notify,
    depth: Gauge,
    overflows: Counter,
}

#[derive(Debug)]
struct Waiting {
    items: VecDeque<(u64, Item)>,
    bytes: usize,
    next: u64,
    /// The caches of the others know of everything below this number, or it was given up.
    known: u64,
    /// Who waits until the caches know of everything below a number. It only goes up.
    watchers: VecDeque<(u64, oneshot::Sender<()>)>,
    /// Since when others have missed something that only the database can tell them now.
    missed_since: Option<Instant>,
}

impl Default for PublishQueue {
    fn default() -> Self {
        describe_gauge!("haggle_redis_queue", "Events that wait for Redis");
        describe_counter!(
            "haggle_redis_overflows_total",
            "Times that events for other nodes found no room, and are left to the database"
        );
        Self {
            waiting: Mutex::new(Waiting {
                items: VecDeque::new(),
                bytes: 0,
                next: 1,
                known: 1,
                watchers: VecDeque::new(),
                missed_since: None,
            }),
            wake: Notify::new(),
            depth: gauge!("haggle_redis_queue"),
            overflows: counter!("haggle_redis_overflows_total"),
        }
    }
}

impl PublishQueue {
    /// Never waits.
    pub fn add(&self, item: Item) {
        let mut waiting = self.lock();
        waiting.bytes += bytes(&item);
        let number = waiting.next;
        waiting.next += 1;
        waiting.items.push_back((number, item));
        if waiting.items.len() > MOST || waiting.bytes > MOST_BYTES {
            waiting.shed();
            self.overflows.increment(1);
        }
        #[expect(clippy::cast_precision_loss, reason = "the queue is short")]
        self.depth.set(waiting.items.len() as f64);
        drop(waiting);
        self.wake.notify_one();
    }

    /// The oldest, at most so many; and how long ago the first was shed that nobody was told.
    /// They stay until [`Self::published`].
    pub fn oldest(&self, most: usize) -> (Vec<(u64, Item)>, Option<Instant>) {
        let waiting = self.lock();
        let items = waiting.items.iter().take(most).cloned().collect();
        (items, waiting.missed_since)
    }

    /// Waits until there is something to publish. For one task only.
    pub async fn something(&self) {
        while self.is_empty() {
            self.wake.notified().await;
        }
    }

    pub fn is_empty(&self) -> bool {
        let waiting = self.lock();
        waiting.items.is_empty() && waiting.missed_since.is_none()
    }

    /// Redis has these, and what was shed at that time.
    pub fn published(&self, last: Option<u64>, missed: Option<Instant>) {
        let mut waiting = self.lock();
        if let Some(last) = last {
            while waiting
                .items
                .front()
                .is_some_and(|(number, _)| *number <= last)
            {
                waiting.forget_first();
            }
        }
        if waiting.missed_since == missed {
            waiting.missed_since = None;
        }
        let below = waiting
            .items
            .front()
            .map_or(waiting.next, |(number, _)| *number);
        #[expect(clippy::cast_precision_loss, reason = "the queue is short")]
        self.depth.set(waiting.items.len() as f64);
        waiting.caches_know(below);
    }

    /// What the caches of the others do not know of yet, the oldest, at most so many.
    pub fn unknown(&self, most: usize) -> Vec<(u64, Item)> {
        let waiting = self.lock();
        let first = (waiting.items).partition_point(|(number, _)| *number < waiting.known);
        waiting.items.range(first..).take(most).cloned().collect()
    }

    /// The caches of the others know of this and what is before, though nobody was told.
    pub fn caches_know(&self, last: u64) {
        self.lock().caches_know(last + 1);
    }

    /// Waits until something more was added. For one task only, and it may be woken for nothing.
    pub async fn more(&self) {
        self.wake.notified().await;
    }

    /// Redis answers, but does not take this: whoever should have heard looks into the database.
    pub fn refused(&self, last: Option<u64>) {
        let mut waiting = self.lock();
        waiting.missed_since.get_or_insert_with(Instant::now);
        drop(waiting);
        self.overflows.increment(1);
        self.published(last, None);
    }

    /// Answers when the caches of the others know of what is here now; `None` when they do.
    pub fn known(&self) -> Option<oneshot::Receiver<()>> {
        let mut waiting = self.lock();
        let below = waiting.next;
        if waiting.known >= below {
            return None;
        }
        let (tell, known) = oneshot::channel();
        waiting.watchers.push_back((below, tell));
        Some(known)
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // Nothing under this lock panics half-way.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    /// Keeps only what the database cannot tell, and nothing when that is too much as well.
    fn shed(&mut self) {
        self.missed_since.get_or_insert_with(Instant::now);
        self.items.retain(|(_, item)| !is_in_the_database(item));
        if self.items.len() > MOST / 2 {
            self.items.clear();
        }
        self.bytes = self.items.iter().map(|(_, item)| bytes(item)).sum();
    }

    fn caches_know(&mut self, below: u64) {
        self.known = self.known.max(below);
        while (self.watchers.front()).is_some_and(|(below, _)| *below <= self.known) {
            if let Some((_, tell)) = self.watchers.pop_front() {
                // Who has lost patience is gone.
                let _ = tell.send(());
            }
        }
    }

    fn forget_first(&mut self) {
        if let Some((_, item)) = self.items.pop_front() {
            self.bytes -= bytes(&item);
        }
    }
}

/// Or of no interest a moment later.
fn is_in_the_database(item: &Item) -> bool {
    let Item::Event(event) = item else {
        return false;
    };
    event.kind.revision().is_some() || event.kind.is_brief()
}

fn bytes(item: &Item) -> usize {
    let Item::Event(event) = item else {
        return 200;
    };
    let more = match &event.kind {
        EventKind::Message { message, .. } | EventKind::MessageUpdated { message, .. } => {
            message.text.len()
        }
        _ => 0,
    };
    500 + 40 * event.audience.len() + more
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chat::{
        event::{Event, EventKind},
        ids::{ConversationId, UserId},
        timestamp::Timestamp,
    };

    use super::{Item, MOST, PublishQueue};

    fn event(kind: EventKind) -> Item {
        let audience = vec![UserId::new("anna")];
        Item::Event(Arc::new(Event { audience, kind }))
    }

    fn read(rev: i64) -> Item {
        event(EventKind::Read {
            conversation: ConversationId::new("c1"),
            rev,
            user: UserId::new("ben"),
            last_read_seq: rev,
            read_at: Timestamp::from_micros(0),
        })
    }

    fn reset() -> Item {
        let conversation = Some(ConversationId::new("c2"));
        event(EventKind::Reset { conversation })
    }

    #[tokio::test]
    async fn items_stay_until_they_are_published_and_in_order() {
        let queue = PublishQueue::default();
        (1..=5).for_each(|rev| queue.add(read(rev)));
        let numbers = |most| {
            let (items, _) = queue.oldest(most);
            items
                .into_iter()
                .map(|(number, _)| number)
                .collect::<Vec<_>>()
        };
        assert_eq!(numbers(3), [1, 2, 3]);
        assert_eq!(numbers(9), [1, 2, 3, 4, 5]);
        queue.published(Some(3), None);
        assert_eq!(numbers(9), [4, 5]);
        queue.published(Some(5), None);
        assert!(queue.is_empty() && queue.known().is_none());
    }

    #[tokio::test]
    async fn who_waits_for_the_caches_does_not_wait_for_the_others() {
        let queue = PublishQueue::default();
        (1..=3).for_each(|rev| queue.add(read(rev)));
        let mut known = queue.known().unwrap();
        queue.caches_know(2);
        assert!(known.try_recv().is_err(), "one is still unknown");
        assert_eq!(queue.unknown(9)[0].0, 3);
        queue.caches_know(3);
        known.await.unwrap();
        assert!(queue.known().is_none() && queue.unknown(9).is_empty());
        assert_eq!(queue.oldest(9).0.len(), 3, "all are still to be published");
    }

    #[tokio::test]
    async fn what_does_not_fit_is_left_to_the_database_unless_it_is_not_there() {
        let queue = PublishQueue::default();
        queue.add(reset());
        for rev in 0..=i64::try_from(MOST).unwrap() {
            queue.add(read(rev));
        }
        let (items, missed) = queue.oldest(MOST);
        assert!(missed.is_some());
        assert_eq!(
            items.len(),
            2,
            "the reset, and what came after there was room"
        );
        assert_eq!(items[0].0, 1);
        queue.published(Some(items[1].0), missed);
        assert!(queue.is_empty());

        for _ in 0..3 * MOST {
            queue.add(reset());
        }
        let (items, missed) = queue.oldest(usize::MAX);
        assert!(missed.is_some() && items.len() <= MOST);
    }

    #[tokio::test]
    async fn what_redis_does_not_take_is_left_to_the_database() {
        let queue = PublishQueue::default();
        queue.add(read(1));
        queue.refused(Some(1));
        let (items, missed) = queue.oldest(9);
        assert!(items.is_empty() && missed.is_some());
        queue.published(None, missed);
        assert!(queue.is_empty());
    }
}
