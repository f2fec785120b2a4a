//! A clock that obeys.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chat::timestamp::{Clock, Timestamp};

/// 2026-03-02T08:00:00Z.
const START_MICROS: i64 = 1_772_438_400_000_000;

/// Stands still until it is moved. Its ids have the shape of UUIDv7 and ascend
/// in the order of making, whatever the time is.
#[derive(Debug)]
pub struct FakeClock {
    micros: AtomicI64,
    ids: AtomicU64,
}

impl FakeClock {
    pub fn new() -> Self {
        Self {
            micros: AtomicI64::new(START_MICROS),
            ids: AtomicU64::new(0),
        }
    }

    pub fn set(&self, now: Timestamp) {
        self.micros.store(now.micros(), Ordering::SeqCst);
    }

    /// Negative values set it back.
    pub fn advance_micros(&self, micros: i64) {
        self.micros.fetch_add(micros, Ordering::SeqCst);
    }

    pub fn advance_seconds(&self, seconds: i64) {
        self.advance_micros(seconds.saturating_mul(1_000_000));
    }
}

impl Default for FakeClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(self.micros.load(Ordering::SeqCst))
    }

    fn new_id(&self) -> String {
        let count = self.ids.fetch_add(1, Ordering::SeqCst) + 1;
        format!("01900000-0000-7000-8000-{count:012x}")
    }
}

#[cfg(test)]
mod tests {
    use super::FakeClock;
    use chat::timestamp::Clock;

    #[test]
    fn it_moves_when_told_and_counts_ids() {
        let clock = FakeClock::new();
        assert_eq!(clock.now().to_string(), "2026-03-02T08:00:00.000Z");
        clock.advance_seconds(-1);
        clock.advance_micros(2_000);
        assert_eq!(clock.now().to_string(), "2026-03-02T07:59:59.002Z");

        let ids = [clock.new_id(), clock.new_id()];
        assert!(ids.is_sorted());
        for id in ids {
            assert_eq!(uuid::Uuid::parse_str(&id).unwrap().get_version_num(), 7);
        }
    }
}
