//! The files of a conversation.

use axum::{Json, extract::State};
use chat::{access, audit::Operation, ids::ConversationId, list_files::list_files};
use wire::{ConversationFilePage, ListConversationFiles, Problem};

use super::{
    error::ApiError,
    extract::{Id, Query},
};
use crate::{app::App, http::caller::Caller};

/// Every file of a conversation, newest message first; for those who may read its messages.
#[utoipa::path(
    operation_id = "list_files",
    get, path = "/api/chat/conversations/{id}/files", tag = "attachments",
    params(("id" = String, Path), ListConversationFiles),
    responses(
        (status = 200, body = ConversationFilePage),
        (status = 403, description = "Not the caller's", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Query(asked): Query<ListConversationFiles>,
) -> Result<Json<ConversationFilePage>, ApiError> {
    let access = access::authorize_view(&app.chat, &caller, &id, Operation::Files).await?;
    let after = asked.cursor.as_ref();
    let (files, has_more) = list_files(&app.chat, &caller, &access, after, asked.limit).await?;
    let links = &*app.attachments.links;
    Ok(Json(ConversationFilePage::new(files, has_more, links)))
}
