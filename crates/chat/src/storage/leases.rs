//! Who is here.

use async_trait::async_trait;

use super::Result;
use crate::{
    ids::{NodeId, UserId},
    presence::UserStatus,
};

/// Presence: leases held by nodes for the people whose sockets they hold.
/// A lease lives as long as its node's heartbeat is younger than [`crate::limits::LEASE_SECONDS`].
#[async_trait]
pub trait Leases: Send + Sync {
    /// Keeps the node's leases alive. `false`: they had ended; [`Self::expire`], which reports
    /// those who do not come back, and hold them anew.
    async fn heartbeat(&self, node: &NodeId) -> Result<bool>;

    /// Keeps the node itself alive too. Returns those who were offline before.
    async fn hold(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserId>>;

    /// Returns those who are offline now. What is unread by then becomes a notification.
    async fn release(&self, node: &NodeId, users: &[UserId]) -> Result<Vec<UserStatus>>;

    /// Ends leases of nodes whose heartbeat stopped, not too many in one call; returns those who are
    /// offline now. Nobody: there are no more.
    async fn expire(&self) -> Result<Vec<UserStatus>>;

    /// Writes into the host's own columns, where it wants that, who of these people is online, or who of
    /// all. Returns how many rows were wrong.
    async fn mirror(&self, _users: Option<&[UserId]>) -> Result<u64> {
        Ok(0)
    }

    /// One status for each user that exists.
    async fn statuses(&self, users: &[UserId]) -> Result<Vec<UserStatus>>;

    /// Everybody who sits in a conversation with this user, without the user.
    async fn companions(&self, user: &UserId) -> Result<Vec<UserId>>;

    /// Whether these two sit in a conversation together.
    async fn share_a_conversation(&self, one: &UserId, other: &UserId) -> Result<bool>;
}
