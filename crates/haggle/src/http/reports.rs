//! Reports: said by those who sit in a conversation, judged by administrators.

use axum::{Json, extract::State, http::StatusCode};
use chat::{
    file_report::{Complaint, judge_report, list_reports, report},
    ids::{ConversationId, ReportId},
    storage::ReportQuery,
};
use wire::{FileReport, FiledReport, JudgeReport, ListReports, Problem, Report, ReportPage};

use super::{
    error::ApiError,
    extract::{Body, Id, Query},
};
use crate::{app::App, http::caller::Caller};

/// Says that something is wrong with a conversation, or with a message of it. Administrators judge it.
#[utoipa::path(
    operation_id = "report_conversation",
    post, path = "/api/chat/conversations/{id}/report", tag = "reports",
    params(("id" = String, Path)),
    request_body = FileReport,
    responses(
        (status = 201, body = FiledReport),
        (status = 403, description = "The caller does not sit there", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
        (status = 409, description = "50 reports of the caller are open", body = Problem),
    ),
)]
pub async fn file(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Body(asked): Body<FileReport>,
) -> Result<(StatusCode, Json<FiledReport>), ApiError> {
    let filed = report(&app.chat, &caller, &id, Complaint::from(asked)).await?;
    let filed = FiledReport {
        id: filed.id,
        state: filed.state.into(),
    };
    Ok((StatusCode::CREATED, Json(filed)))
}

/// Reports, newest first; for administrators.
#[utoipa::path(
    operation_id = "list_reports",
    get, path = "/api/chat/reports", tag = "reports",
    params(ListReports),
    responses(
        (status = 200, body = ReportPage),
        (status = 403, description = "Not an administrator", body = Problem),
    ),
)]
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(asked): Query<ListReports>,
) -> Result<Json<ReportPage>, ApiError> {
    let query = ReportQuery::from(asked);
    let found = list_reports(&app.chat, &caller.person, &query).await?;
    Ok(Json(found.into()))
}

/// Says what becomes of a report; for administrators.
#[utoipa::path(
    operation_id = "judge_report",
    patch, path = "/api/chat/reports/{id}", tag = "reports",
    params(("id" = String, Path)),
    request_body = JudgeReport,
    responses(
        (status = 200, body = Report),
        (status = 403, description = "Not an administrator", body = Problem),
        (status = 404, description = "There is no such report", body = Problem),
    ),
)]
pub async fn judge(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ReportId>,
    Body(asked): Body<JudgeReport>,
) -> Result<Json<Report>, ApiError> {
    let (state, answer) = (asked.state.into(), asked.answer.as_deref());
    let judged = judge_report(&app.chat, &caller, &id, state, answer).await?;
    Ok(Json(judged.into()))
}
