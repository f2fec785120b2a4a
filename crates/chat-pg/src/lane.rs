//! Lanes: the one way in which conversations change.
//!
//! A conversation belongs to one lane of this node, by its id. A lane takes what
//! waits on its bounded queue, commits it as one transaction, publishes the
//! changes in the order of `rev`, and only then takes the next. Rarer changes
//! (join, leave, open, …) take the lane's turn for themselves, so that all
//! events of a conversation leave this node in the order of their commits.
//! Between nodes the lock on the conversation's row keeps the order.

use std::{
    collections::HashSet,
    hash::{BuildHasher, BuildHasherDefault, DefaultHasher},
    sync::Arc,
    time::Duration,
};

use chat::{
    bus::Bus,
    error::StorageError,
    event::Event,
    ids::ConversationId,
    message::Draft,
    storage::{Append, Mark},
};
use sqlx::{PgConnection, PgPool};
use tokio::{
    sync::{Mutex, MutexGuard, mpsc, oneshot},
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    append,
    batch::Batch,
    changes,
    error::{is_conflict, is_unavailable},
    mark::{self, MarkJob},
};

/// Lanes of a node. Two keep the disk busy while the other one computes.
pub(crate) const LANES: usize = 2;
/// Changes that share a transaction at most.
const BATCH: usize = 200;
/// Changes that wait for a lane at most; more are told that the database is not available.
const QUEUE: usize = 4_096;
/// Tries of a transaction that met another one badly.
const TRIES: u32 = 5;
/// The longest that a batch may take before its callers are told so.
const BATCH_TIMEOUT: Duration = Duration::from_secs(15);
/// How often readers of a conversation are told of a commit whose end is unknown.
const RETRY: Duration = Duration::from_secs(1);
/// The longest that a caller waits for its answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

pub(crate) type Reply<T> = oneshot::Sender<Result<T, StorageError>>;

/// A change that shares its transaction with others.
pub(crate) enum Job {
    Append(Box<Draft>, Arc<dyn Bus>, Reply<Append>),
    Mark(MarkJob, Arc<dyn Bus>, Reply<Mark>),
}

/// What came of a job: the answer, and what the world hears of it.
pub(crate) struct Outcome<T> {
    pub answer: T,
    pub event: Option<Event>,
}

pub(crate) struct Lanes {
    all: Vec<Lane>,
    tasks: TaskTracker,
    closing: CancellationToken,
}

struct Lane {
    queue: mpsc::Sender<Job>,
    turn: Arc<Mutex<()>>,
}

impl Lanes {
    /// Starts the lanes on their own pool. They run until [`Lanes::close`].
    pub(crate) fn start(pool: &PgPool) -> Self {
        let (tasks, closing) = (TaskTracker::new(), CancellationToken::new());
        let lane = |_| {
            let (queue, jobs) = mpsc::channel(QUEUE);
            let turn = Arc::new(Mutex::new(()));
            tasks.spawn(run(pool.clone(), jobs, turn.clone(), closing.clone()));
            Lane { queue, turn }
        };
        let all = (0..LANES).map(lane).collect();
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
    pool: PgPool,
    mut jobs: mpsc::Receiver<Job>,
    turn: Arc<Mutex<()>>,
    closing: CancellationToken,
) {
    let mut carried: Vec<Job> = Vec::new();
    // Conversations whose last commit has an unknown end: their readers must hear of them.
    let mut unsure: HashSet<ConversationId> = HashSet::new();
    let mut last_bus: Option<Arc<dyn Bus>> = None;
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
                () = sleep(RETRY), if !unsure.is_empty() => {}
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
        last_bus = batch.bus().or(last_bus);

        let _turn = turn.lock().await;
        if let Some(bus) = &last_bus
            && !unsure.is_empty()
            && changes::announce(&pool, &unsure, bus).await.is_ok()
        {
            unsure.clear();
        }
        if batch.is_empty() {
            continue;
        }
        if let Err(lost) = commit_and_answer(&pool, batch).await {
            unsure.extend(lost);
        }
    }
}

type Outcomes = (Vec<Outcome<Append>>, Vec<Outcome<Mark>>);

/// Commits a batch, publishes, answers. When the whole cannot be committed because of
/// one of its jobs, each is tried on its own. `Err` names the conversations of commits
/// whose end is unknown.
async fn commit_and_answer(pool: &PgPool, batch: Batch) -> Result<(), Vec<ConversationId>> {
    let conversations = batch.conversations();
    let error = match attempt(pool, &batch.drafts, &batch.marks).await {
        Ok((drafts, marks)) => {
            publish_and_answer(batch.draft_replies, drafts);
            publish_and_answer(batch.mark_replies, marks);
            return Ok(());
        }
        Err(error) => error,
    };
    let alone = batch.drafts.len() + batch.marks.len() == 1;
    if alone || matches!(error, Failure::Unavailable(_)) {
        let lost = matches!(error, Failure::Unavailable(_));
        let replies = batch.draft_replies.into_iter();
        replies.for_each(|(_, reply)| drop(reply.send(Err(error.for_caller()))));
        let replies = batch.mark_replies.into_iter();
        replies.for_each(|(_, reply)| drop(reply.send(Err(error.for_caller()))));
        return if lost { Err(conversations) } else { Ok(()) };
    }
    let mut lost = Vec::new();
    for (draft, reply) in batch.drafts.into_iter().zip(batch.draft_replies) {
        let conversation = draft.conversation.clone();
        match attempt(pool, &[draft], &[]).await {
            Ok((outcomes, _)) => publish_and_answer(vec![reply], outcomes),
            Err(error) => {
                lost.push(conversation);
                drop(reply.1.send(Err(error.for_caller())));
            }
        }
    }
    for (mark, reply) in batch.marks.into_iter().zip(batch.mark_replies) {
        let conversation = mark.conversation.clone();
        match attempt(pool, &[], &[mark]).await {
            Ok((_, outcomes)) => publish_and_answer(vec![reply], outcomes),
            Err(error) => {
                lost.push(conversation);
                drop(reply.1.send(Err(error.for_caller())));
            }
        }
    }
    if lost.is_empty() { Ok(()) } else { Err(lost) }
}

fn publish_and_answer<T>(replies: Vec<(Arc<dyn Bus>, Reply<T>)>, outcomes: Vec<Outcome<T>>) {
    assert_eq!(replies.len(), outcomes.len(), "one outcome for each job");
    for ((bus, reply), outcome) in replies.into_iter().zip(outcomes) {
        if let Some(event) = outcome.event {
            bus.publish(event);
        }
        // Nobody listens any more when the caller went away; the change is committed all the same.
        drop(reply.send(Ok(outcome.answer)));
    }
}

enum Failure {
    Unavailable(String),
    Statement(sqlx::Error),
}

impl Failure {
    fn for_caller(&self) -> StorageError {
        match self {
            Self::Unavailable(why) => StorageError::Unavailable(why.clone().into()),
            Self::Statement(error) => {
                tracing::error!(%error, "a change was refused");
                StorageError::Broken(error.to_string().into())
            }
        }
    }
}

async fn attempt(pool: &PgPool, drafts: &[Draft], marks: &[MarkJob]) -> Result<Outcomes, Failure> {
    for attempt in 1..=TRIES {
        let error = match timeout(BATCH_TIMEOUT, commit(pool, drafts, marks)).await {
            Ok(Ok(outcomes)) => return Ok(outcomes),
            Ok(Err(error)) => error,
            Err(_) => return Err(Failure::Unavailable("the database did not answer".into())),
        };
        if is_conflict(&error) && attempt < TRIES {
            continue;
        }
        if is_unavailable(&error) || is_conflict(&error) {
            tracing::warn!(%error, "changes could not be committed");
            return Err(Failure::Unavailable(error.to_string()));
        }
        return Err(Failure::Statement(error));
    }
    unreachable!("the last try returns")
}

/// One transaction: lock the conversations in sorted order, append, mark.
async fn commit(
    pool: &PgPool,
    drafts: &[Draft],
    marks: &[MarkJob],
) -> Result<Outcomes, sqlx::Error> {
    let mut transaction = pool.begin().await?;
    let db: &mut PgConnection = &mut transaction;
    let ids = drafts.iter().map(|draft| draft.conversation.to_string());
    let ids: Vec<String> = ids
        .chain(marks.iter().map(|mark| mark.conversation.to_string()))
        .collect();
    lock(db, &ids).await?;
    let appended = if drafts.is_empty() {
        Vec::new()
    } else {
        append::append(db, drafts).await?
    };
    let marked = if marks.is_empty() {
        Vec::new()
    } else {
        mark::mark(db, marks).await?
    };
    transaction.commit().await?;
    Ok((appended, marked))
}

/// Locks the rows in the order of their ids, and shares the presence lock of everybody
/// who sits there: a lease that ends at the same time waits for this transaction, so
/// that what is unread by then is counted once. See `leases`.
pub(crate) async fn lock(db: &mut PgConnection, ids: &[String]) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        with locked as (
          select buyer_id, supplier_id, admin_id
          from conversations
          where id = any($1)
          order by id
          for no key update
        )
        select count(pg_advisory_xact_lock_shared($2, hashtext(seat.user_id))::text)
        from locked
        cross join lateral (values (buyer_id), (supplier_id), (admin_id)) as seat (user_id)
        where seat.user_id is not null
        "#,
        ids,
        crate::leases::PRESENCE_LOCK
    )
    .fetch_one(db)
    .await?;
    Ok(())
}
