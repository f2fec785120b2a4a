//! The messages of a conversation, page by page.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Method},
};
use chat::{access, audit::Operation, ids::ConversationId, read_history::read_history};
use wire::{ListMessages, MessagePage, Problem};

use super::{
    error::ApiError,
    extract::{Id, Query},
};
use crate::{app::App, http::caller::Caller};

/// Messages, newest first. Marks as read for the caller unless `markRead=false`.
#[utoipa::path(
    operation_id = "list_messages",
    get, path = "/api/chat/conversations/{id}/messages", tag = "messages",
    params(("id" = String, Path), ListMessages),
    responses(
        (status = 200, body = MessagePage),
        (status = 403, description = "Not the caller's", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    method: Method,
    headers: HeaderMap,
    Id(id): Id<ConversationId>,
    Query(asked): Query<ListMessages>,
) -> Result<Json<MessagePage>, ApiError> {
    let access = access::authorize_view(&app.chat, &caller, &id, Operation::Messages).await?;
    let mark = asked.mark_read && method == Method::GET && !caller.may_be_forged(&headers);
    let (anchor, limit) = (asked.anchor(), asked.limit);
    let page = read_history(&app.chat, &caller, &access, &anchor, limit, mark).await?;
    Ok(Json(MessagePage::new(page, &*app.attachments.links)))
}
