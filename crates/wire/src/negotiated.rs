//! What is answered to whoever makes an offer, or answers one.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{message::Message, offer::Offer};

/// A message that is an offer or tells of an answer, and the offer as it is by now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Negotiated {
    pub message: Message,
    pub offer: Offer,
}
