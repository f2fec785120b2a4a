//! Offers: terms that one side names and the other answers, once.

pub mod currency;
pub mod decimal;
pub mod incoterm;
pub mod state;
pub mod terms;
mod words;
mod written;

use serde::{Deserialize, Serialize};

pub use self::{
    currency::Currency,
    decimal::Decimal,
    incoterm::Incoterm,
    state::{Answer, State, Verdict},
    terms::{Item, Terms},
    words::{Title, in_words, outcome_in_words},
    written::{Purpose, WrittenItem, WrittenTerms},
};

use crate::{
    ids::{ConversationId, MessageId, OfferId, RequestId, UserId},
    person::Role,
    timestamp::Timestamp,
};

/// Characters of what is said beside an offer or an answer.
pub const NOTE_CHARS: usize = 2_000;

/// An offer as it stands. At most one of a conversation is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    pub id: OfferId,
    pub conversation: ConversationId,
    /// The message that it is.
    pub message: MessageId,
    /// 1, and one more with every change.
    pub rev: i64,
    pub by: UserId,
    /// The place from which it was made: buyer or supplier.
    pub role: Role,
    pub state: State,
    pub terms: Terms,
    pub totals: Totals,
    pub valid_until: Timestamp,
    pub created_at: Timestamp,
    /// When and by whom it was accepted, declined, withdrawn or countered.
    pub answered_at: Option<Timestamp>,
    pub answered_by: Option<UserId>,
    /// The offer that this one counters.
    pub supersedes: Option<OfferId>,
    /// The offer that counters this one.
    pub superseded_by: Option<OfferId>,
    /// The request that it answers.
    pub request: Option<RequestId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub net: Decimal,
    pub currency: Currency,
}

impl Totals {
    /// `None`: there are no prices.
    pub fn of(terms: &Terms) -> Option<Self> {
        Some(Self {
            net: terms.net()?,
            currency: terms.currency?,
        })
    }
}

/// The newest offer of a conversation, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    pub id: OfferId,
    pub state: State,
    pub role: Role,
}
