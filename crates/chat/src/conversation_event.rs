//! Who joined and left a conversation, as those who sit there may know it.

use crate::{
    audit::{Action, AuditCursor},
    ids::{AuditId, UserId},
    timestamp::Timestamp,
};

/// What the audit tells participants: neither from where nor why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConversationEvent {
    pub id: AuditId,
    pub kind: EventKind,
    pub actor: Option<UserId>,
    /// The name that others see; `None` once the account is deleted.
    pub actor_name: Option<String>,
    pub at: Timestamp,
    /// Of the newest message then; 0 before the first.
    pub seq: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    Joined,
    Left,
}

impl EventKind {
    pub fn of(action: Action) -> Option<Self> {
        match action {
            Action::Joined => Some(Self::Joined),
            Action::Left => Some(Self::Left),
            _ => None,
        }
    }
}

/// Newest first, then by id descending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventPage {
    pub events: Vec<ConversationEvent>,
    pub has_more: bool,
}

impl EventPage {
    /// Behind its last event, where more follow.
    pub fn next(&self) -> Option<AuditCursor> {
        let last = self.events.last().filter(|_| self.has_more)?;
        Some(AuditCursor {
            at: last.at,
            id: last.id.clone(),
        })
    }
}
