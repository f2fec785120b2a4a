//! What the world hears after something happened. Events are hints: the
//! database is the truth, and `rev` lets a reader see that a hint is missing.

use serde::{Deserialize, Serialize};

use crate::{
    conversation::Conversation,
    ids::{ConversationId, UserId},
    message::Message,
    timestamp::Timestamp,
};

/// One event and the people whose sockets hear it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub audience: Vec<UserId>,
    pub kind: EventKind,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EventKind {
    Message {
        rev: i64,
        message: Message,
    },
    /// It was corrected, taken back, or somebody reacted.
    MessageUpdated {
        rev: i64,
        message: Message,
    },
    Read {
        conversation: ConversationId,
        rev: i64,
        user: UserId,
        last_read_seq: i64,
        read_at: Timestamp,
    },
    /// Opened, joined, left, or its product changed. Each hears their own counters.
    ConversationUpdated(Box<Conversation>),
    Typing {
        conversation: ConversationId,
        user: UserId,
        is_typing: bool,
    },
    OnlineStatus {
        user: UserId,
        is_online: bool,
        last_seen: Option<Timestamp>,
    },
    /// Refetch: one conversation, or everything.
    Reset {
        conversation: Option<ConversationId>,
    },
    /// The directory's answer about these people changed: role, name, activity, existence.
    PeopleChanged,
}

/// What an event makes untrue of what servers keep in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stale<'a> {
    Nothing,
    /// The lists and the unread counts of the audience, and lists of all conversations.
    Conversations,
    /// Whether this user is online, and every list that shows it.
    Presence(&'a UserId),
    /// Who people are.
    People,
}

impl EventKind {
    pub fn stale(&self) -> Stale<'_> {
        match self {
            Self::Message { .. }
            | Self::MessageUpdated { .. }
            | Self::Read { .. }
            | Self::ConversationUpdated(_)
            | Self::Reset { .. } => Stale::Conversations,
            Self::OnlineStatus { user, .. } => Stale::Presence(user),
            Self::PeopleChanged => Stale::People,
            Self::Typing { .. } => Stale::Nothing,
        }
    }

    /// The message that it brings.
    pub fn message(&mut self) -> Option<&mut Message> {
        match self {
            Self::Message { message, .. } | Self::MessageUpdated { message, .. } => Some(message),
            _ => None,
        }
    }

    /// Whether it is of no interest a moment later.
    pub fn is_brief(&self) -> bool {
        matches!(self, Self::Typing { .. })
    }

    /// The conversation and its `rev` after this event, for the durable ones.
    pub fn revision(&self) -> Option<(&ConversationId, i64)> {
        match self {
            Self::Message { rev, message } | Self::MessageUpdated { rev, message } => {
                Some((&message.conversation, *rev))
            }
            Self::Read {
                conversation, rev, ..
            } => Some((conversation, *rev)),
            Self::ConversationUpdated(conversation) => Some((&conversation.id, conversation.rev)),
            Self::Typing { .. }
            | Self::OnlineStatus { .. }
            | Self::Reset { .. }
            | Self::PeopleChanged => None,
        }
    }
}
