//! Being done with a request for quotation.

use axum::{Json, extract::State};
use chat::{close_request::close_request, ids::RequestId};
use wire::{CloseRequest, Problem, Request};

use super::{
    error::ApiError,
    extract::{Body, Id},
    offers_on::OffersOn,
};
use crate::{app::App, http::caller::Caller};

/// Closes the caller's request: what is open of the other suppliers is declined with the message, and who has not
/// answered is told.
#[utoipa::path(
    operation_id = "close_request",
    post, path = "/api/chat/requests/{id}/close", tag = "offers",
    params(("id" = String, Path)),
    request_body = CloseRequest,
    responses(
        (status = 200, body = Request),
        (status = 403, description = "Not the buyer who asked", body = Problem),
        (status = 404, description = "There is none, or offers are off", body = Problem),
        (status = 409, description = "The offer named is not accepted; the body has it as it is", body = Problem),
    ),
)]
pub async fn handler(
    _: OffersOn,
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<RequestId>,
    Body(close): Body<CloseRequest>,
) -> Result<Json<Request>, ApiError> {
    let request = close_request(&app.chat, &caller, &id, close.into()).await?;
    Ok(Json(request.into()))
}
