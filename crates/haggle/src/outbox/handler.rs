//! Who does jobs.

use std::time::Duration;

use async_trait::async_trait;
use chat::job::{Job, Schedule};

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
