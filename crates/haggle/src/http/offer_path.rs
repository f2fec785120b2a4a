//! The ids of a path that names an offer in its conversation.

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};
use chat::{
    error::{ChatError, Missing},
    ids::{ConversationId, OfferId},
};
use wire::is_possible_id;

use super::{
    error::ApiError,
    extract::{Id, Named},
};
use crate::app::App;

#[derive(Debug)]
pub struct OfferPath {
    pub conversation: ConversationId,
    pub offer: OfferId,
}

impl FromRequestParts<App> for OfferPath {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let Id(conversation) = Id::from_request_parts(parts, app).await?;
        let missing = || ApiError::from(ChatError::NotFound(Missing::Offer));
        let params = RawPathParams::from_request_parts(parts, app).await;
        let params = params.map_err(|_| missing())?;
        let found = params.iter().find(|(name, _)| *name == "offerId");
        let (_, id) = found.ok_or(ApiError::Internal)?;
        if !is_possible_id(id) {
            return Err(OfferId::missing());
        }
        let offer = OfferId::new(id);
        Ok(Self {
            conversation,
            offer,
        })
    }
}
