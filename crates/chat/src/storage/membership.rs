//! Who sits in a conversation, from its opening on.

use async_trait::async_trait;

use super::Result;
use crate::{
    audit::Act,
    conversation::{Conversation, Kind},
    ids::{ConversationId, ProductId, UserId},
    timestamp::Timestamp,
};

/// A conversation to be found or made. Its purpose is buyer, supplier, product
/// and kind, plus the administrator for [`Kind::BuyerAdmin`]; at most one
/// conversation has a given purpose.
#[derive(Clone, Debug)]
pub struct NewConversation {
    pub id: ConversationId,
    pub kind: Kind,
    pub buyer: UserId,
    pub supplier: Option<UserId>,
    pub admin: Option<UserId>,
    pub product: Option<ProductId>,
    /// Seat the available administrator who sits in the fewest conversations.
    pub assign_admin: bool,
    pub now: Timestamp,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub conversation: Conversation,
    pub created: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Join {
    Joined(Box<Conversation>),
    AlreadyIn(Box<Conversation>),
    /// Another administrator sits here.
    Taken,
    NoConversation,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Leave {
    Left(Box<Conversation>),
    NotIn,
    NoConversation,
}

/// Every change is audited in its transaction; without an act it is a repeat, which the caller counts.
#[async_trait]
pub trait Membership: Send + Sync {
    /// The conversation that already has this purpose.
    async fn find(&self, purpose: &NewConversation) -> Result<Option<Conversation>>;

    /// Finds or makes it, decided by a unique index. A created one is published.
    async fn open(&self, new: NewConversation, act: Act) -> Result<Opened>;

    /// Seats an administrator, with everything so far read. Somebody who sits in
    /// another place is in already.
    async fn join(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Option<Act>,
    ) -> Result<Join>;

    /// Empties the place; its holder's notification is read. Whoever left hears of it too.
    async fn leave(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Option<Act>,
    ) -> Result<Leave>;

    /// Empties the places of people who are no longer administrators, as if they had
    /// left, but they do not hear of it. Returns how many.
    async fn vacate_demoted(&self) -> Result<u64>;
}
