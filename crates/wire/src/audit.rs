//! The audit as administrators see it.

use chat::{
    audit::{AuditCursor, AuditPage as Found, AuditQuery, Entry},
    ids::{AuditId, ConversationId, UserId},
    limits,
    timestamp::Timestamp,
};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    cursor::Cursor,
    read::{Fields, Read},
    words::{AuditAction, ConversationType},
};

/// Who did what, when and from where. Never what was said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Of a message that was sent, the message's.
    pub id: String,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
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
    pub detail: AuditDetail,
}

/// More about what was done. What is there depends on the action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditDetail {
    /// What was looked at or refused: `conversation`, `messages`, `files`, `events`, `missed`, `send`,
    /// `mark_read`, `typing`, `join`, `leave`, `attachment`, `correct`, `take_back`, `react`, `versions`,
    /// `search`, `settings`, `open`, `block`, `close`, `report`, `make_offer`, `answer_offer`, `offer`,
    /// `request_quotation` or `request`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub what: Option<String>,
    /// Of a conversation that was created.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub r#type: Option<ConversationType>,
    /// Of a conversation that was created: who was seated as its administrator, null for nobody.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "null_is_said"
    )]
    #[schema(value_type = Option<String>)]
    pub admin: Option<Option<String>>,
    /// Why somebody left who did not ask for it: `demoted`, they are no administrator any more;
    /// `deleted`, there is no account any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub because: Option<String>,
    /// Of the newest message when somebody joined or left.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub last_seq: Option<i64>,
    /// What somebody set for themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub is_archived: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub is_pinned: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub is_marked_unread: Option<bool>,
    /// Null: no longer.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "null_is_said"
    )]
    #[schema(value_type = Option<String>)]
    pub muted_until: Option<Option<String>>,
    /// Which report was made or judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub report: Option<String>,
    /// What became of the report or of the offer; `requested` of a request.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub state: Option<String>,
    /// Which file was downloaded.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub attachment: Option<String>,
    /// Which message was corrected or taken back, or reacted to.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub message: Option<String>,
    /// Why an administrator took a message back, closed a conversation or opened it again, or what
    /// somebody reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub emoji: Option<String>,
    /// Whether the reaction was given, or taken away.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub is_set: Option<bool>,
    /// Which offer was made, answered or ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub offer: Option<String>,
    /// Which request was put.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub request: Option<String>,
    /// How many more like the entry before it there were within the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub count: Option<u64>,
}

#[expect(clippy::option_option, reason = "see `AuditDetail::admin`")]
fn null_is_said<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl From<serde_json::Value> for AuditDetail {
    fn from(detail: serde_json::Value) -> Self {
        // Every storage writes these fields: the checks of `chat-testing` say so.
        serde_json::from_value(detail).unwrap_or_default()
    }
}

impl From<Entry> for AuditEntry {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id.to_string(),
            at: entry.at,
            actor_id: entry.actor.map(|actor| actor.to_string()),
            action: entry.action.into(),
            conversation_id: entry.conversation.map(|id| id.to_string()),
            ip: entry.source.ip.map(|ip| ip.to_string()),
            user_agent: entry.source.user_agent().map(str::to_owned),
            detail: entry.detail.into(),
        }
    }
}

/// Newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditPage {
    pub entries: Vec<AuditEntry>,
    pub has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

impl From<Found> for AuditPage {
    fn from(found: Found) -> Self {
        let next = found.next();
        Self {
            next_cursor: next.map(|next| Cursor::new(next.at, next.id.as_str()).to_text()),
            has_more: found.has_more,
            entries: found.entries.into_iter().map(AuditEntry::from).collect(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum AuditFormat {
    /// A line of names, then a line for each entry, as in RFC 4180.
    Csv,
    /// A line of JSON for each entry.
    Jsonl,
}

#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct ListAudit {
    /// Entries of a page. An export has no pages.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100, default = 50)]
    pub limit: i64,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1)]
    pub cursor: Option<Cursor>,
    /// Only what was done in this conversation.
    #[param(value_type = Option<String>, min_length = 1, max_length = 128)]
    pub conversation_id: Option<ConversationId>,
    /// Only what this user did.
    #[param(value_type = Option<String>, min_length = 1, max_length = 128)]
    pub actor_id: Option<UserId>,
    #[param(inline)]
    pub action: Option<AuditAction>,
    /// Nothing older than this time.
    #[param(value_type = Option<String>, format = DateTime)]
    pub from: Option<Timestamp>,
    /// Only what is older than this time.
    #[param(value_type = Option<String>, format = DateTime)]
    pub to: Option<Timestamp>,
    /// Everything that fits, as a file.
    #[param(inline)]
    pub format: Option<AuditFormat>,
}

impl Read for ListAudit {
    fn read(fields: &mut Fields) -> Option<Self> {
        let formats = [("csv", AuditFormat::Csv), ("jsonl", AuditFormat::Jsonl)];
        let asked = Self {
            limit: fields.limit(limits::AUDIT_PAGE),
            cursor: fields.cursor("cursor"),
            conversation_id: fields.id("conversationId"),
            actor_id: fields.id("actorId"),
            action: fields.choice("action", AuditAction::WORDS),
            from: fields.time("from"),
            to: fields.time("to"),
            format: fields.choice("format", &formats),
        };
        if let (Some(from), Some(to)) = (asked.from, asked.to)
            && from >= to
        {
            fields.wrong("to", "Must be later than from");
        }
        Some(asked)
    }
}

impl From<ListAudit> for AuditQuery {
    fn from(asked: ListAudit) -> Self {
        Self {
            conversation: asked.conversation_id,
            actor: asked.actor_id,
            action: asked.action.map(Into::into),
            from: asked.from,
            to: asked.to,
            cursor: asked.cursor.map(|cursor| AuditCursor {
                at: cursor.at,
                id: AuditId::new(cursor.id),
            }),
            limit: asked.limit,
        }
    }
}
