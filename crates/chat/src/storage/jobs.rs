//! The outbox: jobs that wait for somebody to do them.

use std::time::Duration;

use async_trait::async_trait;

use super::Result;
use crate::{
    ids::{JobId, NodeId},
    job::{Claim, Ended, Job, JobLoad, JobQuery, KindLoad, NewJob},
};

/// A queue that several servers work on. What causes a job writes it in its own transaction; [`Self::add`]
/// is for what no change causes. Times are by the clock of the storage. Order is not promised.
#[async_trait]
pub trait Jobs: Send + Sync {
    /// Those whose kind and key wait already change nothing.
    async fn add(&self, jobs: &[NewJob]) -> Result<()>;

    /// Takes at most `limit` jobs of this kind that are due, the longest due first. Nobody else has them
    /// before the lease ends, and after it somebody else does: a job is done at least once.
    async fn claim(
        &self,
        node: &NodeId,
        kind: &str,
        lease: Duration,
        limit: i64,
    ) -> Result<Vec<Job>>;

    /// What became of it. `false`: the claim was not good any more, and nothing changed.
    async fn end(&self, claim: &Claim, ended: &Ended) -> Result<bool>;

    /// Ends when a job of this kind may have been written through this storage since the last call. One
    /// caller for each kind. Others find what is due by looking.
    async fn added(&self, kind: &str);

    /// In the order of their ids.
    async fn list(&self, query: &JobQuery) -> Result<Vec<Job>>;

    /// Dead jobs are due again, with all their attempts: this one, or all. One whose kind and key
    /// waits by now stays dead. Returns how many.
    async fn replay(&self, job: Option<&JobId>) -> Result<u64>;

    /// Of all kinds together.
    async fn load(&self) -> Result<JobLoad>;

    /// Of each kind that has any.
    async fn load_by_kind(&self) -> Result<Vec<KindLoad>>;

    /// Forgets what has been dead for longer. Returns how many.
    async fn forget_dead(&self, older_than: Duration) -> Result<u64>;
}
