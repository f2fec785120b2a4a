//! A publisher that keeps events back.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use chat::{event::Event, publisher::Publisher};

use crate::broker::LocalBroker;

/// Passes events on, or keeps them back for a while: between a commit and its event anything may happen.
#[derive(Debug)]
pub struct HeldPublisher {
    broker: Arc<LocalBroker>,
    held: Mutex<Option<VecDeque<Event>>>,
}

impl HeldPublisher {
    pub fn new(broker: Arc<LocalBroker>) -> Self {
        let held = Mutex::new(None);
        Self { broker, held }
    }

    pub fn hold(&self) {
        self.held.lock().unwrap().get_or_insert_default();
    }

    /// Passes on the oldest of those kept back.
    pub fn release(&self, most: usize) {
        let mut held = self.held.lock().unwrap();
        if let Some(held) = &mut *held {
            let most = most.min(held.len());
            held.drain(..most)
                .for_each(|event| self.broker.publish(event));
        }
    }
}

impl Publisher for HeldPublisher {
    fn publish(&self, event: Event) {
        match &mut *self.held.lock().unwrap() {
            Some(held) => held.push_back(event),
            None => self.broker.publish(event),
        }
    }
}
