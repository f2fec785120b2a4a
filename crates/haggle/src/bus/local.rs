//! The bus of a single node: one bounded queue and one task behind it.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chat::{bus::Bus, event::Event};
use metrics::{Counter, Gauge, counter, describe_counter, describe_gauge, gauge};
use tokio::sync::mpsc;

use super::dispatch::Dispatch;

/// Events that may wait for their delivery.
const QUEUE: usize = 8192;

#[derive(Debug)]
pub struct LocalBus {
    dispatch: Dispatch,
    queue: mpsc::Sender<Event>,
    /// An event found no room: everybody here must fetch again.
    has_lost: Arc<AtomicBool>,
    events: Counter,
    overflows: Counter,
}

/// The other end of a [`LocalBus`]: [`Delivery::run`] is its task.
#[derive(Debug)]
pub struct Delivery {
    dispatch: Dispatch,
    queue: mpsc::Receiver<Event>,
    has_lost: Arc<AtomicBool>,
    waiting: Gauge,
}

impl LocalBus {
    pub fn new(dispatch: Dispatch) -> (Arc<Self>, Delivery) {
        describe_counter!("haggle_bus_events_total", "Events with an audience here");
        describe_counter!(
            "haggle_bus_overflows_total",
            "Events that found no room in the queue"
        );
        describe_gauge!("haggle_bus_queue", "Events that wait for their delivery");
        let (sender, receiver) = mpsc::channel(QUEUE);
        let has_lost = Arc::new(AtomicBool::new(false));
        let bus = Self {
            dispatch: dispatch.clone(),
            queue: sender,
            has_lost: has_lost.clone(),
            events: counter!("haggle_bus_events_total"),
            overflows: counter!("haggle_bus_overflows_total"),
        };
        let delivery = Delivery {
            dispatch,
            queue: receiver,
            has_lost,
            waiting: gauge!("haggle_bus_queue"),
        };
        (Arc::new(bus), delivery)
    }
}

impl Bus for LocalBus {
    fn publish(&self, event: Event) {
        self.dispatch.invalidate(&event);
        if !self.dispatch.concerns_us(&event) {
            return;
        }
        self.events.increment(1);
        if self.queue.try_send(event).is_err() {
            self.has_lost.store(true, Ordering::Release);
            self.overflows.increment(1);
        }
    }
}

impl Delivery {
    /// Delivers as long as there is a bus.
    pub async fn run(mut self) {
        while let Some(event) = self.queue.recv().await {
            #[expect(clippy::cast_precision_loss, reason = "the queue is short")]
            self.waiting.set(self.queue.len() as f64);
            if self.has_lost.swap(false, Ordering::AcqRel) {
                self.start_over();
            } else {
                self.dispatch.deliver(event).await;
            }
        }
    }

    /// What waits is older than what was lost, so a fetch after the reset shows both.
    fn start_over(&mut self) {
        tracing::warn!("the bus lost events; every socket here refetches");
        while self.queue.try_recv().is_ok() {}
        self.dispatch.reset_everybody();
    }
}

#[cfg(test)]
mod tests {
    use super::LocalBus;
    use crate::bus::contract;

    #[tokio::test]
    async fn it_holds_the_contract() {
        contract::holds(async |node| {
            let (bus, delivery) = LocalBus::new(node.dispatch());
            tokio::spawn(delivery.run());
            bus as _
        })
        .await;
    }
}
