//! Offers, and the requests that they answer.

use async_trait::async_trait;

use super::{Append, Result};
use crate::{
    audit::Act,
    conversation::Barrier,
    ids::{MessageId, OfferId, RequestId, UserId},
    message::{Draft, Message, SystemDraft},
    offer::{Answer, Offer, Terms, Totals},
    person::Person,
    quotation::Quotation,
    timestamp::Timestamp,
};

/// An offer on its way to storage: its terms are checked.
#[derive(Clone, Debug)]
pub struct OfferDraft {
    pub id: OfferId,
    /// The message that it is. Its text says the terms in words.
    pub message: Draft,
    pub terms: Terms,
    pub totals: Totals,
    pub valid_until: Timestamp,
    /// An open offer of the other side, which this one answers.
    pub counters: Option<OfferId>,
    /// For the audit.
    pub act: Act,
    /// Of the message that says so, should another offer be found whose time is over.
    pub expiry: MessageId,
}

/// What became of an offer. `Made` changed something, and what was found overdue has expired with this call.
#[derive(Clone, Debug, PartialEq)]
pub enum Make {
    /// The message, with its offer.
    Made(Box<Message>),
    /// Somebody else's, or the sender's own, is open here: as it is.
    Open(Box<Offer>),
    /// What it should counter is not open any more, or was overdue and has expired with this call.
    NotOpen(Box<Offer>),
    /// What it should counter is the sender's own.
    NotTheirs,
    /// What it should counter is not of this conversation.
    NoOffer,
    /// No buyer and supplier sit here, or the sender is neither.
    NoDeal,
    /// The message cannot be appended, or is known: never [`Append::Created`].
    NotAppended(Append),
}

/// An answer on its way to storage. It is never [`Answer::Counter`].
#[derive(Clone, Debug)]
pub struct AnswerDraft {
    pub offer: OfferId,
    pub answer: Answer,
    /// The version that was seen; `None`: whichever there is.
    pub rev: Option<i64>,
    pub by: Person,
    /// Cleaned.
    pub note: Option<String>,
    /// Of the message that says so.
    pub message: MessageId,
    /// For the audit.
    pub act: Act,
}

/// What became of an answer. `Given` changed something, and `NotOpen` where the offer was overdue.
#[derive(Clone, Debug, PartialEq)]
pub enum Answered {
    /// The message that says so, and the offer as it is then.
    Given(Box<Message>, Box<Offer>),
    /// The same person had given this answer before.
    Again(Box<Message>, Box<Offer>),
    NotOpen(Box<Offer>),
    /// It is another version than the one that was seen.
    Changed(Box<Offer>),
    /// They may not write there; whoever made the offer may still withdraw it.
    Barred(Barrier),
    /// It is not for this person to say.
    NotTheirs,
    /// They have no place there.
    NotParticipant,
    NoOffer,
}

/// A request on its way to storage: its terms are checked. The buyer sits in a conversation already.
#[derive(Clone, Debug)]
pub struct NewQuotation {
    pub id: RequestId,
    pub buyer: UserId,
    pub suppliers: Vec<UserId>,
    pub terms: Terms,
    /// What its messages say.
    pub words: String,
    /// A retry finds the first.
    pub client_message_id: Option<String>,
    pub now: Timestamp,
}

/// Changes of offers are serialized with everything else of their conversation. Each raises `rev` of the offer by
/// one and `rev` of the conversation by one for each event: the offer's message as it is then, and the message
/// that tells of it. Each is audited in its transaction.
#[async_trait]
pub trait Offers: Send + Sync {
    /// Decided under the lock of the conversation: at most one of its offers is open.
    async fn make(&self, draft: OfferDraft) -> Result<Make>;

    /// Decided under the lock of the conversation, and by the clock of storage whether it is in time.
    async fn answer(&self, answer: AnswerDraft) -> Result<Answered>;

    /// Open offers whose time is over by the clock of storage, the longest overdue first.
    async fn overdue(&self, limit: i64) -> Result<Vec<OfferId>>;

    /// Ends an offer whose time is over, and tells of it by this message. `false`: there is none such.
    async fn expire(&self, offer: &OfferId, message: MessageId, act: Act) -> Result<bool>;

    async fn offer(&self, id: &OfferId) -> Result<Option<Offer>>;

    /// The offer, all that it counters and all that counter it, oldest first. Empty: there is no such offer.
    async fn chain(&self, id: &OfferId) -> Result<Vec<Offer>>;

    /// Keeps a request, or finds the one that this buyer made under this `clientMessageId`. `true`: it is new.
    async fn request(&self, new: NewQuotation) -> Result<(Quotation, bool)>;

    /// The request that this buyer made under this `clientMessageId`.
    async fn requested(&self, buyer: &UserId, client_message_id: &str)
    -> Result<Option<Quotation>>;

    /// Puts the request to the supplier of a conversation of the buyer and them, once: the message of the first
    /// time is [`Append::Known`]. Its draft has a `clientMessageId` that is the request's own.
    async fn ask(&self, request: &RequestId, draft: Draft, act: Act) -> Result<Append>;

    /// The request with what became of it at each supplier, in the order in which they were asked.
    async fn quotation(&self, id: &RequestId) -> Result<Option<Quotation>>;

    /// Notes that the request is closed, with the offer that was accepted. Closed twice, the first counts.
    async fn close(
        &self,
        id: &RequestId,
        accepted: Option<&OfferId>,
        now: Timestamp,
    ) -> Result<Option<Quotation>>;

    /// Tells a supplier who was asked that the request is closed. `None`: they were told before, or not asked.
    async fn tell_closed(&self, request: &RequestId, draft: SystemDraft)
    -> Result<Option<Message>>;
}
