//! Asking several suppliers for an offer.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chat::request_quotation::request_quotation;
use wire::{Problem, Request, RequestQuotation};

use super::{error::ApiError, extract::Body, offers_on::OffersOn, rate_limit};
use crate::{app::App, http::caller::Caller};

/// Asks each supplier in a conversation of their own, which is opened where there is none; none learns of the others.
/// It costs one message and at most one conversation of the caller's limits. A retry with a known `clientMessageId`
/// answers 200 with the first request.
#[utoipa::path(
    operation_id = "request_quotation",
    post, path = "/api/chat/requests", tag = "offers",
    request_body = RequestQuotation,
    responses(
        (status = 200, description = "It had been made before", body = Request),
        (status = 201, description = "The suppliers are asked", body = Request),
        (status = 403, description = "Not a buyer", body = Problem),
        (status = 404, description = "Offers are off", body = Problem),
        (status = 429, description = "Too many were sent or opened", body = Problem),
    ),
)]
pub async fn handler(
    _: OffersOn,
    State(app): State<App>,
    caller: Caller,
    Body(asked): Body<RequestQuotation>,
) -> Result<Response, ApiError> {
    let asked = request_quotation(&app.chat, &caller, asked.into()).await?;
    app.caches.forget_user(&caller.person.id);
    let status = if asked.created {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let mut response = (status, Json(Request::from(asked.request))).into_response();
    if let Some(rate_limit) = &asked.rate_limit {
        rate_limit::describe(rate_limit, response.headers_mut());
    }
    Ok(response)
}
