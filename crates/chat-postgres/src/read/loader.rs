//! Questions that share queries. While thousands of clients come back, all ask the same kinds of things;
//! whatever is asked while queries run goes into the next one. A question is never answered by a
//! query that began before it was asked.

use std::{pin::Pin, sync::Arc};

use chat::error::StorageError;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::error::{repeated, storage_error};
use crate::pool::Pool;

/// Questions that wait at most; more are told that the database is not available.
const QUEUE: usize = 4_096;

/// How much goes loader.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// Weight of the questions that share a query; a heavier one has a query of its own.
    pub weight: usize,
    /// Queries that run at the same time.
    pub queries: usize,
}

type Answers<A> = Pin<Box<dyn Future<Output = Result<Vec<A>, sqlx::Error>> + Send>>;
type Answer<Q, A> = Arc<dyn Fn(Pool, Arc<[Q]>) -> Answers<A> + Send + Sync>;

struct Asked<Q, A> {
    question: Q,
    weight: usize,
    reply: oneshot::Sender<Result<A, StorageError>>,
}

/// Questions of one kind.
pub(crate) struct Loader<Q, A> {
    queue: mpsc::Sender<Asked<Q, A>>,
    tasks: TaskTracker,
    closing: CancellationToken,
}

impl<Q: Send + Sync + 'static, A: Send + 'static> Loader<Q, A> {
    /// Answers until [`Self::close`]. `answer` has one answer for each question, in their order.
    pub fn start<F>(
        pool: &Pool,
        bounds: Bounds,
        answer: impl Fn(Pool, Arc<[Q]>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<Vec<A>, sqlx::Error>> + Send + 'static,
    {
        let (queue, questions) = mpsc::channel(QUEUE);
        let (tasks, closing) = (TaskTracker::new(), CancellationToken::new());
        let batches = Batches {
            questions,
            next: None,
            most: bounds.weight,
        };
        let turns = Arc::new(Semaphore::new(bounds.queries));
        let answer: Answer<Q, A> = Arc::new(move |pool, asked| Box::pin(answer(pool, asked)));
        tasks.spawn(run(
            batches,
            turns,
            answer,
            pool.clone(),
            tasks.clone(),
            closing.clone(),
        ));
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

    pub async fn ask(&self, question: Q, weight: usize) -> Result<A, StorageError> {
        let (reply, answer) = oneshot::channel();
        let asked = Asked {
            question,
            weight,
            reply,
        };
        let busy = |what: &'static str| StorageError::Unavailable(what.into());
        let full = |_| busy("too many questions wait for the database");
        self.queue.try_send(asked).map_err(full)?;
        // The pool and the database limit how long this takes.
        answer.await.map_err(|_| busy("the server is stopping"))?
    }
}

struct Batches<Q, A> {
    questions: mpsc::Receiver<Asked<Q, A>>,
    /// The one that was too much for the last batch.
    next: Option<Asked<Q, A>>,
    most: usize,
}

impl<Q, A> Batches<Q, A> {
    /// What goes into the next query; nothing when there will be no more.
    async fn take(&mut self, closing: &CancellationToken) -> Vec<Asked<Q, A>> {
        let mut batch = Vec::new();
        while batch.is_empty() {
            if let Some(first) = self.next.take() {
                self.fill(&mut batch, first);
                continue;
            }
            tokio::select! {
                biased;
                asked = self.questions.recv() => match asked {
                    Some(first) => self.fill(&mut batch, first),
                    None => break,
                },
                () = closing.cancelled(), if !self.questions.is_closed() => self.questions.close(),
            }
        }
        batch
    }

    fn fill(&mut self, batch: &mut Vec<Asked<Q, A>>, first: Asked<Q, A>) {
        let mut asked = Some(first);
        let mut weight = 0;
        while let Some(one) = asked {
            weight += one.weight;
            if weight > self.most && !batch.is_empty() {
                self.next = Some(one);
                return;
            }
            // Who does not wait any more needs no answer.
            if one.reply.is_closed() {
                weight -= one.weight;
            } else {
                batch.push(one);
            }
            asked = self.questions.try_recv().ok();
        }
    }
}

async fn run<Q: Send + Sync + 'static, A: Send + 'static>(
    mut batches: Batches<Q, A>,
    turns: Arc<Semaphore>,
    answer: Answer<Q, A>,
    pool: Pool,
    tasks: TaskTracker,
    closing: CancellationToken,
) {
    // Never closed. What is asked while all queries run waits to go loader.
    while let Ok(turn) = turns.clone().acquire_owned().await {
        let batch = batches.take(&closing).await;
        if batch.is_empty() {
            return;
        }
        let (questions, replies): (Vec<_>, Vec<_>) = batch
            .into_iter()
            .map(|asked| (asked.question, asked.reply))
            .unzip();
        let (answer, pool) = (answer.clone(), pool.clone());
        tasks.spawn(async move {
            match pool.ask(answer(pool.clone(), questions.into())).await {
                Ok(answers) => {
                    for (reply, answer) in replies.into_iter().zip(answers) {
                        drop(reply.send(Ok(answer)));
                    }
                }
                Err(error) => {
                    let error = storage_error(error);
                    for reply in replies {
                        drop(reply.send(Err(repeated(&error))));
                    }
                }
            }
            drop(turn);
        });
    }
}

/// The answer to a question by its place in a statement, where PostgreSQL counts from 1.
pub(crate) fn answer_at<T>(answers: &mut [T], place: i64) -> &mut T {
    let place = usize::try_from(place - 1).expect("places begin with 1");
    &mut answers[place]
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tokio::sync::Semaphore;

    use super::{Bounds, Loader};
    use crate::{PgOptions, pool::Pool};

    const BOUNDS: Bounds = Bounds {
        weight: 10,
        queries: 2,
    };

    /// What was asked loader.
    type Notes = Arc<Mutex<Vec<Vec<usize>>>>;

    /// Doubles numbers as slowly as it is let, and notes what it was asked.
    fn doubler(may: &Arc<Semaphore>) -> (Loader<usize, usize>, Notes) {
        // Never connected to.
        let pool = Pool::new(&PgOptions::new("postgres://nobody@localhost/nothing"));
        let asked = Notes::default();
        let (may, notes) = (may.clone(), asked.clone());
        let loader = Loader::start(&pool.unwrap(), BOUNDS, move |_, numbers: Arc<[usize]>| {
            notes.lock().unwrap().push(numbers.to_vec());
            let may = may.clone();
            async move {
                may.acquire().await.unwrap().forget();
                if numbers.contains(&13) {
                    return Err(sqlx::Error::PoolTimedOut);
                }
                Ok(numbers.iter().map(|number| 2 * number).collect())
            }
        });
        (loader, asked)
    }

    #[tokio::test]
    async fn what_is_asked_while_queries_run_goes_loader_within_bounds() {
        let may = Arc::new(Semaphore::new(0));
        let (loader, asked) = doubler(&may);
        let ask = |number, weight| loader.ask(number, weight);
        let all = async {
            // Two queries run; of the rest, what is too heavy goes on to the next.
            tokio::join!(
                ask(1, 10),
                ask(2, 10),
                ask(3, 4),
                ask(4, 4),
                ask(5, 4),
                ask(6, 99),
                ask(13, 1),
                ask(14, 1)
            )
        };
        let (all, ()) = tokio::join!(all, async { may.add_permits(100) });
        assert_eq!((all.0.unwrap(), all.1.unwrap()), (2, 4));
        assert_eq!((all.2.unwrap(), all.3.unwrap(), all.4.unwrap()), (6, 8, 10));
        assert_eq!(all.5.unwrap(), 12);
        all.6.unwrap_err();
        all.7.unwrap_err();
        loader.close().await;
        let asked = asked.lock().unwrap().clone();
        assert_eq!(
            asked,
            [vec![1], vec![2], vec![3, 4], vec![5], vec![6], vec![13, 14]]
        );
        loader.ask(1, 1).await.unwrap_err();
    }

    #[tokio::test]
    async fn the_end_waits_for_the_answers() {
        let may = Arc::new(Semaphore::new(0));
        let (loader, _) = doubler(&may);
        let asked = loader.ask(1, 1);
        let (answer, (), ()) = tokio::join!(asked, loader.close(), async {
            tokio::task::yield_now().await;
            may.add_permits(1);
        });
        assert_eq!(answer.unwrap(), 2);
    }
}
