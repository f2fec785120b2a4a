//! Accepting, declining and withdrawing an offer.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use chat::{
    answer_offer::{GivenAnswer, answer_offer},
    offer::Answer,
};
use wire::{AnswerOffer, Message, Negotiated, Problem};

use super::{
    error::ApiError, extract::Body, offer_path::OfferPath, offers_on::OffersOn, rate_limit,
};
use crate::{app::App, http::caller::Caller};

/// Accepts an open offer of the other side, in the version that was seen. However many answer at the same time, one
/// is taken.
#[utoipa::path(
    operation_id = "accept_offer",
    post, path = "/api/chat/conversations/{id}/offers/{offerId}/accept", tag = "offers",
    params(("id" = String, Path), ("offerId" = String, Path)),
    request_body = AnswerOffer,
    responses(
        (status = 200, description = "It is accepted, now or by the caller before", body = Negotiated),
        (status = 403, description = "Not the caller's to answer", body = Problem),
        (status = 404, description = "There is none, or offers are off", body = Problem),
        (status = 409, description = "It is not open, or another version; the body has it as it is", body = Problem),
        (status = 429, description = "Too many were sent", body = Problem),
    ),
)]
pub async fn accept(
    _: OffersOn,
    State(app): State<App>,
    caller: Caller,
    path: OfferPath,
    Body(said): Body<AnswerOffer>,
) -> Result<Response, ApiError> {
    answer(&app, &caller, path, Answer::Accept, said).await
}

/// Declines an open offer of the other side.
#[utoipa::path(
    operation_id = "decline_offer",
    post, path = "/api/chat/conversations/{id}/offers/{offerId}/decline", tag = "offers",
    params(("id" = String, Path), ("offerId" = String, Path)),
    request_body = AnswerOffer,
    responses(
        (status = 200, description = "It is declined, now or by the caller before", body = Negotiated),
        (status = 403, description = "Not the caller's to answer", body = Problem),
        (status = 404, description = "There is none, or offers are off", body = Problem),
        (status = 409, description = "It is not open, or another version; the body has it as it is", body = Problem),
        (status = 429, description = "Too many were sent", body = Problem),
    ),
)]
pub async fn decline(
    _: OffersOn,
    State(app): State<App>,
    caller: Caller,
    path: OfferPath,
    Body(said): Body<AnswerOffer>,
) -> Result<Response, ApiError> {
    answer(&app, &caller, path, Answer::Decline, said).await
}

/// Withdraws the caller's own open offer. Its message cannot be changed or taken back.
#[utoipa::path(
    operation_id = "withdraw_offer",
    post, path = "/api/chat/conversations/{id}/offers/{offerId}/withdraw", tag = "offers",
    params(("id" = String, Path), ("offerId" = String, Path)),
    request_body = AnswerOffer,
    responses(
        (status = 200, description = "It is withdrawn, now or by the caller before", body = Negotiated),
        (status = 403, description = "Not the caller's to withdraw", body = Problem),
        (status = 404, description = "There is none, or offers are off", body = Problem),
        (status = 409, description = "It is not open, or another version; the body has it as it is", body = Problem),
        (status = 429, description = "Too many were sent", body = Problem),
    ),
)]
pub async fn withdraw(
    _: OffersOn,
    State(app): State<App>,
    caller: Caller,
    path: OfferPath,
    Body(said): Body<AnswerOffer>,
) -> Result<Response, ApiError> {
    answer(&app, &caller, path, Answer::Withdraw, said).await
}

async fn answer(
    app: &App,
    caller: &Caller,
    path: OfferPath,
    answer: Answer,
    said: AnswerOffer,
) -> Result<Response, ApiError> {
    let given = GivenAnswer {
        answer,
        rev: Some(said.rev),
        note: said.note,
    };
    let given = answer_offer(&app.chat, caller, &path.conversation, &path.offer, given).await?;
    let body = Negotiated {
        message: Message::new(given.message, &*app.attachments.links),
        offer: given.offer.into(),
    };
    let mut response = Json(body).into_response();
    if let Some(rate_limit) = &given.rate_limit {
        rate_limit::describe(rate_limit, response.headers_mut());
    }
    Ok(response)
}
