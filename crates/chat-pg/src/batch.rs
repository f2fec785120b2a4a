//! Changes that share a transaction: what may, how it is committed, and what comes of it.

use std::{collections::HashSet, sync::Arc, time::Duration};

use chat::{
    bus::Bus,
    error::StorageError,
    event::Event,
    ids::{AttachmentId, ConversationId},
    message::Draft,
    storage::{Append, Mark},
};
use sqlx::{PgConnection, PgPool};
use tokio::{sync::oneshot, time::timeout};
use tokio_util::task::TaskTracker;

use crate::{
    append,
    error::{is_conflict, is_unavailable},
    mark::{self, MarkJob},
};

/// Tries of a transaction that met another one badly.
const TRIES: u32 = 5;
/// The longest that a batch may take before its callers are told so.
const BATCH_TIMEOUT: Duration = Duration::from_secs(15);

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

/// Jobs that may share a transaction: no two that would need to see each other's result.
#[derive(Default)]
pub(crate) struct Batch {
    drafts: Vec<Draft>,
    draft_replies: Vec<(Arc<dyn Bus>, Reply<Append>)>,
    marks: Vec<MarkJob>,
    mark_replies: Vec<(Arc<dyn Bus>, Reply<Mark>)>,
    retries: HashSet<(String, ConversationId, String)>,
    files: HashSet<AttachmentId>,
    marked: HashSet<ConversationId>,
}

impl Batch {
    /// Takes the job, or carries it over to the next batch.
    pub fn add(&mut self, job: Job, carried: &mut Vec<Job>) {
        match job {
            Job::Append(draft, bus, reply) => {
                let retry = draft
                    .client_message_id
                    .clone()
                    .map(|id| (draft.sender.to_string(), draft.conversation.clone(), id));
                let mut files = draft.files.iter().map(|file| &file.id);
                let shares_a_file = files.any(|id| self.files.contains(id));
                if shares_a_file || retry.is_some_and(|retry| !self.retries.insert(retry)) {
                    carried.push(Job::Append(draft, bus, reply));
                } else {
                    self.files
                        .extend(draft.files.iter().map(|file| file.id.clone()));
                    self.drafts.push(*draft);
                    self.draft_replies.push((bus, reply));
                }
            }
            Job::Mark(mark, bus, reply) => {
                if self.marked.insert(mark.conversation.clone()) {
                    self.marks.push(mark);
                    self.mark_replies.push((bus, reply));
                } else {
                    carried.push(Job::Mark(mark, bus, reply));
                }
            }
        }
    }

    /// `None` when it is empty.
    pub fn bus(&self) -> Option<Arc<dyn Bus>> {
        let drafts = self.draft_replies.iter().map(|(bus, _)| bus);
        drafts
            .chain(self.mark_replies.iter().map(|(bus, _)| bus))
            .next()
            .cloned()
    }

    fn conversations(&self) -> Vec<ConversationId> {
        let drafts = self.drafts.iter().map(|draft| draft.conversation.clone());
        drafts
            .chain(self.marks.iter().map(|mark| mark.conversation.clone()))
            .collect()
    }
}

type Outcomes = (Vec<Outcome<Append>>, Vec<Outcome<Mark>>);

/// Commits a batch, publishes, answers. When the whole cannot be committed because of
/// one of its jobs, each is tried on its own. `Err` names the conversations of commits
/// whose end is unknown.
pub(crate) async fn commit_and_answer(
    pool: &PgPool,
    batch: Batch,
    tasks: &TaskTracker,
) -> Result<(), Vec<ConversationId>> {
    let conversations = batch.conversations();
    let error = match attempt(pool, &batch.drafts, &batch.marks).await {
        Ok((drafts, marks)) => {
            publish_and_answer(batch.draft_replies, drafts, tasks);
            publish_and_answer(batch.mark_replies, marks, tasks);
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
            Ok((outcomes, _)) => publish_and_answer(vec![reply], outcomes, tasks),
            Err(error) => {
                lost.push(conversation);
                drop(reply.1.send(Err(error.for_caller())));
            }
        }
    }
    for (mark, reply) in batch.marks.into_iter().zip(batch.mark_replies) {
        let conversation = mark.conversation.clone();
        match attempt(pool, &[], &[mark]).await {
            Ok((_, outcomes)) => publish_and_answer(vec![reply], outcomes, tasks),
            Err(error) => {
                lost.push(conversation);
                drop(reply.1.send(Err(error.for_caller())));
            }
        }
    }
    if lost.is_empty() { Ok(()) } else { Err(lost) }
}

/// Publishes in order; the answers follow when the changes are known where the callers may read,
/// and the lane does not wait for that.
fn publish_and_answer<T: Send + 'static>(
    replies: Vec<(Arc<dyn Bus>, Reply<T>)>,
    outcomes: Vec<Outcome<T>>,
    tasks: &TaskTracker,
) {
    assert_eq!(replies.len(), outcomes.len(), "one outcome for each job");
    let mut last_bus = None;
    let mut answers = Vec::with_capacity(replies.len());
    for ((bus, reply), outcome) in replies.into_iter().zip(outcomes) {
        if let Some(event) = outcome.event {
            bus.publish(event);
        }
        last_bus = Some(bus);
        answers.push((reply, outcome.answer));
    }
    let answer = move || {
        for (reply, answer) in answers {
            // Nobody listens any more when the caller went away; the change is committed all the same.
            drop(reply.send(Ok(answer)));
        }
    };
    match last_bus.and_then(|bus| bus.settled()) {
        None => answer(),
        Some(settled) => {
            tasks.spawn(async move {
                settled.await;
                answer();
            });
        }
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
async fn lock(db: &mut PgConnection, ids: &[String]) -> Result<(), sqlx::Error> {
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
