//! Works on the jobs of one kind.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use chat::{
    ids::NodeId,
    job::{Claim, Ended, Job},
    storage::Jobs,
    timestamp::Clock,
};
use futures_util::FutureExt;
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval, sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::handler::{Handler, Verdict};
use crate::storage_log::log_storage;

/// Between two looks for what is due: jobs of other servers, and those that waited.
const POLL: Duration = Duration::from_secs(1);
/// A lease outlives the time limit of its job by this much, so that nobody takes over what still runs.
const MARGIN: Duration = Duration::from_secs(20);
/// Jobs that run when the server drains have this long to finish; then they are given back.
const FINISH: Duration = Duration::from_millis(2_500);
/// Tries to say how a job ended, and the pause between two of them. In vain: it is done again.
const TELLS: u32 = 3;
const TELL_PAUSE: Duration = Duration::from_millis(500);
/// Characters that are kept of an error.
const ERROR_CHARS: usize = 500;

#[derive(Clone)]
pub(super) struct Worker {
    pub handler: Arc<dyn Handler>,
    pub jobs: Arc<dyn Jobs>,
    pub node: NodeId,
    pub clock: Arc<dyn Clock>,
    pub draining: CancellationToken,
}

impl Worker {
    /// Until the server drains.
    pub async fn run(self) {
        let mut running = JoinSet::new();
        let giving_back = CancellationToken::new();
        let mut poll = interval(POLL);
        poll.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut looks, mut was_well) = (true, true);
        loop {
            let room = self.handler.at_once().saturating_sub(running.len());
            if looks && room > 0 {
                match self.claim(room).await {
                    Ok(claimed) => {
                        // As many as there is room for: probably there are more.
                        looks = claimed.len() == room;
                        was_well = true;
                        for job in claimed {
                            running.spawn(self.clone().work(job, giving_back.clone()));
                        }
                    }
                    Err(error) => {
                        // One line when it begins, not one every second.
                        if was_well {
                            log_storage(&error);
                        }
                        (looks, was_well) = (false, false);
                    }
                }
            }
            tokio::select! {
                biased;
                () = self.draining.cancelled() => break,
                Some(_) = running.join_next(), if !running.is_empty() => {}
                () = self.jobs.added(self.handler.kind()) => looks = true,
                _ = poll.tick() => looks = true,
            }
        }
        let finished = async { while running.join_next().await.is_some() {} };
        if timeout(FINISH, finished).await.is_err() {
            giving_back.cancel();
            while running.join_next().await.is_some() {}
        }
    }

    async fn claim(&self, room: usize) -> Result<Vec<Job>, chat::error::StorageError> {
        let lease = self.handler.time_limit() + MARGIN;
        let room = i64::try_from(room).unwrap_or(i64::MAX);
        let kind = self.handler.kind();
        self.jobs.claim(&self.node, kind, lease, room).await
    }

    async fn work(self, job: Job, giving_back: CancellationToken) {
        let verdict = AssertUnwindSafe(self.handler.run(&job)).catch_unwind();
        let verdict = tokio::select! {
            verdict = timeout(self.handler.time_limit(), verdict) => match verdict {
                Ok(Ok(verdict)) => verdict,
                Ok(Err(_)) => Verdict::Again("a defect of the server, which its log describes".to_owned()),
                Err(_) => Verdict::Again("it took too long".to_owned()),
            },
            () = giving_back.cancelled() => {
                return self.tell(&job, &Ended::Later(Duration::ZERO)).await;
            }
        };
        let ended = self.ended(&job, verdict);
        self.count(&ended);
        if let Ended::Dead(error) = &ended {
            let (kind, job, attempts) = (self.handler.kind(), job.id.as_str(), job.attempts);
            tracing::warn!(
                kind,
                job,
                attempts,
                error,
                "a job failed and is not tried again; see haggle jobs --dead"
            );
        }
        self.tell(&job, &ended).await;
    }

    fn ended(&self, job: &Job, verdict: Verdict) -> Ended {
        match verdict {
            Verdict::Done => Ended::Done,
            Verdict::Later(pause) => Ended::Later(pause),
            Verdict::Dead(error) => Ended::Dead(shortened(&error)),
            Verdict::Again(error) => {
                let jitter = jitter(&self.clock.new_id());
                match self.handler.schedule().pause(job.attempts, jitter) {
                    Some(pause) => Ended::Again(pause, shortened(&error)),
                    None => Ended::Dead(shortened(&error)),
                }
            }
        }
    }

    async fn tell(&self, job: &Job, ended: &Ended) {
        let claim = Claim::of(job, &self.node);
        for left in (0..TELLS).rev() {
            match self.jobs.end(&claim, ended).await {
                Ok(_) => return,
                Err(error) if left == 0 => log_storage(&error),
                Err(_) => sleep(TELL_PAUSE).await,
            }
        }
    }

    fn count(&self, ended: &Ended) {
        let outcome = match ended {
            Ended::Done => "done",
            Ended::Later(_) => "later",
            Ended::Again(..) => "again",
            Ended::Dead(_) => "dead",
        };
        let kind = self.handler.kind().split(':').next().unwrap_or_default();
        metrics::counter!("haggle_jobs_total", "kind" => kind.to_owned(), "outcome" => outcome)
            .increment(1);
    }
}

fn shortened(error: &str) -> String {
    error.chars().take(ERROR_CHARS).collect()
}

/// From 0 to 1, out of the random end of a new id.
fn jitter(id: &str) -> f64 {
    let tail = id.get(id.len().saturating_sub(4)..).unwrap_or_default();
    let number = u16::from_str_radix(tail, 16).unwrap_or(0);
    f64::from(number) / f64::from(u16::MAX)
}
