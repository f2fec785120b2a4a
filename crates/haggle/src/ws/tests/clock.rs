//! The time of tokio as the time of the world.

use std::sync::atomic::{AtomicU64, Ordering};

use chat::timestamp::{Clock, Timestamp};
use tokio::time::Instant;

/// Goes with the time of tokio, paused or not.
pub struct TestClock {
    start: Instant,
    ids: AtomicU64,
}

impl TestClock {
    pub fn new() -> Self {
        Self {
            start: Instant::now(),
            ids: AtomicU64::new(1),
        }
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        let micros = i64::try_from(self.start.elapsed().as_micros()).unwrap();
        Timestamp::from_micros(1_800_000_000_000_000 + micros)
    }

    fn new_id(&self) -> String {
        let count = self.ids.fetch_add(1, Ordering::SeqCst);
        format!("01900000-0000-7000-8000-{count:012x}")
    }
}
