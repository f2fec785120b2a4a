//! Who joined and left a conversation.

use axum::{Json, extract::State};
use chat::{access, audit::Operation, ids::ConversationId, list_events::list_events};
use wire::{ConversationEventPage, ListEvents, Problem};

use super::{
    error::ApiError,
    extract::{Id, Query},
};
use crate::{app::App, http::caller::Caller};

/// Who joined and left a conversation, newest first; for those who may read its messages.
#[utoipa::path(
    operation_id = "list_events",
    get, path = "/api/chat/conversations/{id}/events", tag = "conversations",
    params(("id" = String, Path), ListEvents),
    responses(
        (status = 200, body = ConversationEventPage),
        (status = 403, description = "Not the caller's", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Query(asked): Query<ListEvents>,
) -> Result<Json<ConversationEventPage>, ApiError> {
    let access = access::authorize_view(&app.chat, &caller, &id, Operation::Events).await?;
    let place = asked.place();
    let found = list_events(&app.chat, &caller, &access, place.as_ref(), asked.limit).await?;
    Ok(Json(found.into()))
}
