//! Sockets that come back together are admitted to storage a few at a time. So storage turns none of
//! them away because too many wait, and requests still find a connection to the database.

use tokio::sync::Semaphore;

/// Storage answers many questions with one query. These keep it busy, and are far fewer than it lets wait.
const AT_ONCE: usize = 400;

/// The gates of one server.
#[derive(Debug, Default)]
pub struct Admission {
    /// For the question who somebody is.
    pub identities: Gate,
    /// For the question what somebody missed.
    pub resumes: Gate,
}

/// Lets a bounded number of queries run at the same time.
#[derive(Debug)]
pub struct Gate(Semaphore);

impl Gate {
    /// Runs the query as soon as there is room for it.
    pub async fn admit<T>(&self, query: impl Future<Output = T>) -> T {
        // The semaphore is never closed.
        let _permit = self.0.acquire().await;
        query.await
    }
}

impl Default for Gate {
    fn default() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use tokio::task::{JoinSet, yield_now};

    use super::Admission;

    #[tokio::test]
    async fn clients_that_come_back_together_take_turns() {
        let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let admission = Arc::new(Admission::default());
        let mut clients = JoinSet::new();
        for _ in 0..10_000 {
            let (open, most) = (open.clone(), most.clone());
            let admission = admission.clone();
            let query = async move {
                let now = open.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(now, Ordering::SeqCst);
                yield_now().await;
                open.fetch_sub(1, Ordering::SeqCst);
            };
            clients.spawn(async move { admission.resumes.admit(query).await });
        }
        while let Some(answered) = clients.join_next().await {
            answered.unwrap();
        }
        assert_eq!(most.load(Ordering::SeqCst), 400);
    }
}
