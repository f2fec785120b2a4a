//! The one way in which conversations change.
//!
//! A conversation belongs to one worker of this node, by its id. A worker takes what
//! waits on its bounded queue, commits it as one transaction, publishes the
//! changes in the order of `rev`, and only then takes the next. Rarer changes
//! (join, leave, open, …) take the worker's turn for themselves, so that all
//! events of a conversation leave this node in the order of their commits.
//! Between nodes the lock on the conversation's row keeps the order.

use std::{
    collections::HashSet,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    sync::Arc,
    time::Duration,
};

use chat::{
    error::StorageError, event::Event, ids::ConversationId, publisher::Publisher,
    webhook::EVENT_JOB,
};
use tokio::{
    sync::{MutexGuard, oneshot},
    time::timeout,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    announce::announce,
    batch::{Job, Reply},
    worker::Worker,
};
use crate::{
    jobs::Wakes,
    pool::{Pool, Transaction},
};

/// The longest that a caller waits for its answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

pub(crate) struct WriteQueue {
    workers: Vec<Worker>,
    publisher: Arc<dyn Publisher>,
    wakes: Wakes,
    tasks: TaskTracker,
    closing: CancellationToken,
}

impl WriteQueue {
    /// Starts the workers on their own pool. They run until [`WriteQueue::close`].
    pub fn start(pool: &Pool, workers: usize, publisher: Arc<dyn Publisher>, wakes: Wakes) -> Self {
        let (tasks, closing) = (TaskTracker::new(), CancellationToken::new());
        let worker = |_| Worker::start(pool, &publisher, &wakes, &tasks, &closing);
        Self {
            workers: (0..workers).map(worker).collect(),
            publisher,
            wakes,
            tasks,
            closing,
        }
    }

    /// Takes no new jobs, finishes those that wait, and ends.
    pub async fn close(&self) {
        self.closing.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Hands a job over and waits for its answer.
    pub async fn submit<T>(
        &self,
        conversation: &ConversationId,
        job: impl FnOnce(Reply<T>) -> Job,
    ) -> Result<T, StorageError> {
        let (reply, answer) = oneshot::channel();
        let busy = |what: &'static str| StorageError::Unavailable(what.into());
        let full = |_| busy("too many changes wait for the database");
        let worker = self.worker(conversation);
        worker.submit(job(reply)).map_err(full)?;
        match timeout(ANSWER_TIMEOUT, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(busy("the server is stopping")),
            Err(_) => Err(busy("the database did not answer in time")),
        }
    }

    /// The turn of the conversation's worker, for a change on its own.
    pub async fn turn(&self, conversation: &ConversationId) -> MutexGuard<'_, ()> {
        self.worker(conversation).turn().await
    }

    /// The turn of every worker, for a change of many conversations.
    pub async fn all_turns(&self) -> Vec<MutexGuard<'_, ()>> {
        let mut turns = Vec::with_capacity(self.workers.len());
        for worker in &self.workers {
            turns.push(worker.turn().await);
        }
        turns
    }

    /// After the commit, in the turn of the conversation's worker.
    pub fn publish(&self, event: Event) {
        self.publisher.publish(event);
    }

    /// Publishes these conversations as they are. The caller has the turn of their workers.
    pub async fn announce(
        &self,
        db: &Pool,
        conversations: &HashSet<ConversationId>,
    ) -> Result<(), sqlx::Error> {
        announce(db, &*self.publisher, conversations).await
    }

    /// After a commit that may have written events for webhooks.
    pub fn wake(&self) {
        self.wakes.wake([EVENT_JOB]);
    }

    /// Waits until what was published is known where callers may read.
    pub async fn settle(&self) {
        if let Some(settled) = self.publisher.settled() {
            settled.await;
        }
    }

    /// Commits, and publishes these conversations as they are then. The caller has the turn of their
    /// workers. What cannot be published now is left to the workers, so that a commit is always told;
    /// one whose end is unknown may have happened.
    pub async fn commit_and_announce(
        &self,
        transaction: Transaction,
        db: &Pool,
        conversations: HashSet<ConversationId>,
    ) -> Result<(), sqlx::Error> {
        let committed = transaction.commit().await;
        self.wake();
        let is_told =
            committed.is_ok() && announce(db, &*self.publisher, &conversations).await.is_ok();
        if !is_told {
            self.unconfirmed(conversations);
        }
        committed
    }

    /// The readers of these conversations may have missed a change: they are told how it is now,
    /// as soon as the database answers.
    pub fn unconfirmed(&self, conversations: impl IntoIterator<Item = ConversationId>) {
        for conversation in conversations {
            self.worker(&conversation).unconfirmed(conversation);
        }
    }

    /// Changes that wait.
    pub fn waiting(&self) -> usize {
        self.workers.iter().map(Worker::waiting).sum()
    }

    fn worker(&self, conversation: &ConversationId) -> &Worker {
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(conversation);
        let workers = self.workers.len() as u64;
        &self.workers[usize::try_from(hash % workers).unwrap_or(0)]
    }
}
