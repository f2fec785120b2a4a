//! Marking a conversation as read.

use axum::{Json, extract::State};
use chat::{
    access,
    audit::Operation,
    ids::{ConversationId, MessageId},
    mark_read::mark_read,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    error::{ApiError, Problem},
    extract::{Body, Id},
    fields::{self, Fields, Read},
};
use crate::{app::App, http::caller::Caller};

#[derive(Debug, ToSchema)]
#[schema(rename_all = "camelCase", example = json!({}))]
pub struct MarkRead {
    /// The newest message that was seen; without it, everything.
    #[schema(value_type = Option<fields::Id>)]
    up_to: Option<MessageId>,
}

impl Read for MarkRead {
    const MAY_BE_EMPTY: bool = true;

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            up_to: fields.id("upTo"),
        })
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarkedRead {
    success: bool,
    /// What is still unread in this conversation.
    unread_count: i64,
}

/// Moves the caller's read mark forward.
#[utoipa::path(
    operation_id = "mark_read",
    patch, path = "/api/chat/conversations/{id}/read", tag = "messages",
    params(("id" = String, Path)),
    request_body = MarkRead,
    responses(
        (status = 200, body = MarkedRead),
        (status = 403, description = "The caller does not sit there", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Body(body): Body<MarkRead>,
) -> Result<Json<MarkedRead>, ApiError> {
    let reader = access::authorize_member(&app.chat, &caller, &id, Operation::MarkingRead).await?;
    let unread_count = mark_read(&app.chat, &reader, body.up_to.as_ref()).await?;
    Ok(Json(MarkedRead {
        success: true,
        unread_count,
    }))
}
