//! How many messages wait for the caller.

use axum::extract::State;
use chat::unread_count::unread_count;
use wire::UnreadCount;

use super::{error::ApiError, ready_json::ReadyJson};
use crate::{app::App, http::caller::Caller};

/// Unread messages of the caller, over all conversations.
#[utoipa::path(
    operation_id = "unread_count",
    get, path = "/api/chat/unread-count", tag = "messages",
    responses((status = 200, body = UnreadCount)),
)]
pub async fn handler(State(app): State<App>, caller: Caller) -> Result<ReadyJson, ApiError> {
    let user = &caller.person.id;
    let version = app.version(user, false).await;
    let ticket = match app.caches.unread(user, &version) {
        Ok(ready) => return Ok(ReadyJson(ready)),
        Err(ticket) => ticket,
    };
    let count = unread_count(&app.chat, &caller.person).await?;
    let ready = ReadyJson::of(&UnreadCount { count })?;
    app.caches
        .store_unread(user, ticket, version, ready.0.clone());
    Ok(ready)
}
