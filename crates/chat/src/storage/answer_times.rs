//! How long suppliers usually take to answer.

use std::time::Duration;

use async_trait::async_trait;

use super::Result;

/// Shown on their seats. It is worked out now and then, and no send knows of it.
#[async_trait]
pub trait AnswerTimes: Send + Sync {
    /// Works out the usual time of every supplier in whose conversations something changed since the
    /// last time, unless that was less than this ago on whichever server. Returns of how many.
    async fn work_out(&self, every: Duration) -> Result<usize>;
}
