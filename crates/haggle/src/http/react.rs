//! Reactions to a message.

use axum::{extract::State, response::Response};
use chat::react::react;
use wire::{Problem, SentMessage};

use super::{
    changed_message::show,
    error::ApiError,
    extract::{Emoji, MessagePath},
};
use crate::{app::App, http::caller::Caller};

/// Puts a sign under a message: one character as people see it. It notifies nobody. One that is there already stays.
#[utoipa::path(
    operation_id = "react",
    put, path = "/api/chat/conversations/{id}/messages/{messageId}/reactions/{emoji}", tag = "messages",
    params(("id" = String, Path), ("messageId" = String, Path), ("emoji" = String, Path)),
    responses(
        (status = 200, body = SentMessage),
        (status = 400, description = "Not one character", body = Problem),
        (status = 403, description = "The caller does not sit there", body = Problem),
        (status = 404, description = "There is no such message", body = Problem),
        (status = 409, description = "It was taken back, or there are 20 different ones", body = Problem),
        (status = 429, description = "Too many were changed", body = Problem),
    ),
)]
pub async fn put(
    State(app): State<App>,
    caller: Caller,
    path: MessagePath,
    Emoji(emoji): Emoji,
) -> Result<Response, ApiError> {
    let (id, message) = (&path.conversation, &path.message);
    let changed = react(&app.chat, &caller, id, message, &emoji, true).await?;
    Ok(show(&app, changed))
}

/// Takes one's sign away. One that is not there stays away.
#[utoipa::path(
    operation_id = "unreact",
    delete, path = "/api/chat/conversations/{id}/messages/{messageId}/reactions/{emoji}", tag = "messages",
    params(("id" = String, Path), ("messageId" = String, Path), ("emoji" = String, Path)),
    responses(
        (status = 200, body = SentMessage),
        (status = 400, description = "Not one character", body = Problem),
        (status = 403, description = "The caller does not sit there", body = Problem),
        (status = 404, description = "There is no such message", body = Problem),
        (status = 409, description = "It was taken back", body = Problem),
        (status = 429, description = "Too many were changed", body = Problem),
    ),
)]
pub async fn delete(
    State(app): State<App>,
    caller: Caller,
    path: MessagePath,
    Emoji(emoji): Emoji,
) -> Result<Response, ApiError> {
    let (id, message) = (&path.conversation, &path.message);
    let changed = react(&app.chat, &caller, id, message, &emoji, false).await?;
    Ok(show(&app, changed))
}
