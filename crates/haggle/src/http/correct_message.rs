//! Correcting a message.

use axum::{extract::State, response::Response};
use chat::correct_message::correct_message;
use wire::{CorrectMessage, Problem, SentMessage};

use super::{
    changed_message::show,
    error::ApiError,
    extract::{Body, MessagePath},
};
use crate::{app::App, http::caller::Caller};

/// Another text for one's own message, for as long as `editMinutes` of `GET /api/chat/limits` say. The same text
/// again changes nothing.
#[utoipa::path(
    operation_id = "correct_message",
    patch, path = "/api/chat/conversations/{id}/messages/{messageId}", tag = "messages",
    params(("id" = String, Path), ("messageId" = String, Path)),
    request_body = CorrectMessage,
    responses(
        (status = 200, body = SentMessage),
        (status = 403, description = "Not the caller's, or too late", body = Problem),
        (status = 404, description = "There is no such message", body = Problem),
        (status = 409, description = "It was taken back, or is none that somebody wrote", body = Problem),
        (status = 429, description = "Too many were changed", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    path: MessagePath,
    Body(correction): Body<CorrectMessage>,
) -> Result<Response, ApiError> {
    let (id, message) = (&path.conversation, &path.message);
    let minutes = app.settings.edit_minutes;
    let changed = correct_message(&app.chat, &caller, id, message, correction.content, minutes);
    Ok(show(&app, changed.await?))
}
