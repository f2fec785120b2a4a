//! An administrator ends a conversation, or opens it again.

use axum::{Json, extract::State};
use chat::{barrier, ids::ConversationId};
use wire::{ChangedConversation, CloseConversation, Problem, ReopenConversation};

use super::{
    error::ApiError,
    extract::{Body, Id},
    get_conversation::show,
};
use crate::{app::App, http::caller::Caller};

/// Nobody may write there any more. Both sides see the reason.
#[utoipa::path(
    operation_id = "close_conversation",
    post, path = "/api/chat/conversations/{id}/close", tag = "conversations",
    params(("id" = String, Path)),
    request_body = CloseConversation,
    responses(
        (status = 200, body = ChangedConversation),
        (status = 403, description = "Not an administrator", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
    ),
)]
pub async fn close(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Body(asked): Body<CloseConversation>,
) -> Result<Json<ChangedConversation>, ApiError> {
    let conversation = barrier::close(&app.chat, &caller, &id, &asked.reason).await?;
    let conversation = show(&app, &caller, &conversation).await?;
    Ok(Json(ChangedConversation { conversation }))
}

/// People may write there again.
#[utoipa::path(
    operation_id = "reopen_conversation",
    post, path = "/api/chat/conversations/{id}/reopen", tag = "conversations",
    params(("id" = String, Path)),
    request_body = ReopenConversation,
    responses(
        (status = 200, body = ChangedConversation),
        (status = 403, description = "Not an administrator", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
    ),
)]
pub async fn reopen(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Body(asked): Body<ReopenConversation>,
) -> Result<Json<ChangedConversation>, ApiError> {
    let reason = asked.reason.as_deref();
    let conversation = barrier::reopen(&app.chat, &caller, &id, reason).await?;
    let conversation = show(&app, &caller, &conversation).await?;
    Ok(Json(ChangedConversation { conversation }))
}
