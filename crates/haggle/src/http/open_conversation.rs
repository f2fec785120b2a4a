//! Opening a conversation: get or create.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chat::open_conversation::open_conversation;
use wire::{Conversation, OpenConversation, Problem};

use super::{error::ApiError, extract::Body, get_conversation, rate_limit};
use crate::{app::App, http::caller::Caller};

/// Opens a conversation, or finds the one that already has this purpose.
#[utoipa::path(
    operation_id = "open_conversation",
    post, path = "/api/chat/conversations", tag = "conversations",
    request_body = OpenConversation,
    responses(
        (status = 200, description = "It existed", body = Conversation),
        (status = 201, description = "It was created", body = Conversation),
        (status = 403, description = "Another buyer or supplier was named", body = Problem),
        (status = 404, description = "A participant does not exist", body = Problem),
        (status = 429, description = "Too many were created", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Body(asked): Body<OpenConversation>,
) -> Result<Response, ApiError> {
    let opened = open_conversation(&app.chat, &caller, asked.into()).await?;
    let shown = get_conversation::show(&app, &caller, &opened.conversation).await?;
    let status = if opened.created {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let mut response = (status, Json(shown)).into_response();
    if let Some(rate_limit) = &opened.rate_limit {
        rate_limit::describe(rate_limit, response.headers_mut());
    }
    Ok(response)
}
