//! The other side of a conversation writes no more, or again.

use axum::{Json, extract::State};
use chat::{barrier::block, ids::ConversationId};
use wire::{ChangedConversation, Problem};

use super::{error::ApiError, extract::Id, get_conversation::show};
use crate::{app::App, http::caller::Caller};

/// The other side may no longer write here, nor open another conversation with the caller. They hear of
/// it when they try.
#[utoipa::path(
    operation_id = "block_conversation",
    put, path = "/api/chat/conversations/{id}/block", tag = "conversations",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = ChangedConversation),
        (status = 403, description = "Neither its buyer nor its supplier", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
        (status = 409, description = "There is nobody to block", body = Problem),
    ),
)]
pub async fn put(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
) -> Result<Json<ChangedConversation>, ApiError> {
    changed(&app, &caller, &id, true).await
}

/// The other side may write here again.
#[utoipa::path(
    operation_id = "unblock_conversation",
    delete, path = "/api/chat/conversations/{id}/block", tag = "conversations",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = ChangedConversation),
        (status = 403, description = "Neither its buyer nor its supplier", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
        (status = 409, description = "There is nobody to block", body = Problem),
    ),
)]
pub async fn delete(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
) -> Result<Json<ChangedConversation>, ApiError> {
    changed(&app, &caller, &id, false).await
}

async fn changed(
    app: &App,
    caller: &Caller,
    id: &ConversationId,
    blocks: bool,
) -> Result<Json<ChangedConversation>, ApiError> {
    let conversation = block(&app.chat, caller, id, blocks).await?;
    let conversation = show(app, caller, &conversation).await?;
    Ok(Json(ChangedConversation { conversation }))
}
