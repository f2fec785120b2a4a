//! One token bucket, by the generic cell rate algorithm: ITU-T Recommendation
//! I.371, annex A, in its "continuous-state leaky bucket" form: what is missing, and when
//! that was so. (The "virtual scheduling" form keeps one instant in the future, which a clock
//! that is set back moves away.)

use super::{Decision, LimitedAction, RateLimitStatus};

/// How many tokens a bucket holds when full, and gains in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    pub action: LimitedAction,
    /// 0 is unlimited.
    pub tokens: u32,
    pub window_seconds: u32,
}

impl Quota {
    pub fn is_unlimited(self) -> bool {
        self.tokens == 0
    }

    pub(super) fn unlimited(self) -> RateLimitStatus {
        RateLimitStatus {
            action: self.action,
            quota: 0,
            window_seconds: self.window_seconds,
            remaining: u32::MAX,
            reset_seconds: 0,
            retry_after_seconds: 0,
        }
    }

    /// Ticks in a microsecond. A token takes `window / tokens` to grow, which need
    /// not be a whole number of microseconds; in ticks it is.
    fn ticks(self, micros: i64) -> i128 {
        i128::from(micros) * i128::from(self.tokens)
    }

    /// What one token takes to grow.
    pub fn token_ticks(self) -> i128 {
        i128::from(self.window_seconds) * 1_000_000
    }

    /// What an empty bucket takes to be full.
    pub fn window_ticks(self) -> i128 {
        self.token_ticks() * i128::from(self.tokens)
    }

    /// What is told about a bucket that misses so many ticks after the decision.
    pub fn decision(self, is_taken: bool, missing: i128) -> Decision {
        let status = status(self, missing);
        if is_taken {
            Decision::Taken(status)
        } else {
            Decision::Refused(status)
        }
    }

    /// Rounded up: never too early.
    fn seconds(self, ticks: i128) -> u32 {
        let second = self.ticks(1_000_000);
        u32::try_from((ticks + second - 1) / second).unwrap_or(u32::MAX)
    }
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bucket {
    /// In ticks of the quota, as of `at_micros`.
    missing: i128,
    at_micros: i64,
}

impl Bucket {
    pub fn take(&mut self, quota: Quota, now_micros: i64) -> Decision {
        self.move_to(quota, now_micros);
        let after = self.missing + quota.token_ticks();
        if after > quota.window_ticks() {
            return quota.decision(false, self.missing);
        }
        self.missing = after;
        quota.decision(true, after)
    }

    /// A bucket cannot become more than full.
    pub fn give_back(&mut self, quota: Quota, now_micros: i64) {
        self.move_to(quota, now_micros);
        self.missing = (self.missing - quota.token_ticks()).max(0);
    }

    pub fn is_full(&mut self, quota: Quota, now_micros: i64) -> bool {
        self.move_to(quota, now_micros);
        self.missing == 0
    }

    /// What has grown since the last time. A clock that was set back adds nothing and takes nothing:
    /// the bucket goes on from the new time.
    fn move_to(&mut self, quota: Quota, now_micros: i64) {
        let passed = now_micros.saturating_sub(self.at_micros).max(0);
        self.missing = (self.missing - quota.ticks(passed)).max(0);
        self.at_micros = now_micros;
    }
}

fn status(quota: Quota, missing: i128) -> RateLimitStatus {
    let left = (quota.window_ticks() - missing) / quota.token_ticks();
    let remaining = u32::try_from(left).unwrap_or(u32::MAX);
    let next = if remaining == 0 {
        missing + quota.token_ticks() - quota.window_ticks()
    } else {
        0
    };
    RateLimitStatus {
        action: quota.action,
        quota: quota.tokens,
        window_seconds: quota.window_seconds,
        remaining,
        reset_seconds: quota.seconds(missing),
        retry_after_seconds: quota.seconds(next),
    }
}

#[cfg(test)]
mod tests {
    use super::{Bucket, Quota};
    use crate::rate_limit::{Decision, LimitedAction};

    const SEVEN_A_MINUTE: Quota = Quota {
        action: LimitedAction::SendMessage,
        tokens: 7,
        window_seconds: 60,
    };

    fn takes(bucket: &mut Bucket, now_micros: i64) -> bool {
        matches!(bucket.take(SEVEN_A_MINUTE, now_micros), Decision::Taken(_))
    }

    #[test]
    fn a_quota_that_does_not_divide_its_window_gives_exactly_as_much() {
        let mut bucket = Bucket::default();
        let start = 1_772_438_400_000_000;
        let micros_in_ten_minutes = 600_000_000;
        let taken = (0..=micros_in_ten_minutes)
            .step_by(100_000)
            .filter(|elapsed| takes(&mut bucket, start + elapsed))
            .count();
        assert_eq!(taken, 7 + 70, "a full bucket, and seven each minute");
    }

    #[test]
    fn the_seconds_to_wait_are_enough_and_not_one_too_many() {
        let mut bucket = Bucket::default();
        let start = 1_772_438_400_000_000;
        while takes(&mut bucket, start) {}
        let Decision::Refused(status) = bucket.take(SEVEN_A_MINUTE, start) else {
            panic!("the bucket is empty");
        };
        let wait = i64::from(status.retry_after_seconds) * 1_000_000;
        assert!(!takes(&mut bucket, start + wait - 1_000_000));
        assert!(takes(&mut bucket, start + wait));
    }
}
