//! Commits what waits on one queue, batch after batch.

use std::sync::Arc;

use chat::{ids::ConversationId, publisher::Publisher};
use tokio::sync::{
    Mutex, MutexGuard,
    mpsc::{self, error::TrySendError},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    batch::{Batch, Job, commit_and_answer},
    unconfirmed::Unconfirmed,
};
use crate::{jobs::Wakes, pool::Pool};

/// Changes that share a transaction at most.
const BATCH: usize = 200;
/// Changes that wait for a worker at most.
const QUEUE: usize = 4_096;

/// The conversations of one worker change in its turns only.
pub(crate) struct Worker {
    queue: mpsc::Sender<Job>,
    turn: Arc<Mutex<()>>,
    unconfirmed: Arc<Unconfirmed>,
}

impl Worker {
    /// Takes jobs until it is closing, finishes those that wait, and ends.
    pub fn start(
        pool: &Pool,
        publisher: &Arc<dyn Publisher>,
        wakes: &Wakes,
        tasks: &TaskTracker,
        closing: &CancellationToken,
    ) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let (turn, unconfirmed): (Arc<Mutex<()>>, Arc<Unconfirmed>) = Default::default();
        let running = Running {
            pool: pool.clone(),
            publisher: publisher.clone(),
            wakes: wakes.clone(),
            jobs,
            turn: turn.clone(),
            unconfirmed: unconfirmed.clone(),
            tasks: tasks.clone(),
            closing: closing.clone(),
        };
        tasks.spawn(running.run());
        Self {
            queue,
            turn,
            unconfirmed,
        }
    }

    pub fn submit(&self, job: Job) -> Result<(), TrySendError<Job>> {
        self.queue.try_send(job)
    }

    /// For a change on its own.
    pub async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    pub fn unconfirmed(&self, conversation: ConversationId) {
        self.unconfirmed.add(conversation);
    }

    pub fn waiting(&self) -> usize {
        QUEUE - self.queue.capacity()
    }
}

struct Running {
    pool: Pool,
    publisher: Arc<dyn Publisher>,
    wakes: Wakes,
    jobs: mpsc::Receiver<Job>,
    turn: Arc<Mutex<()>>,
    unconfirmed: Arc<Unconfirmed>,
    tasks: TaskTracker,
    closing: CancellationToken,
}

impl Running {
    async fn run(mut self) {
        let mut carried: Vec<Job> = Vec::new();
        loop {
            let mut waiting = std::mem::take(&mut carried);
            if waiting.is_empty() {
                tokio::select! {
                    biased;
                    taken = self.jobs.recv_many(&mut waiting, BATCH) => {
                        if taken == 0 {
                            return;
                        }
                    }
                    () = self.closing.cancelled(), if !self.jobs.is_closed() => self.jobs.close(),
                    () = self.unconfirmed.due() => {}
                }
            }
            while waiting.len() < BATCH
                && let Ok(job) = self.jobs.try_recv()
            {
                waiting.push(job);
            }
            let mut batch = Batch::default();
            for job in waiting {
                batch.add(job, &mut carried);
            }

            let _turn = self.turn.lock().await;
            self.unconfirmed.settle(&self.pool, &*self.publisher).await;
            if batch.is_empty() {
                continue;
            }
            let done = commit_and_answer(
                &self.pool,
                &*self.publisher,
                &self.wakes,
                batch,
                &self.tasks,
            );
            match done.await {
                // They came before those that could not share the batch with them.
                Ok(skipped) => carried.splice(..0, skipped).for_each(drop),
                Err(lost) => lost.into_iter().for_each(|id| self.unconfirmed.add(id)),
            }
        }
    }
}
