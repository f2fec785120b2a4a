//! What people missed while they were away.

use async_trait::async_trait;

use super::Result;
use crate::{
    ids::{NotificationId, UserId},
    notification::Notification,
    timestamp::Timestamp,
};

/// They are written with what they tell of: by [`super::Messages::append`], and by
/// [`super::Leases`] when a last lease ends.
#[async_trait]
pub trait Notifications: Send + Sync {
    /// Newest first, by `updatedAt` and id, and whether there are more; `after` is the last one of
    /// the page before. `None`: no such notification of this user.
    async fn page(
        &self,
        user: &UserId,
        unread_only: bool,
        after: Option<&NotificationId>,
        limit: i64,
    ) -> Result<Option<(Vec<Notification>, bool)>>;

    /// Marks these as read, or all. Ids of others are passed over. Returns how many changed.
    async fn mark_read(
        &self,
        user: &UserId,
        ids: Option<&[NotificationId]>,
        now: Timestamp,
    ) -> Result<u64>;
}
