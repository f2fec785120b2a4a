//! Looking for messages.

use axum::{Json, extract::State};
use chat::search_messages::search_messages;
use wire::{Problem, SearchMessages, SearchResults};

use super::{error::ApiError, extract::Query};
use crate::{app::App, http::caller::Caller};

/// Messages that say something, newest first, of the conversations that the caller may see. What was sent or
/// changed is found within 5 seconds. Marks nothing as read.
#[utoipa::path(
    operation_id = "search_messages",
    get, path = "/api/chat/search", tag = "messages",
    params(SearchMessages),
    responses(
        (status = 200, body = SearchResults),
        (status = 403, description = "The conversation is not the caller's", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
        (status = 429, description = "Too many searches at once", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(asked): Query<SearchMessages>,
) -> Result<Json<SearchResults>, ApiError> {
    let (found, next) = search_messages(&app.chat, &caller, asked.into()).await?;
    let links = &*app.attachments.links;
    Ok(Json(SearchResults::new(found, next.as_ref(), links)))
}
