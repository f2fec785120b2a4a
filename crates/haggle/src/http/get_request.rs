//! A request for quotation, with the answers side by side.

use axum::{Json, extract::State};
use chat::{ids::RequestId, read_request::read_request};
use wire::{Problem, Request};

use super::{error::ApiError, extract::Id, offers_on::OffersOn};
use crate::{app::App, http::caller::Caller};

/// The request and what became of it at each supplier. A supplier who was asked sees only their own answer.
#[utoipa::path(
    operation_id = "get_request",
    get, path = "/api/chat/requests/{id}", tag = "offers",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = Request),
        (status = 403, description = "Not the caller's", body = Problem),
        (status = 404, description = "There is none, or offers are off", body = Problem),
    ),
)]
pub async fn handler(
    _: OffersOn,
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<RequestId>,
) -> Result<Json<Request>, ApiError> {
    let request = read_request(&app.chat, &caller, &id).await?;
    Ok(Json(request.into()))
}
