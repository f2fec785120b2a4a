//! Who did what, when and from where; for administrators.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use chat::{
    audit::{Action, AuditPage as Found, AuditQuery},
    limits,
    read_audit::read_audit,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    audit_entry::{AuditAction, AuditEntry},
    audit_export::{Format, export},
    cursor::{audit_cursor, parse_audit_cursor, read_cursor},
    error::{ApiError, Problem},
    extract::Query,
    fields::{Fields, Read},
};
use crate::{app::App, http::caller::Caller};

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
        let actions = Action::ALL.map(|action| (action.as_str(), action));
        let query = AuditQuery {
            conversation: fields.id("conversationId"),
            actor: fields.id("actorId"),
            action: fields.choice("action", &actions),
            from: fields.time("from"),
            to: fields.time("to"),
            cursor: read_cursor(fields, parse_audit_cursor),
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
    if let Some(format) = wanted.format {
        return export(&app, &caller.person, wanted.query, format).await;
    }
    let found = read_audit(&app.chat, &caller.person, &wanted.query).await?;
    Ok(Json(AuditPage::from(found)).into_response())
}

impl From<Found> for AuditPage {
    fn from(found: Found) -> Self {
        Self {
            next_cursor: found.next().as_ref().map(audit_cursor),
            has_more: found.has_more,
            entries: found.entries.into_iter().map(AuditEntry::from).collect(),
        }
    }
}
