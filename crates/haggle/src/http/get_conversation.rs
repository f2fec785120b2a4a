//! One conversation.

use axum::{Json, extract::State};
use chat::{access, conversation, ids::ConversationId};
use wire::{Conversation, Problem};

use super::{error::ApiError, extract::Id};
use crate::{app::App, http::caller::Caller};

/// One conversation, as the caller sees it.
#[utoipa::path(
    operation_id = "get_conversation",
    get, path = "/api/chat/conversations/{id}", tag = "conversations",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = Conversation),
        (status = 403, description = "Not the caller's", body = Problem),
        (status = 404, description = "There is none", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
) -> Result<Json<Conversation>, ApiError> {
    let access = access::view_audited(&app.chat, &caller, &id).await?;
    show(&app, &caller, access.conversation()).await.map(Json)
}

/// The conversation with the caller's counters and who is online.
pub async fn show(
    app: &App,
    caller: &Caller,
    conversation: &conversation::Conversation,
) -> Result<Conversation, ApiError> {
    let online = app.caches.online(&conversation.audience()).await?;
    let mut shown = Conversation::for_reader(conversation, &caller.person.id, &online);
    if !app.settings.offers {
        shown.offer = None;
    }
    Ok(shown)
}
