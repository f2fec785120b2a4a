//! Looking people up together. Every request asks who its caller is; whatever is asked while a
//! query runs goes into the next one.

use std::collections::HashMap;

use chat::{error::StorageError, ids::UserId, person::Person};
use sqlx::PgPool;
use tokio::sync::{mpsc, oneshot};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    directory,
    error::{repeated, storage_error},
};

/// Questions that share a query at most.
const BATCH: usize = 200;
/// Questions that wait at most; more are told that the database is not available.
const QUEUE: usize = 4_096;

struct Question {
    id: UserId,
    reply: oneshot::Sender<Result<Option<Person>, StorageError>>,
}

pub(crate) struct People {
    queue: mpsc::Sender<Question>,
    tasks: TaskTracker,
    closing: CancellationToken,
}

impl People {
    /// Answers until [`People::close`].
    pub fn start(pool: &PgPool) -> Self {
        let (queue, questions) = mpsc::channel(QUEUE);
        let (tasks, closing) = (TaskTracker::new(), CancellationToken::new());
        tasks.spawn(run(pool.clone(), questions, closing.clone()));
        Self {
            queue,
            tasks,
            closing,
        }
    }

    /// Answers what waits, and ends.
    pub async fn close(&self) {
        self.closing.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    pub async fn find(&self, id: &UserId) -> Result<Option<Person>, StorageError> {
        // PostgreSQL has no such text, and would refuse the questions of others with it.
        if id.as_str().contains('\0') {
            return Ok(None);
        }
        let (reply, answer) = oneshot::channel();
        let question = Question {
            id: id.clone(),
            reply,
        };
        let busy = |what: &'static str| StorageError::Unavailable(what.into());
        let full = |_| busy("too many questions wait for the database");
        self.queue.try_send(question).map_err(full)?;
        // The pool and the database limit how long this takes.
        answer.await.map_err(|_| busy("the server is stopping"))?
    }
}

async fn run(pool: PgPool, mut questions: mpsc::Receiver<Question>, closing: CancellationToken) {
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            biased;
            taken = questions.recv_many(&mut batch, BATCH) => {
                if taken == 0 {
                    return;
                }
                answer(&pool, &mut batch).await;
            }
            () = closing.cancelled(), if !questions.is_closed() => questions.close(),
        }
    }
}

async fn answer(pool: &PgPool, batch: &mut Vec<Question>) {
    let mut ids: Vec<String> = batch.iter().map(|asked| asked.id.to_string()).collect();
    ids.sort_unstable();
    ids.dedup();
    match directory::people(pool, &ids).await {
        Ok(people) => {
            let known: HashMap<UserId, Person> = people
                .into_iter()
                .map(|person| (person.id.clone(), person))
                .collect();
            for Question { id, reply } in batch.drain(..) {
                // Who does not wait any more needs no answer.
                drop(reply.send(Ok(known.get(&id).cloned())));
            }
        }
        Err(error) => {
            let error = storage_error(error);
            for Question { reply, .. } in batch.drain(..) {
                drop(reply.send(Err(repeated(&error))));
            }
        }
    }
}
