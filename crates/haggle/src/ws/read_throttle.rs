//! How fast a client may send frames. The server reads a faster client more slowly, and TCP carries
//! the pressure back to it.

use std::time::Duration;

use tokio::time::Instant;

/// Frames that may come at once.
const BURST: u32 = 200;
/// Time in which one more may come.
const ONE_EVERY: Duration = Duration::from_millis(20);
/// What each piece of a resume costs, in frames.
pub const RESUME_COST: u32 = 10;

/// A bucket of tokens, kept as the moment when it will be full again.
#[derive(Debug)]
pub struct ReadThrottle {
    full_at: Instant,
}

impl ReadThrottle {
    pub fn new(now: Instant) -> Self {
        Self { full_at: now }
    }

    pub fn spend(&mut self, frames: u32, now: Instant) {
        self.full_at = self.full_at.max(now) + ONE_EVERY * frames;
    }

    /// When the next frame may be read; a moment in the past means now.
    pub fn next_at(&self) -> Instant {
        // An `Instant` does not go below zero, the burst is counted from the other side.
        self.full_at
            .checked_sub(ONE_EVERY * (BURST - 1))
            .unwrap_or(self.full_at)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{BURST, ONE_EVERY, ReadThrottle};

    #[test]
    fn a_burst_is_free_and_then_it_drips() {
        let start = Instant::now() + Duration::from_mins(1);
        let mut pace = ReadThrottle::new(start);
        for _ in 1..BURST {
            pace.spend(1, start);
            assert!(pace.next_at() <= start);
        }
        pace.spend(1, start);
        assert_eq!(pace.next_at(), start + ONE_EVERY);
        let later = start + Duration::from_hours(1);
        pace.spend(1, later);
        assert!(pace.next_at() < later);
    }
}
