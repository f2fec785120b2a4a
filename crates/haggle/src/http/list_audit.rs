//! Who did what, when and from where; for administrators.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use chat::{
    audit::{self, Action, AuditCursor, AuditPage as Found, AuditQuery},
    error::ChatError,
    ids::AuditId,
    limits,
    person::Role,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    audit_export::{Format, export},
    error::{ApiError, Problem},
    extract::Query,
    fields::{Fields, Read},
    pages::{cursor_of, parse_cursor},
};
use crate::{app::App, auth::Caller, wire::ConversationType};

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "the document's view of `Wanted`")]
pub struct Parameters {
    /// Entries of a page. An export has no pages.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<i64>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    /// Only what was done in this conversation.
    #[param(min_length = 1, max_length = 128)]
    conversation_id: Option<String>,
    /// Only what this user did.
    #[param(min_length = 1, max_length = 128)]
    actor_id: Option<String>,
    #[param(inline)]
    action: Option<AuditAction>,
    /// Nothing older than this time.
    #[param(format = DateTime)]
    from: Option<String>,
    /// Only what is older than this time.
    #[param(format = DateTime)]
    to: Option<String>,
    /// Everything that fits, as a file.
    #[param(inline)]
    format: Option<Format>,
}

#[derive(Debug)]
pub struct Wanted {
    query: AuditQuery,
    format: Option<Format>,
}

impl Read for Wanted {
    fn read(fields: &mut Fields) -> Option<Self> {
        let text = fields.any_text("cursor");
        let cursor = text.as_deref().and_then(parse_cursor);
        if text.is_some() && cursor.is_none() {
            fields.wrong("cursor", "Not a cursor of this list");
        }
        let actions = Action::ALL.map(|action| (action.as_str(), action));
        let query = AuditQuery {
            conversation: fields.id("conversationId"),
            actor: fields.id("actorId"),
            action: fields.choice("action", &actions),
            from: fields.time("from"),
            to: fields.time("to"),
            cursor: cursor.map(|(at, id)| AuditCursor {
                at,
                id: AuditId::new(id),
            }),
            limit: fields.limit(limits::AUDIT_PAGE),
        };
        if let (Some(from), Some(to)) = (query.from, query.to)
            && from >= to
        {
            fields.wrong("to", "Must be later than from");
        }
        let formats = [("csv", Format::Csv), ("jsonl", Format::Jsonl)];
        Some(Self {
            query,
            format: fields.choice("format", &formats),
        })
    }
}

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
    id: String,
    #[schema(format = DateTime)]
    at: String,
    /// Null: whoever had a signed link.
    #[schema(required = true)]
    actor_id: Option<String>,
    action: AuditAction,
    #[schema(required = true)]
    conversation_id: Option<String>,
    /// The other end of the connection.
    #[schema(required = true)]
    ip: Option<String>,
    /// What the client calls itself, its first 256 characters.
    #[schema(required = true)]
    user_agent: Option<String>,
    /// Its fields depend on the action.
    #[schema(value_type = AuditDetail)]
    detail: serde_json::Value,
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
#[expect(dead_code, reason = "the document's view of `detail`")]
pub struct AuditDetail {
    /// What was looked at or refused: `conversation`, `messages`, `missed`, `send`, `mark_read`,
    /// `typing`, `join`, `leave` or `attachment`.
    what: Option<String>,
    /// Of a conversation that was created.
    r#type: Option<ConversationType>,
    /// Who was seated as its administrator.
    admin: Option<String>,
    /// `demoted`: somebody left because they are no administrator any more.
    because: Option<String>,
    /// Which file was downloaded.
    attachment: Option<String>,
}

/// Newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AuditPage {
    entries: Vec<AuditEntry>,
    has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// Who did what, when and from where, newest first; for administrators. With `format`, all
/// entries that fit, as a file.
#[utoipa::path(
    operation_id = "list_audit",
    get, path = "/api/chat/audit", tag = "audit",
    params(Parameters),
    responses(
        (status = 200, content(
            (AuditPage = "application/json"),
            (String = "text/csv"),
            (String = "application/x-ndjson"),
        )),
        (status = 403, description = "Not an administrator", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Response, ApiError> {
    if caller.person.role != Role::Admin {
        return Err(ChatError::Forbidden("Only administrators read the audit").into());
    }
    if let Some(format) = wanted.format {
        return export(&app, wanted.query, format).await;
    }
    let found = app.chat.audit.entries(&wanted.query).await?;
    Ok(Json(AuditPage::from(found)).into_response())
}

impl From<Found> for AuditPage {
    fn from(found: Found) -> Self {
        let next = found.next();
        Self {
            next_cursor: next.map(|next| cursor_of(next.at, next.id.as_str())),
            has_more: found.has_more,
            entries: found.entries.into_iter().map(AuditEntry::from).collect(),
        }
    }
}
