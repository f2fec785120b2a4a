//! Mails about what people missed: to whom one may be owed, who sees to it, and what was told.

use async_trait::async_trait;

use super::Result;
use crate::{
    digest::{Recipient, Told},
    ids::{ConversationId, UserId},
    timestamp::Timestamp,
};

/// One server sees to some people for a while. When that is over, another may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub id: String,
    pub now: Timestamp,
    pub until: Timestamp,
}

/// Nothing of it is written by a send: the notification, which is, is what a mail is owed for.
///
/// A message is told of once. What is told is noted before a mail is handed over ([`Self::begin`]) and
/// after ([`Self::end`]); when the server dies in between, nobody knows whether the mail went out, and
/// it counts as told.
#[async_trait]
pub trait Digests: Send + Sync {
    /// Looks through the notifications that changed since the last look, for people to whom a mail may be
    /// owed after the grace period. One look of many servers at a time. The first look of all
    /// begins now: nobody is told of what they missed before there were mails.
    async fn collect(&self, now: Timestamp, grace_seconds: i64) -> Result<()>;

    /// Takes people whose time has come, at most so many, those first who wait longest. What an
    /// earlier claim had begun with and not ended counts as told.
    async fn claim(&self, claim: &Claim, most: i64) -> Result<Vec<Recipient>>;

    /// A mail about this is about to be handed over, and answers to it come with this token. `false`: the
    /// claim is over.
    async fn begin(
        &self,
        claim: &Claim,
        user: &UserId,
        told: &[Told],
        reply_token: Option<&str>,
    ) -> Result<bool>;

    /// The mail server has taken it, or it has not.
    async fn end(
        &self,
        user: &UserId,
        told: &[Told],
        was_taken: bool,
        now: Timestamp,
    ) -> Result<()>;

    /// Of these no mail will tell; look again then. Ends the claim on this person, unless it is over.
    async fn settle(
        &self,
        claim: &Claim,
        user: &UserId,
        settled: &[Told],
        next_at: Option<Timestamp>,
        attempts: i32,
    ) -> Result<()>;

    /// Whose answers in which conversation come with this token.
    async fn answers(&self, reply_token: &str) -> Result<Option<(UserId, ConversationId)>>;
}
