//! Does the jobs of the outbox: each by one server, at least once, with pauses between its tries.

mod watch;
mod worker;

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use chat::{
    Chat,
    ids::NodeId,
    job::{Job, Schedule},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::worker::Worker;

/// Does the jobs of one kind.
#[async_trait]
pub trait Handler: Send + Sync {
    fn kind(&self) -> &str;

    /// When a job that failed is tried again.
    fn schedule(&self) -> Schedule;

    /// Jobs that this server does at the same time, at most.
    fn at_once(&self) -> usize;

    /// A job that takes longer has failed.
    fn time_limit(&self) -> Duration;

    /// May be done again with the same job: after a crash, nobody knows how far it came. Dropped when the
    /// server has to end before.
    async fn run(&self, job: &Job) -> Verdict;
}

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Done,
    /// It is too early; look again after this time. Counts as no attempt.
    Later(Duration),
    /// It failed, and may work another time: by the schedule, until that ends.
    Again(String),
    /// It failed, and would again.
    Dead(String),
}

/// One task for each kind, and one that watches them. They end when the server drains.
pub fn start(
    chat: &Chat,
    node: &NodeId,
    handlers: Vec<Arc<dyn Handler>>,
    draining: &CancellationToken,
    tasks: &TaskTracker,
) {
    for handler in handlers {
        let worker = Worker {
            handler,
            jobs: chat.jobs.clone(),
            node: node.clone(),
            clock: chat.clock.clone(),
            draining: draining.clone(),
        };
        tasks.spawn(worker.run());
    }
    tasks.spawn(watch::watch(chat.jobs.clone(), draining.clone()));
}
