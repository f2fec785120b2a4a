//! What people say again and again.

use axum::{Json, extract::State, http::StatusCode};
use chat::{
    ids::ReplyId,
    replies::{Kept, add_reply, list_replies, remove_reply, replace_reply},
};
use wire::{Problem, PutReply, Replies, Reply};

use super::{
    error::ApiError,
    extract::{Body, Id},
};
use crate::{app::App, http::caller::Caller};

/// The caller's saved replies and, of a supplier, their company's, by name.
#[utoipa::path(
    operation_id = "list_replies",
    get, path = "/api/chat/replies", tag = "replies",
    responses((status = 200, body = Replies)),
)]
pub async fn list(State(app): State<App>, caller: Caller) -> Result<Json<Replies>, ApiError> {
    let replies = list_replies(&app.chat, &caller.person).await?;
    Ok(Json(Replies {
        replies: replies.into_iter().map(Reply::from).collect(),
    }))
}

/// Keeps a reply: the caller's own, or their company's.
#[utoipa::path(
    operation_id = "add_reply",
    post, path = "/api/chat/replies", tag = "replies",
    request_body = PutReply,
    responses(
        (status = 201, body = Reply),
        (status = 409, description = "There is one of this name, or there are 200", body = Problem),
    ),
)]
pub async fn add(
    State(app): State<App>,
    caller: Caller,
    Body(asked): Body<PutReply>,
) -> Result<(StatusCode, Json<Reply>), ApiError> {
    let kept = add_reply(&app.chat, &caller.person, asked.into()).await?;
    Ok((StatusCode::CREATED, shown(kept)?))
}

/// Replaces a reply of the caller's, or of their company's.
#[utoipa::path(
    operation_id = "replace_reply",
    put, path = "/api/chat/replies/{id}", tag = "replies",
    params(("id" = String, Path)),
    request_body = PutReply,
    responses(
        (status = 200, body = Reply),
        (status = 404, description = "The caller has none of this id", body = Problem),
        (status = 409, description = "There is one of this name, or there are 200", body = Problem),
    ),
)]
pub async fn replace(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ReplyId>,
    Body(asked): Body<PutReply>,
) -> Result<Json<Reply>, ApiError> {
    let kept = replace_reply(&app.chat, &caller.person, &id, asked.into()).await?;
    shown(kept)
}

/// Deletes a reply of the caller's, or of their company's.
#[utoipa::path(
    operation_id = "remove_reply",
    delete, path = "/api/chat/replies/{id}", tag = "replies",
    params(("id" = String, Path)),
    responses(
        (status = 204, description = "Deleted"),
        (status = 404, description = "The caller has none of this id", body = Problem),
    ),
)]
pub async fn remove(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ReplyId>,
) -> Result<StatusCode, ApiError> {
    remove_reply(&app.chat, &caller.person, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn shown(kept: Kept) -> Result<Json<Reply>, ApiError> {
    match kept {
        Kept::Reply(reply) => Ok(Json(reply.into())),
        Kept::Taken => Err(ApiError::Taken("name")),
    }
}
