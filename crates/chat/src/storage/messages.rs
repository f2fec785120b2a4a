//! Messages, in their order.

use async_trait::async_trait;

use super::Result;
use crate::{
    conversation::{Barrier, Conversation},
    ids::{ConversationId, MessageId, UserId},
    message::{Draft, Message},
    person::Person,
};

/// What became of an append. Only `Created` changed anything.
#[derive(Clone, Debug, PartialEq)]
pub enum Append {
    Created(Box<Message>),
    /// The sender's `clientMessageId` is known here: the first result, also for an
    /// administrator who has left since, but not for somebody who may no longer look.
    Known(Box<Message>),
    NotParticipant,
    /// Somebody who sits there, or an administrator, may not write there now.
    Barred(Barrier),
    NoConversation,
    /// One of the files is no longer an unsent upload of the sender's.
    FilesGone,
    /// In this one of them, by its name, the scanner has found something since it was looked up.
    Infected(String),
    /// What it answers is not of this conversation.
    NoSuchReply,
}

/// Where a page of messages stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    Newest,
    /// The messages directly older than this one.
    Before(MessageId),
    /// The messages directly newer than this one.
    After(MessageId),
    /// `limit / 2` newer ones at most; the message itself and older ones for the rest.
    Around(MessageId),
}

/// A page of messages, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryPage {
    pub messages: Vec<Message>,
    /// Older and newer than the page's place, also when the page is empty.
    pub has_older: bool,
    pub has_newer: bool,
}

/// What a client last saw of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Since {
    pub conversation: ConversationId,
    pub seq: i64,
    pub rev: Option<i64>,
}

/// What a client missed of a conversation.
#[derive(Clone, Debug, PartialEq)]
pub enum Missed {
    /// The messages after `since.seq`, in order, and the conversation as of the same snapshot.
    Caught {
        conversation: Box<Conversation>,
        messages: Vec<Message>,
        /// Those up to `since.seq` that changed after `since.rev`, in order. Where that is not known, all that
        /// ever changed.
        updated: Vec<Message>,
    },
    /// Too far behind, ahead of us, gone, or not this user's: fetch again.
    Reset(ConversationId),
}

#[async_trait]
pub trait Messages: Send + Sync {
    /// Access check, the draft's files, message, order, the sender's read mark and notification, the
    /// notifications of recipients without a live lease, and the audit, in one transaction. Its files are as
    /// they are then, and not as the draft has them. The message
    /// is as old as the draft, or as the conversation's `active_at` when that is later.
    async fn append(&self, draft: Draft) -> Result<Append>;

    /// The message that this sender sent here under this `clientMessageId`.
    async fn sent(
        &self,
        sender: &UserId,
        conversation: &ConversationId,
        client_message_id: &str,
    ) -> Result<Option<Message>>;

    /// `None`: the anchor is not a message of this conversation. The page is of the conversation at
    /// `known_rev` or later: what somebody was shown before is never missing from it.
    async fn history(
        &self,
        conversation: &ConversationId,
        anchor: &Anchor,
        limit: i64,
        known_rev: i64,
    ) -> Result<Option<HistoryPage>>;

    /// What this person missed: one entry for each `since`, in their order. At most
    /// [`crate::limits::RESUME_MESSAGES`] messages of a conversation, new and changed ones together.
    async fn missed(&self, person: &Person, since: &[Since]) -> Result<Vec<Missed>>;
}
