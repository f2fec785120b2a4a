//! Work that is done after the transaction that caused it: webhooks, mail, push.

mod schedule;

use std::{borrow::Cow, time::Duration};

use serde_json::Value;

pub use self::schedule::Schedule;
use crate::{
    ids::{JobId, NodeId},
    timestamp::Timestamp,
};

/// A job that somebody wants done. What stands behind a colon in its kind is no kind of its own for those who
/// count.
#[derive(Clone, Debug, PartialEq)]
pub struct NewJob {
    pub kind: Cow<'static, str>,
    /// Of one kind and key there is one job that waits; another one changes nothing.
    pub key: Option<String>,
    pub payload: Value,
    /// From now, by the clock of the storage.
    pub after: Duration,
}

impl NewJob {
    /// To be done at once.
    pub fn new(kind: impl Into<Cow<'static, str>>, payload: Value) -> Self {
        Self {
            kind: kind.into(),
            key: None,
            payload,
            after: Duration::ZERO,
        }
    }

    #[must_use]
    pub fn with_key(self, key: impl Into<String>) -> Self {
        Self {
            key: Some(key.into()),
            ..self
        }
    }

    #[must_use]
    pub fn after(self, after: Duration) -> Self {
        Self { after, ..self }
    }
}

/// A job as it is kept. One that is done is not.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub id: JobId,
    pub kind: String,
    pub key: Option<String>,
    pub payload: Value,
    /// Not before.
    pub due_at: Timestamp,
    /// How often it was tried; while it is claimed, this time included.
    pub attempts: u32,
    pub last_error: Option<String>,
    /// Nobody tries any more since then.
    pub dead_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// The right to do a job, until the lease ends or the storage is told how it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub job: JobId,
    pub node: NodeId,
    /// Which attempt: a server that was away too long does not speak for the next one.
    pub attempt: u32,
}

impl Claim {
    pub fn of(job: &Job, node: &NodeId) -> Self {
        Self {
            job: job.id.clone(),
            node: node.clone(),
            attempt: job.attempts,
        }
    }
}

/// What became of a claimed job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    Done,
    /// It was not tried: it was too early, or the server has to end. It is for anybody when this time is over, and
    /// this was no attempt.
    Later(Duration),
    /// It failed, and is tried again when this time is over.
    Again(Duration, String),
    /// It failed, and nobody tries it again by themselves.
    Dead(String),
}

/// Which jobs are listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobQuery {
    /// Those that nobody tries any more, or those that wait.
    pub dead: bool,
    /// Those behind this one.
    pub after: Option<JobId>,
    pub limit: i64,
}

/// What waits and what failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobLoad {
    /// Claimed ones included.
    pub waiting: i64,
    pub failed: i64,
    /// When the one was due that waits longest; `None`: none is late.
    pub oldest: Option<Timestamp>,
}

/// The same of one kind, and of what it has behind a colon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindLoad {
    pub kind: String,
    pub load: JobLoad,
    /// By how much the one is late that waits longest.
    pub late_seconds: i64,
}

/// For so many days a job that failed can be replayed.
pub const DEAD_DAYS: u64 = 30;
