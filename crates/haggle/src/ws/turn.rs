//! Questions to storage take turns while thousands of clients come back together. So none is
//! turned away because too many wait, and requests find a connection to the database meanwhile.

use chat::error::StorageError;
use tokio::sync::Semaphore;

use super::client::in_time;

/// An answer of storage that came in time, which includes the wait for its turn.
pub async fn in_turn<T, E: From<StorageError>>(
    turns: &Semaphore,
    question: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    in_time(async {
        // Never closed.
        let _turn = turns.acquire().await;
        question.await
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };

    use chat::error::StorageError;
    use tokio::task::{JoinSet, yield_now};

    use super::in_turn;
    use crate::turns::Turns;

    #[tokio::test]
    async fn clients_that_come_back_together_take_turns() {
        let (open, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let turns = Arc::new(Turns::default());
        let mut clients = JoinSet::new();
        for _ in 0..10_000 {
            let (open, most) = (open.clone(), most.clone());
            let turns = turns.clone();
            let question = async move {
                let now = open.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(now, Ordering::SeqCst);
                yield_now().await;
                open.fetch_sub(1, Ordering::SeqCst);
                Ok::<_, StorageError>(())
            };
            clients.spawn(async move { in_turn(&turns.news, question).await });
        }
        while let Some(answered) = clients.join_next().await {
            answered.unwrap().unwrap();
        }
        assert_eq!(most.load(Ordering::SeqCst), 400);
    }
}
