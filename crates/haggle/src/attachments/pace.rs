//! How slow an upload may be.

use std::time::Duration;

use tokio::time::Instant;

/// Each of these times brings at least [`LEAST_BYTES`].
const WINDOW: Duration = Duration::from_secs(30);
const LEAST_BYTES: u64 = 30 << 10;
/// A whole upload comes at this rate at least, once it has had its first minute.
const BYTES_PER_SECOND: u64 = 16 << 10;
const FIRST: Duration = Duration::from_mins(1);

#[derive(Debug)]
pub struct Pace {
    /// Since then so many bytes came.
    since: Instant,
    bytes: u64,
    end: Instant,
}

impl Pace {
    /// From now on, for an upload of at most so many bytes.
    pub fn new(most_bytes: u64) -> Self {
        let since = Instant::now();
        let end = since + FIRST + Duration::from_secs(most_bytes / BYTES_PER_SECOND);
        let bytes = 0;
        Self { since, bytes, end }
    }

    /// By then something has to come.
    pub fn deadline(&self) -> Instant {
        self.end.min(self.since + WINDOW)
    }

    pub fn heard(&mut self, bytes: usize) {
        self.bytes += u64::try_from(bytes).unwrap_or(u64::MAX);
        if self.bytes >= LEAST_BYTES {
            self.since = Instant::now();
            self.bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::{Instant, advance};

    use super::Pace;

    async fn seconds_of(piece: usize, every: u64) -> u64 {
        let (begin, mut pace) = (Instant::now(), Pace::new(25 << 20));
        let next = |pace: &Pace| pace.deadline().saturating_duration_since(Instant::now());
        while next(&pace) >= Duration::from_secs(every) && begin.elapsed().as_secs() < 10_000 {
            advance(Duration::from_secs(every)).await;
            pace.heard(piece);
        }
        (begin.elapsed() + next(&pace)).as_secs()
    }

    #[tokio::test(start_paused = true)]
    async fn who_drips_is_not_waited_for() {
        assert_eq!(seconds_of(1, 20).await, 30, "a byte every 20 s");
        assert_eq!(seconds_of(1_000, 1).await, 30, "not quite 1 KiB/s");
        assert_eq!(
            seconds_of(1_024, 1).await,
            60 + 1_600,
            "1 KiB/s, to the end"
        );
        assert_eq!(seconds_of(1 << 20, 40).await, 30, "a pause");
    }
}
