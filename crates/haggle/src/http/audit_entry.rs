//! An entry of the audit as administrators see it.

use chat::audit::{self, Action};
use serde::Serialize;
use utoipa::ToSchema;

use crate::wire::ConversationType;

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum AuditAction {
    Created,
    Opened,
    Joined,
    Left,
    Sent,
    Viewed,
    Downloaded,
    Refused,
}

impl From<Action> for AuditAction {
    fn from(action: Action) -> Self {
        match action {
            Action::Created => Self::Created,
            Action::Opened => Self::Opened,
            Action::Joined => Self::Joined,
            Action::Left => Self::Left,
            Action::Sent => Self::Sent,
            Action::Viewed => Self::Viewed,
            Action::Downloaded => Self::Downloaded,
            Action::Refused => Self::Refused,
        }
    }
}

/// Who did what, when and from where. Never what was said.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Of a message that was sent, the message's.
    pub id: String,
    #[schema(format = DateTime)]
    pub at: String,
    /// Null: whoever had a signed link.
    #[schema(required = true)]
    pub actor_id: Option<String>,
    pub action: AuditAction,
    #[schema(required = true)]
    pub conversation_id: Option<String>,
    /// The other end of the connection.
    #[schema(required = true)]
    pub ip: Option<String>,
    /// What the client calls itself, its first 256 characters.
    #[schema(required = true)]
    pub user_agent: Option<String>,
    /// Its fields depend on the action.
    #[schema(value_type = AuditDetail)]
    pub detail: serde_json::Value,
}

impl From<audit::Entry> for AuditEntry {
    fn from(entry: audit::Entry) -> Self {
        Self {
            id: entry.id.to_string(),
            at: entry.at.to_string(),
            actor_id: entry.actor.map(|actor| actor.to_string()),
            action: entry.action.into(),
            conversation_id: entry.conversation.map(|id| id.to_string()),
            ip: entry.source.ip.map(|ip| ip.to_string()),
            user_agent: entry.source.user_agent().map(str::to_owned),
            detail: entry.detail,
        }
    }
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "the document's view of `detail`")]
pub struct AuditDetail {
    /// What was looked at or refused: `conversation`, `messages`, `events`, `missed`, `send`,
    /// `mark_read`, `typing`, `join`, `leave` or `attachment`.
    what: Option<String>,
    /// Of a conversation that was created.
    r#type: Option<ConversationType>,
    /// Who was seated as its administrator.
    admin: Option<String>,
    /// Why somebody left who did not ask for it: `demoted`, they are no administrator any more;
    /// `deleted`, there is no account any more.
    because: Option<String>,
    /// Of the newest message when somebody joined or left.
    last_seq: Option<i64>,
    /// Which file was downloaded.
    attachment: Option<String>,
}
