//! Who did what, when and from where; for administrators.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use chat::{audit::AuditQuery, read_audit::read_audit};
use wire::{AuditPage, ListAudit, Problem};

use super::{audit_export::export, error::ApiError, extract::Query};
use crate::{app::App, http::caller::Caller};

/// Who did what, when and from where, newest first; for administrators. With `format`, all
/// entries that fit, as a file.
#[utoipa::path(
    operation_id = "list_audit",
    get, path = "/api/chat/audit", tag = "audit",
    params(ListAudit),
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
    Query(asked): Query<ListAudit>,
) -> Result<Response, ApiError> {
    let format = asked.format;
    let query = AuditQuery::from(asked);
    if let Some(format) = format {
        return export(&app, &caller.person, query, format).await;
    }
    let found = read_audit(&app.chat, &caller.person, &query).await?;
    Ok(Json(AuditPage::from(found)).into_response())
}
