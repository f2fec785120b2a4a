//! Marking a conversation as read.

use axum::{Json, extract::State};
use chat::{access, audit::Operation, ids::ConversationId, mark_read::mark_read};
use wire::{MarkRead, MarkedRead, Problem};

use super::{
    error::ApiError,
    extract::{Body, Id},
};
use crate::{app::App, http::caller::Caller};

/// Moves the caller's read mark forward.
#[utoipa::path(
    operation_id = "mark_read",
    patch, path = "/api/chat/conversations/{id}/read", tag = "messages",
    params(("id" = String, Path)),
    request_body = MarkRead,
    responses(
        (status = 200, body = MarkedRead),
        (status = 403, description = "The caller does not sit there", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Body(body): Body<MarkRead>,
) -> Result<Json<MarkedRead>, ApiError> {
    let reader = access::authorize_member(&app.chat, &caller, &id, Operation::MarkingRead).await?;
    let unread_count = mark_read(&app.chat, &reader, body.up_to.as_ref()).await?;
    Ok(Json(MarkedRead {
        success: true,
        unread_count,
    }))
}
