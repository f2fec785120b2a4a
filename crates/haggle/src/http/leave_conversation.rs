//! An administrator gives their place up.

use axum::{Json, extract::State};
use chat::{ids::ConversationId, join_leave};
use wire::{Conversation, Problem};

use super::{error::ApiError, extract::Id, get_conversation::show};
use crate::{app::App, http::caller::Caller};

/// Gives the administrator's place up; what they wrote stays.
#[utoipa::path(
    operation_id = "leave_conversation",
    post, path = "/api/chat/conversations/{id}/leave", tag = "conversations",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = Conversation),
        (status = 403, description = "Not an administrator", body = Problem),
        (status = 404, description = "There is none", body = Problem),
        (status = 409, description = "The caller has not joined", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
) -> Result<Json<Conversation>, ApiError> {
    let conversation = join_leave::leave(&app.chat, &caller, &id).await?;
    app.caches.forget_user(&caller.person.id);
    show(&app, &caller, &conversation).await.map(Json)
}
