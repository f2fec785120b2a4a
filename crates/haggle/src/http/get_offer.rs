//! An offer and those that it answers or is answered by.

use axum::{Json, extract::State};
use chat::{ids::OfferId, make_offer::read_offer};
use wire::{Offer, OfferChain, Problem};

use super::{error::ApiError, extract::Id, offers_on::OffersOn};
use crate::{app::App, http::caller::Caller};

/// An offer as it stands, with all that counter each other.
#[utoipa::path(
    operation_id = "get_offer",
    get, path = "/api/chat/offers/{id}", tag = "offers",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = OfferChain),
        (status = 403, description = "Not of a conversation of the caller's", body = Problem),
        (status = 404, description = "There is none, or offers are off", body = Problem),
    ),
)]
pub async fn handler(
    _: OffersOn,
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<OfferId>,
) -> Result<Json<OfferChain>, ApiError> {
    let (offer, chain) = read_offer(&app.chat, &caller, &id).await?;
    Ok(Json(OfferChain {
        offer: offer.into(),
        chain: chain.into_iter().map(Offer::from).collect(),
    }))
}
