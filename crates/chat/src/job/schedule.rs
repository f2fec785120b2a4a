//! When a failed job is tried again.

use std::time::Duration;

/// Seconds before each further try; after the last one the job is dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule(pub &'static [u64]);

/// The most that is added to a pause, as a part of it: those who failed together do not all come
/// back together.
const JITTER: f64 = 0.1;

impl Schedule {
    /// The pause after so many failed attempts, never shorter than the table says. `jitter` is
    /// from 0 to 1. `None`: there are no more tries.
    pub fn pause(self, attempts: u32, jitter: f64) -> Option<Duration> {
        let index = usize::try_from(attempts).ok()?.checked_sub(1)?;
        let pause = Duration::from_secs(*self.0.get(index)?);
        Some(pause + pause.mul_f64(JITTER * jitter.clamp(0.0, 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Schedule;

    #[test]
    fn pauses_follow_the_table_and_then_end() {
        let schedule = Schedule(&[5, 300]);
        assert_eq!(schedule.pause(1, 0.0), Some(Duration::from_secs(5)));
        assert_eq!(schedule.pause(2, 0.0), Some(Duration::from_mins(5)));
        assert_eq!(schedule.pause(3, 0.0), None);
        assert_eq!(schedule.pause(0, 0.0), None);
    }

    #[test]
    fn jitter_makes_a_pause_a_tenth_longer_at_most_and_never_shorter() {
        let schedule = Schedule(&[100]);
        assert_eq!(schedule.pause(1, 1.0), Some(Duration::from_secs(110)));
        assert_eq!(schedule.pause(1, -3.0), Some(Duration::from_secs(100)));
        assert_eq!(schedule.pause(1, 7.0), Some(Duration::from_secs(110)));
    }
}
