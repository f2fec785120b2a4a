//! Changes that share a transaction: what may, and what comes of it.

use std::collections::HashSet;

use chat::{
    error::StorageError,
    ids::{AttachmentId, ConversationId},
    message::Draft,
    publisher::Publisher,
    storage::{Append, Mark},
};
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;

use super::{
    outcome::Outcome,
    read_marks::MarkJob,
    transaction::{Failure, attempt},
};
use crate::{jobs::Wakes, pool::Pool};

/// Batches that may go without a change because another server holds its conversation. Then
/// it waits for that server: whoever is always later must not be last for ever.
const SKIPS: u8 = 4;

pub(crate) type Reply<T> = oneshot::Sender<Result<T, StorageError>>;

/// Who waits for an answer.
pub(crate) struct Caller<T> {
    reply: Reply<T>,
    /// Batches that went without it.
    skips: u8,
}

impl<T> Caller<T> {
    pub fn new(reply: Reply<T>) -> Self {
        Self { reply, skips: 0 }
    }

    fn skipped(self) -> Self {
        let skips = self.skips.saturating_add(1);
        Self { skips, ..self }
    }
}

/// A change that shares its transaction with others.
pub(crate) enum Job {
    Append(Box<Draft>, Caller<Append>),
    Mark(MarkJob, Caller<Mark>),
}

/// Jobs that may share a transaction: no two that would need to see each other's result.
#[derive(Default)]
pub(crate) struct Batch {
    drafts: Vec<Draft>,
    draft_callers: Vec<Caller<Append>>,
    marks: Vec<MarkJob>,
    mark_callers: Vec<Caller<Mark>>,
    retries: HashSet<(String, ConversationId, String)>,
    files: HashSet<AttachmentId>,
    marked: HashSet<ConversationId>,
}

impl Batch {
    /// Takes the job, or carries it over to the next batch.
    pub fn add(&mut self, job: Job, carried: &mut Vec<Job>) {
        match job {
            Job::Append(draft, caller) => {
                let retry = draft
                    .client_message_id
                    .clone()
                    .map(|id| (draft.sender.to_string(), draft.conversation.clone(), id));
                let mut files = draft.files.iter().map(|file| &file.id);
                let shares_a_file = files.any(|id| self.files.contains(id));
                if shares_a_file || retry.is_some_and(|retry| !self.retries.insert(retry)) {
                    carried.push(Job::Append(draft, caller));
                } else {
                    self.files
                        .extend(draft.files.iter().map(|file| file.id.clone()));
                    self.drafts.push(*draft);
                    self.draft_callers.push(caller);
                }
            }
            Job::Mark(mark, caller) => {
                if self.marked.insert(mark.conversation.clone()) {
                    self.marks.push(mark);
                    self.mark_callers.push(caller);
                } else {
                    carried.push(Job::Mark(mark, caller));
                }
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty() && self.marks.is_empty()
    }

    /// Conversations that are waited for.
    fn urgent(&self) -> Vec<String> {
        let drafts = self.drafts.iter().zip(&self.draft_callers);
        let drafts = drafts.map(|(draft, caller)| (&draft.conversation, caller.skips));
        let marks = self.marks.iter().zip(&self.mark_callers);
        let marks = marks.map(|(mark, caller)| (&mark.conversation, caller.skips));
        let urgent = drafts.chain(marks).filter(|(_, skips)| *skips >= SKIPS);
        urgent.map(|(id, _)| id.to_string()).collect()
    }

    fn conversations(&self) -> Vec<ConversationId> {
        let drafts = self.drafts.iter().map(|draft| draft.conversation.clone());
        drafts
            .chain(self.marks.iter().map(|mark| mark.conversation.clone()))
            .collect()
    }
}

/// Commits a batch, publishes, answers, and returns what another server was in the way of. When
/// the whole cannot be committed because of one of its jobs, each is tried on its own. `Err`
/// names the conversations of commits whose end is unknown.
pub(crate) async fn commit_and_answer(
    pool: &Pool,
    publisher: &dyn Publisher,
    wakes: &Wakes,
    batch: Batch,
    tasks: &TaskTracker,
) -> Result<Vec<Job>, Vec<ConversationId>> {
    let conversations = batch.conversations();
    let urgent = batch.urgent();
    let error = match attempt(pool, wakes, &batch.drafts, &batch.marks, &urgent).await {
        Ok((drafts, marks)) => {
            let mut skipped = Vec::new();
            let again = |draft, caller| skipped.push(Job::Append(Box::new(draft), caller));
            let done = self::done(batch.drafts, batch.draft_callers, drafts, again);
            publish_and_answer(publisher, done, tasks);
            let again = |mark, caller| skipped.push(Job::Mark(mark, caller));
            let done = self::done(batch.marks, batch.mark_callers, marks, again);
            publish_and_answer(publisher, done, tasks);
            return Ok(skipped);
        }
        Err(error) => error,
    };
    let alone = batch.drafts.len() + batch.marks.len() == 1;
    if alone || matches!(error, Failure::Unavailable(_)) {
        let lost = matches!(error, Failure::Unavailable(_));
        let callers = batch.draft_callers.into_iter();
        callers.for_each(|caller| drop(caller.reply.send(Err(error.for_caller()))));
        let callers = batch.mark_callers.into_iter();
        callers.for_each(|caller| drop(caller.reply.send(Err(error.for_caller()))));
        return if lost {
            Err(conversations)
        } else {
            Ok(Vec::new())
        };
    }
    let mut lost = Vec::new();
    for (draft, caller) in batch.drafts.into_iter().zip(batch.draft_callers) {
        let id = draft.conversation.clone();
        let done = attempt(pool, wakes, &[draft], &[], &[id.to_string()]).await;
        if !answer_alone(publisher, caller, done.map(|(outcomes, _)| outcomes), tasks) {
            lost.push(id);
        }
    }
    for (mark, caller) in batch.marks.into_iter().zip(batch.mark_callers) {
        let id = mark.conversation.clone();
        let done = attempt(pool, wakes, &[], &[mark], &[id.to_string()]).await;
        if !answer_alone(publisher, caller, done.map(|(_, outcomes)| outcomes), tasks) {
            lost.push(id);
        }
    }
    if lost.is_empty() {
        Ok(Vec::new())
    } else {
        Err(lost)
    }
}

/// Those that were done; the others are for another time.
fn done<W, T>(
    work: Vec<W>,
    callers: Vec<Caller<T>>,
    outcomes: Vec<Option<Outcome<T>>>,
    mut again: impl FnMut(W, Caller<T>),
) -> Vec<(Caller<T>, Outcome<T>)> {
    let mut done = Vec::with_capacity(work.len());
    for ((work, caller), outcome) in work.into_iter().zip(callers).zip(outcomes) {
        match outcome {
            Some(outcome) => done.push((caller, outcome)),
            None => again(work, caller.skipped()),
        }
    }
    done
}

/// `false`: it may have been committed or not.
fn answer_alone<T: Send + 'static>(
    publisher: &dyn Publisher,
    caller: Caller<T>,
    done: Result<Vec<Option<Outcome<T>>>, Failure>,
    tasks: &TaskTracker,
) -> bool {
    match done {
        Ok(outcomes) => {
            let outcome = outcomes.into_iter().flatten().next();
            let outcome = outcome.expect("it waited for the conversation");
            publish_and_answer(publisher, vec![(caller, outcome)], tasks);
            true
        }
        Err(error) => {
            drop(caller.reply.send(Err(error.for_caller())));
            false
        }
    }
}

/// Publishes in order; the answers follow when the changes are known where the callers may read,
/// and the worker does not wait for that.
fn publish_and_answer<T: Send + 'static>(
    publisher: &dyn Publisher,
    done: Vec<(Caller<T>, Outcome<T>)>,
    tasks: &TaskTracker,
) {
    if done.is_empty() {
        return;
    }
    let mut answers = Vec::with_capacity(done.len());
    for (Caller { reply, .. }, outcome) in done {
        if let Some(event) = outcome.event {
            publisher.publish(event);
        }
        answers.push((reply, outcome.answer));
    }
    let answer = move || {
        for (reply, answer) in answers {
            // Nobody listens any more when the caller went away; the change is committed all the same.
            drop(reply.send(Ok(answer)));
        }
    };
    match publisher.settled() {
        None => answer(),
        Some(settled) => {
            tasks.spawn(async move {
                settled.await;
                answer();
            });
        }
    }
}
