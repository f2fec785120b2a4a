//! Requests for quotation: a buyer asks several suppliers, each in a conversation of their own, and compares
//! what they offer.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{ConversationId, OfferId, RequestId, UserId},
    offer::{Offer, State, Terms},
    timestamp::Timestamp,
};

/// Suppliers that a request goes to, at most.
pub const SUPPLIERS: usize = 20;

/// A request with what became of it at each supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    pub id: RequestId,
    pub buyer: UserId,
    /// Whom it is for, also those who were not asked yet.
    pub suppliers: Vec<UserId>,
    /// Without prices.
    pub terms: Terms,
    /// What its messages say: the terms in words, and a note.
    pub words: String,
    pub created_at: Timestamp,
    /// When the buyer said that nothing more is wanted.
    pub closed_at: Option<Timestamp>,
    pub accepted: Option<OfferId>,
    /// In the order in which they were asked.
    pub answers: Vec<Asked>,
}

/// A supplier who was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    pub supplier: UserId,
    pub conversation: ConversationId,
    /// The offer that was accepted, else the newest that answers the request, of either side.
    pub offer: Option<Offer>,
    /// That the request is closed, by a message of its own.
    pub is_told: bool,
}

impl Asked {
    /// No offer is still good.
    pub fn is_waiting(&self) -> bool {
        let state = self.offer.as_ref().map(|offer| offer.state);
        matches!(state, Some(State::Withdrawn | State::Expired) | None)
    }
}

/// How it stands with one of those who were asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// There is no offer, or none that is still good.
    Waiting,
    Offered,
    /// By either side; or the request is closed and nothing of theirs was accepted.
    Declined,
    Accepted,
}

impl Quotation {
    pub fn standing(&self, asked: &Asked) -> Standing {
        match asked.offer.as_ref().map(|offer| offer.state) {
            Some(State::Accepted) => Standing::Accepted,
            Some(State::Open | State::Countered) => Standing::Offered,
            Some(State::Declined) => Standing::Declined,
            Some(State::Withdrawn | State::Expired) | None if self.closed_at.is_some() => {
                Standing::Declined
            }
            Some(State::Withdrawn | State::Expired) | None => Standing::Waiting,
        }
    }
}

/// A request as the message that puts it shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestGlance {
    pub id: RequestId,
    pub terms: Terms,
}
