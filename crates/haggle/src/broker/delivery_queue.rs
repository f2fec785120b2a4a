//! The bounded queue in front of the sockets of this server. Whoever publishes never waits: what
//! finds no room is lost, and the task behind the queue makes every socket here refetch.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use metrics::{Counter, Gauge, counter, describe_counter, describe_gauge, gauge};
use tokio::sync::mpsc;

/// Things that may wait for their delivery.
const CAPACITY: usize = 8192;

#[derive(Debug)]
pub struct DeliveryQueue<T> {
    sender: mpsc::Sender<T>,
    has_lost: Arc<AtomicBool>,
    overflows: Counter,
}

/// The other end, for the one task that delivers.
#[derive(Debug)]
pub struct Deliveries<T> {
    receiver: mpsc::Receiver<T>,
    has_lost: Arc<AtomicBool>,
    waiting: Gauge,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Next<T> {
    Deliver(T),
    /// Something found no room, and what waited before it is dropped: a fetch after the reset
    /// shows both.
    Reset,
}

impl<T> DeliveryQueue<T> {
    pub fn new() -> (Self, Deliveries<T>) {
        describe_counter!(
            "haggle_bus_overflows_total",
            "Events that found no room in the queue"
        );
        describe_gauge!("haggle_bus_queue", "Events that wait for their delivery");
        let (sender, receiver) = mpsc::channel(CAPACITY);
        let has_lost = Arc::new(AtomicBool::new(false));
        let queue = Self {
            sender,
            has_lost: has_lost.clone(),
            overflows: counter!("haggle_bus_overflows_total"),
        };
        let deliveries = Deliveries {
            receiver,
            has_lost,
            waiting: gauge!("haggle_bus_queue"),
        };
        (queue, deliveries)
    }

    /// Never waits.
    pub fn push(&self, item: T) {
        if self.sender.try_send(item).is_err() {
            self.has_lost.store(true, Ordering::Release);
            self.overflows.increment(1);
        }
    }

    /// For callers that may wait for room.
    pub async fn push_when_there_is_room(&self, item: T) {
        // The task behind the queue ends last.
        let _ = self.sender.send(item).await;
    }
}

impl<T> Deliveries<T> {
    /// Waits for the next thing to do; `None`: nobody publishes any more. Nothing is lost when the
    /// wait is given up.
    pub async fn next(&mut self) -> Option<Next<T>> {
        let item = self.receiver.recv().await?;
        #[expect(clippy::cast_precision_loss, reason = "the queue is short")]
        self.waiting.set(self.receiver.len() as f64);
        if !self.has_lost.swap(false, Ordering::AcqRel) {
            return Some(Next::Deliver(item));
        }
        tracing::warn!("the delivery queue was full; every socket here refetches");
        while self.receiver.try_recv().is_ok() {}
        Some(Next::Reset)
    }
}

#[cfg(test)]
mod tests {
    use super::{CAPACITY, DeliveryQueue, Next};

    #[tokio::test]
    async fn what_finds_no_room_resets_and_what_comes_later_is_delivered() {
        let (queue, mut deliveries) = DeliveryQueue::new();
        queue.push(0);
        assert_eq!(deliveries.next().await, Some(Next::Deliver(0)));
        for number in 0..=CAPACITY {
            queue.push(number);
        }
        assert_eq!(deliveries.next().await, Some(Next::Reset));
        queue.push(7);
        assert_eq!(deliveries.next().await, Some(Next::Deliver(7)));
        drop(queue);
        assert_eq!(deliveries.next().await, None);
    }
}
