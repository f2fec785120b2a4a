//! Rate limits as token buckets.

mod bucket;
mod local;
mod status;

pub use bucket::Quota;
pub use local::{LocalRateLimiter, Quotas};
pub use status::{Decision, LimitedAction, RateLimitStatus};

use async_trait::async_trait;

use crate::{error::StorageError, ids::UserId};

#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Takes one token of this user's bucket.
    async fn take(&self, user: &UserId, action: LimitedAction) -> Result<Decision, StorageError>;

    /// Gives a token back, for an attempt that created nothing.
    async fn give_back(&self, user: &UserId, action: LimitedAction);
}
