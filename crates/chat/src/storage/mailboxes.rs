//! Addresses of people, and whether mail arrives there.

use async_trait::async_trait;

use super::Result;
use crate::{ids::UserId, timestamp::Timestamp};

/// An address from which mails came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    pub address: String,
    pub failures: i64,
    /// What the mail server said last.
    pub reason: String,
    pub failed_at: Timestamp,
}

/// How mail is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailState {
    /// People for whom somebody is to look whether a mail is owed.
    pub waiting: i64,
    /// Since when the first of those waits whose time has come.
    pub overdue_since: Option<Timestamp>,
    /// Addresses that get no more mails, all of them; and the newest of these.
    pub stopped: i64,
    pub unreachable: Vec<Unreachable>,
}

/// An address is compared without regard to case.
#[async_trait]
pub trait Mailboxes: Send + Sync {
    /// As the directory has it; `None`: nobody, or somebody without one.
    async fn address(&self, user: &UserId) -> Result<Option<String>>;

    /// A mail to it came back for good. Returns how many have. See [`crate::limits::BOUNCES`].
    async fn bounced(&self, address: &str, reason: &str, now: Timestamp) -> Result<i64>;

    /// Its owner is there: what came back before is forgotten.
    async fn reached(&self, address: &str) -> Result<()>;

    async fn mail_state(&self, now: Timestamp) -> Result<MailState>;
}
