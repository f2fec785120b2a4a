//! Lanes: the one way in which conversations change.
//!
//! A conversation belongs to one lane of this node, by its id. A lane takes what
//! waits on its bounded queue, commits it as one transaction, publishes the
//! changes in the order of `rev`, and only then takes the next. Rarer changes
//! (join, leave, open, …) take the lane's turn for themselves, so that all
//! events of a conversation leave this node in the order of their commits.
//! Between nodes the lock on the conversation's row keeps the order.

use std::{
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    sync::Arc,
    time::Duration,
};

use chat::{bus::Bus, error::StorageError, ids::ConversationId};
use tokio::{
    sync::{Mutex, MutexGuard, mpsc, oneshot},
    time::timeout,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    pool::Pool,
    write::batch::{Batch, Job, Reply, commit_and_answer},
    write::unconfirmed::Doubts,
};

/// Changes that share a transaction at most.
const BATCH: usize = 200;
/// Changes that wait for a lane at most; more are told that the database is not available.
const QUEUE: usize = 4_096;
/// The longest that a caller waits for its answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

pub(crate) struct Lanes {
    all: Vec<Lane>,
    tasks: TaskTracker,
    closing: CancellationToken,
}

struct Lane {
    queue: mpsc::Sender<Job>,
    turn: Arc<Mutex<()>>,
    doubts: Arc<Doubts>,
}

impl Lanes {
    /// Starts the lanes on their own pool. They run until [`Lanes::close`].
    pub(crate) fn start(pool: &Pool, lanes: usize) -> Self {
        let (tasks, closing) = (TaskTracker::new(), CancellationToken::new());
        let lane = |_| {
            let (queue, jobs) = mpsc::channel(QUEUE);
            let (turn, doubts): (Arc<Mutex<()>>, Arc<Doubts>) = Default::default();
            let running = run(
                pool.clone(),
                jobs,
                turn.clone(),
                doubts.clone(),
                tasks.clone(),
                closing.clone(),
            );
            tasks.spawn(running);
            Lane {
                queue,
                turn,
                doubts,
            }
        };
        let all = (0..lanes).map(lane).collect();
        Self {
            all,
            tasks,
            closing,
        }
    }

    /// Takes no new jobs, finishes those that wait, and ends.
    pub(crate) async fn close(&self) {
        self.closing.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Hands a job over and waits for its answer.
    pub(crate) async fn submit<T>(
        &self,
        conversation: &ConversationId,
        job: impl FnOnce(Reply<T>) -> Job,
    ) -> Result<T, StorageError> {
        let (reply, answer) = oneshot::channel();
        let busy = |what: &'static str| StorageError::Unavailable(what.into());
        let full = |_| busy("too many changes wait for the database");
        self.lane(conversation)
            .queue
            .try_send(job(reply))
            .map_err(full)?;
        match timeout(ANSWER_TIMEOUT, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(busy("the server is stopping")),
            Err(_) => Err(busy("the database did not answer in time")),
        }
    }

    /// The turn of the conversation's lane, for a change on its own.
    pub(crate) async fn turn(&self, conversation: &ConversationId) -> MutexGuard<'_, ()> {
        self.lane(conversation).turn.lock().await
    }

    /// The turn of every lane, for a change of many conversations.
    pub(crate) async fn all_turns(&self) -> Vec<MutexGuard<'_, ()>> {
        let mut turns = Vec::with_capacity(self.all.len());
        for lane in &self.all {
            turns.push(lane.turn.lock().await);
        }
        turns
    }

    /// The readers of these conversations may have missed a change: they are told how it is now,
    /// as soon as the database answers.
    pub(crate) fn doubt(
        &self,
        conversations: impl IntoIterator<Item = ConversationId>,
        bus: &Arc<dyn Bus>,
    ) {
        for conversation in conversations {
            self.lane(&conversation).doubts.add(conversation, bus);
        }
    }

    /// Changes that wait.
    pub(crate) fn waiting(&self) -> usize {
        let waiting = |lane: &Lane| QUEUE - lane.queue.capacity();
        self.all.iter().map(waiting).sum()
    }

    fn lane(&self, conversation: &ConversationId) -> &Lane {
        let hash = BuildHasherDefault::<DefaultHasher>::default().hash_one(conversation);
        let lanes = self.all.len() as u64;
        &self.all[usize::try_from(hash % lanes).unwrap_or(0)]
    }
}

async fn run(
    pool: Pool,
    mut jobs: mpsc::Receiver<Job>,
    turn: Arc<Mutex<()>>,
    doubts: Arc<Doubts>,
    tasks: TaskTracker,
    closing: CancellationToken,
) {
    let mut carried: Vec<Job> = Vec::new();
    loop {
        let mut waiting = std::mem::take(&mut carried);
        if waiting.is_empty() {
            tokio::select! {
                biased;
                taken = jobs.recv_many(&mut waiting, BATCH) => {
                    if taken == 0 {
                        return;
                    }
                }
                () = closing.cancelled(), if !jobs.is_closed() => jobs.close(),
                () = doubts.due() => {}
            }
        }
        while waiting.len() < BATCH
            && let Ok(job) = jobs.try_recv()
        {
            waiting.push(job);
        }
        let mut batch = Batch::default();
        for job in waiting {
            batch.add(job, &mut carried);
        }

        let _turn = turn.lock().await;
        doubts.settle(&pool).await;
        let Some(bus) = batch.bus() else {
            continue;
        };
        match commit_and_answer(&pool, batch, &tasks).await {
            // They came before those that could not share the batch with them.
            Ok(skipped) => carried.splice(..0, skipped).for_each(drop),
            Err(lost) => lost.into_iter().for_each(|id| doubts.add(id, &bus)),
        }
    }
}
