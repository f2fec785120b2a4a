//! Making an offer, or answering one with another.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chat::{ids::ConversationId, make_offer::make_offer};
use wire::{MakeOffer, Message, Negotiated, Problem};

use super::{
    error::ApiError,
    extract::{Body, Id},
    offers_on::OffersOn,
    rate_limit,
};
use crate::{app::App, http::caller::Caller};

/// Makes an offer: a message whose text says the terms in words. At most one is open in a conversation. A retry with a
/// known `clientMessageId` answers 200 with the first result.
#[utoipa::path(
    operation_id = "make_offer",
    post, path = "/api/chat/conversations/{id}/offers", tag = "offers",
    params(("id" = String, Path)),
    request_body = MakeOffer,
    responses(
        (status = 200, description = "It had been made before", body = Negotiated),
        (status = 201, description = "It is open", body = Negotiated),
        (status = 403, description = "Not the caller's to make", body = Problem),
        (status = 404, description = "There is no such conversation, or offers are off", body = Problem),
        (status = 409, description = "One is open already, or the one to counter is not; the body has it as it is", body = Problem),
        (status = 429, description = "Too many were sent", body = Problem),
    ),
)]
pub async fn handler(
    _: OffersOn,
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Body(offer): Body<MakeOffer>,
) -> Result<Response, ApiError> {
    let made = make_offer(&app.chat, &caller, &id, offer.into()).await?;
    let status = if made.created {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let body = Negotiated {
        message: Message::new(made.message, &*app.attachments.links),
        offer: made.offer.into(),
    };
    let mut response = (status, Json(body)).into_response();
    if let Some(rate_limit) = &made.rate_limit {
        rate_limit::describe(rate_limit, response.headers_mut());
    }
    Ok(response)
}
