//! What a message said before.

use axum::{Json, extract::State};
use chat::list_versions::list_versions;
use wire::{MessageVersions, Problem};

use super::{error::ApiError, extract::MessagePath};
use crate::{app::App, http::caller::Caller};

/// What a message said before it was corrected or taken back; for administrators. Each look is audited.
#[utoipa::path(
    operation_id = "list_versions",
    get, path = "/api/chat/conversations/{id}/messages/{messageId}/versions", tag = "messages",
    params(("id" = String, Path), ("messageId" = String, Path)),
    responses(
        (status = 200, body = MessageVersions),
        (status = 403, description = "Not an administrator", body = Problem),
        (status = 404, description = "There is no such message", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    path: MessagePath,
) -> Result<Json<MessageVersions>, ApiError> {
    let versions = list_versions(&app.chat, &caller, &path.conversation, &path.message).await?;
    Ok(Json(versions.into()))
}
