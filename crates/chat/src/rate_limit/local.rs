//! Token buckets in this process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use async_trait::async_trait;

use super::{
    Decision, LimitedAction, RateLimiter,
    bucket::{Bucket, Quota},
};
use crate::{error::StorageError, ids::UserId, timestamp::Clock};

/// Buckets below this number are not worth looking through.
const SWEEP_BUCKETS: usize = 1_024;

/// Whoever may write one message may change so many: a reaction is a small thing.
const CHANGES_PER_MESSAGE: u32 = 6;

/// How much everybody may do; 0 is unlimited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    pub messages_per_minute: u32,
    pub conversations_per_hour: u32,
}

impl Quotas {
    pub const UNLIMITED: Self = Self {
        messages_per_minute: 0,
        conversations_per_hour: 0,
    };

    pub fn of(self, action: LimitedAction) -> Quota {
        match action {
            LimitedAction::SendMessage => Quota {
                action,
                tokens: self.messages_per_minute,
                window_seconds: 60,
            },
            LimitedAction::OpenConversation => Quota {
                action,
                tokens: self.conversations_per_hour,
                window_seconds: 3_600,
            },
            LimitedAction::ChangeMessage => Quota {
                action,
                tokens: self.messages_per_minute.saturating_mul(CHANGES_PER_MESSAGE),
                window_seconds: 60,
            },
        }
    }
}

/// The limits of one process. Only buckets that are not full are kept, so memory is
/// bounded by who did something within the last window.
pub struct LocalRateLimiter {
    quotas: Quotas,
    clock: Arc<dyn Clock>,
    buckets: Mutex<Buckets>,
}

#[derive(Debug)]
struct Buckets {
    by_user: HashMap<(UserId, LimitedAction), Bucket>,
    /// How many there may be before the full ones are forgotten.
    sweep_above: usize,
}

impl LocalRateLimiter {
    pub fn new(quotas: Quotas, clock: Arc<dyn Clock>) -> Self {
        Self {
            quotas,
            clock,
            buckets: Mutex::new(Buckets {
                by_user: HashMap::new(),
                sweep_above: SWEEP_BUCKETS,
            }),
        }
    }

    fn buckets(&self) -> MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl RateLimiter for LocalRateLimiter {
    async fn take(&self, user: &UserId, action: LimitedAction) -> Result<Decision, StorageError> {
        let quota = self.quotas.of(action);
        if quota.is_unlimited() {
            return Ok(Decision::Taken(quota.unlimited()));
        }
        let now = self.clock.now();
        let mut buckets = self.buckets();
        buckets.forget_full(self.quotas, now.micros());
        let bucket = buckets.by_user.entry((user.clone(), action));
        Ok(bucket.or_default().take(quota, now.micros()))
    }

    async fn give_back(&self, user: &UserId, action: LimitedAction) {
        let now = self.clock.now();
        let mut buckets = self.buckets();
        if let Some(bucket) = buckets.by_user.get_mut(&(user.clone(), action)) {
            bucket.give_back(self.quotas.of(action), now.micros());
        }
    }
}

impl Buckets {
    /// Looks through all of them only when their number has doubled since the last
    /// time, so that a decision costs the same on average however many there are.
    fn forget_full(&mut self, quotas: Quotas, now_micros: i64) {
        if self.by_user.len() < self.sweep_above {
            return;
        }
        self.by_user
            .retain(|(_, action), bucket| !bucket.is_full(quotas.of(*action), now_micros));
        self.sweep_above = SWEEP_BUCKETS.max(self.by_user.len() * 2);
    }
}

impl std::fmt::Debug for LocalRateLimiter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LocalRateLimiter")
            .field("quotas", &self.quotas)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use std::sync::atomic::{AtomicI64, Ordering};

    use super::{LocalRateLimiter, Quotas, SWEEP_BUCKETS};
    use crate::{
        ids::UserId,
        rate_limit::{Decision, LimitedAction, RateLimitStatus, RateLimiter},
        timestamp::{Clock, Timestamp},
    };

    const QUOTAS: Quotas = Quotas {
        messages_per_minute: 10,
        conversations_per_hour: 5,
    };

    #[derive(Default)]
    struct SetTime(AtomicI64);

    impl Clock for SetTime {
        fn now(&self) -> Timestamp {
            Timestamp::from_micros(self.0.load(Ordering::Relaxed))
        }

        fn new_id(&self) -> String {
            String::new()
        }
    }

    fn limiter(quotas: Quotas) -> (LocalRateLimiter, Arc<SetTime>) {
        let clock = Arc::new(SetTime::default());
        (LocalRateLimiter::new(quotas, clock.clone()), clock)
    }

    async fn send(limiter: &LocalRateLimiter, user: &str) -> RateLimitStatus {
        let user = UserId::new(user);
        match limiter
            .take(&user, LimitedAction::SendMessage)
            .await
            .unwrap()
        {
            Decision::Taken(status) | Decision::Refused(status) => status,
        }
    }

    #[tokio::test]
    async fn what_is_unlimited_has_no_bucket() {
        let (limiter, _) = limiter(Quotas::UNLIMITED);
        send(&limiter, "ada").await;
        assert!(limiter.buckets().by_user.is_empty());
    }

    #[tokio::test]
    async fn full_buckets_are_forgotten_and_others_are_not() {
        let (limiter, clock) = limiter(QUOTAS);
        for _ in 0..9 {
            send(&limiter, "0").await;
        }
        for user in 0..2 * SWEEP_BUCKETS {
            send(&limiter, &user.to_string()).await;
        }
        assert_eq!(limiter.buckets().by_user.len(), 2 * SWEEP_BUCKETS);

        clock.0.fetch_add(6_000_000, Ordering::Relaxed);
        send(&limiter, "ada").await;
        assert_eq!(limiter.buckets().by_user.len(), 2, "0's and ada's");
        assert_eq!(send(&limiter, "0").await.remaining, 0);
    }
}
