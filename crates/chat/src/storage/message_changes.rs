//! What becomes of messages after they were sent.

use async_trait::async_trait;

use super::Result;
use crate::{
    audit::Act,
    ids::{ConversationId, MessageId},
    message::{Message, SystemDraft, Version},
};

/// Which message, and who changes it.
#[derive(Clone, Debug)]
pub struct Target {
    pub conversation: ConversationId,
    pub message: MessageId,
    /// For the audit. Its actor is somebody.
    pub act: Act,
}

/// Another text for one's own message.
#[derive(Clone, Debug)]
pub struct Correction {
    pub target: Target,
    /// Cleaned by [`crate::content::clean`].
    pub text: String,
    /// What `lastMessage` becomes, where it is the newest.
    pub preview: String,
    /// How long it may be corrected, by the clock of storage.
    pub window_minutes: u32,
}

/// Who takes a message back.
#[derive(Clone, Debug)]
pub enum Retraction {
    /// Its sender, for so long.
    Own { window_minutes: u32 },
    /// An administrator, whoever sent it and sits there. An open offer is withdrawn with its message.
    Moderation {
        reason: Option<String>,
        /// What the administrator is called,
        name: String,
        /// and the message that tells of the offer.
        told_by: MessageId,
    },
}

/// A reaction is there, or is not.
#[derive(Clone, Debug)]
pub struct Reacting {
    pub target: Target,
    /// One grapheme.
    pub emoji: String,
    pub is_set: bool,
}

/// What became of a change. Only `Changed` changed anything.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Changed(Box<Message>),
    /// It was so already.
    Same(Box<Message>),
    NoMessage,
    /// The actor has no place there.
    NotParticipant,
    /// Somebody else sent it.
    NotOwn,
    /// It is too late, or an offer behind it was accepted.
    WindowOver,
    /// It was taken back.
    Deleted(Box<Message>),
    /// Messages of this kind do not change so.
    NotText,
    /// No more different reactions: [`crate::limits::REACTIONS`].
    TooMany,
}

/// Each change raises `rev`, is audited in its transaction, and is published to everybody who sits there.
#[async_trait]
pub trait MessageChanges: Send + Sync {
    /// `None`: it is not of this conversation.
    async fn message(
        &self,
        conversation: &ConversationId,
        message: &MessageId,
    ) -> Result<Option<Message>>;

    /// The text that was is kept as a version.
    async fn correct(&self, correction: Correction) -> Result<Change>;

    /// The message keeps its place without text, files and reactions. What it said is kept as a version.
    async fn take_back(&self, target: Target, retraction: Retraction) -> Result<Change>;

    async fn react(&self, reacting: Reacting) -> Result<Change>;

    /// What it said, oldest first; the last is what it says now, unless it was taken back.
    async fn versions(
        &self,
        conversation: &ConversationId,
        message: &MessageId,
    ) -> Result<Option<Vec<Version>>>;

    /// A message of what happened, at the end. It counts as unread for everybody but whoever did it, whose mark
    /// moves with it if they had read everything. `None`: there is no such conversation.
    async fn append_system(&self, draft: SystemDraft) -> Result<Option<Message>>;
}
