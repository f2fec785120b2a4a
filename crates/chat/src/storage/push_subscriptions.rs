//! Browsers that want to show what was missed.

use async_trait::async_trait;

use super::Result;
use crate::{ids::UserId, push::PushSubscription, timestamp::Timestamp};

/// At most [`crate::limits::PUSH_SUBSCRIPTIONS`] a person; they go with their person.
#[async_trait]
pub trait PushSubscriptions: Send + Sync {
    /// Takes the place of one with the same endpoint, whoever's it was. The oldest goes where there are
    /// too many.
    async fn subscribe(
        &self,
        user: &UserId,
        subscription: &PushSubscription,
        now: Timestamp,
    ) -> Result<()>;

    /// Of this person, or of anybody. Whether there was one.
    async fn unsubscribe(&self, user: Option<&UserId>, endpoint: &str) -> Result<bool>;

    /// Newest first.
    async fn subscriptions(&self, user: &UserId) -> Result<Vec<PushSubscription>>;

    /// Makes a job ([`crate::push::JOB`]) for each browser of people who were notified since the last look
    /// and want it; one for a browser and a conversation, as long as it waits. One look of many servers at a
    /// time, and the first of all begins now. Returns how many there were.
    async fn collect_pushes(&self, now: Timestamp) -> Result<u64>;
}
