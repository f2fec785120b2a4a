//! Who waits for an answer waits for Redis only briefly; and when one has waited in vain, nobody
//! else waits for a while.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, timeout};

/// The longest that a caller waits for Redis.
const PATIENCE: Duration = Duration::from_millis(250);
/// For how long nobody waits after that.
const OPEN_FOR: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub struct CircuitBreaker {
    open_until: Mutex<Option<Instant>>,
}

impl CircuitBreaker {
    /// Nobody waits now.
    pub fn is_open(&self) -> bool {
        self.open_until()
            .is_some_and(|until| Instant::now() < until)
    }

    /// An answer that came soon; `None`: it did not, or nobody waits now.
    pub async fn call<T, E: std::fmt::Display>(
        &self,
        asked: impl Future<Output = Result<T, E>>,
    ) -> Option<T> {
        if self.is_open() {
            return None;
        }
        match timeout(PATIENCE, asked).await {
            Ok(Ok(answer)) => Some(answer),
            failed => {
                if let Ok(Err(error)) = failed {
                    tracing::debug!(%error, "Redis does not answer; nobody waits for it for a while");
                }
                *self.open_until() = Some(Instant::now() + OPEN_FOR);
                None
            }
        }
    }

    fn open_until(&self) -> MutexGuard<'_, Option<Instant>> {
        self.open_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::{CircuitBreaker, OPEN_FOR};

    #[tokio::test(start_paused = true)]
    async fn after_one_has_waited_in_vain_nobody_waits_for_a_while() {
        let breaker = CircuitBreaker::default();
        let answer = || ready(Ok::<_, String>(1));
        assert_eq!(breaker.call(answer()).await, Some(1));
        assert_eq!(breaker.call(pending::<Result<i32, String>>()).await, None);
        assert!(breaker.is_open());
        assert_eq!(breaker.call(answer()).await, None);
        tokio::time::advance(OPEN_FOR).await;
        assert_eq!(breaker.call(answer()).await, Some(1));
    }
}
