//! Taking a message back.

use axum::{extract::State, response::Response};
use chat::take_back_message::take_back_message;
use wire::{Problem, SentMessage, TakeBackMessage};

use super::{
    changed_message::show,
    error::ApiError,
    extract::{Body, MessagePath},
};
use crate::{app::App, http::caller::Caller};

/// Takes back one's own message, for as long as `retractMinutes` of `GET /api/chat/limits` say; an administrator
/// any, with a reason. It keeps its place without text and files. Again by the same person changes nothing.
#[utoipa::path(
    operation_id = "take_back_message",
    delete, path = "/api/chat/conversations/{id}/messages/{messageId}", tag = "messages",
    params(("id" = String, Path), ("messageId" = String, Path)),
    request_body = TakeBackMessage,
    responses(
        (status = 200, body = SentMessage),
        (status = 403, description = "Not the caller's, or too late", body = Problem),
        (status = 404, description = "There is no such message", body = Problem),
        (status = 409, description = "Somebody else took it back, or it is none that somebody wrote", body = Problem),
        (status = 429, description = "Too many were changed", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    path: MessagePath,
    Body(asked): Body<TakeBackMessage>,
) -> Result<Response, ApiError> {
    let (id, message) = (&path.conversation, &path.message);
    let minutes = app.settings.retract_minutes;
    let changed = take_back_message(&app.chat, &caller, id, message, asked.reason, minutes);
    Ok(show(&app, changed.await?))
}
