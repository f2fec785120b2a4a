//! Requests for quotation: how several suppliers are asked, and what they answer.

use chat::{
    close_request,
    ids::{ConversationId, OfferId, RequestId, UserId},
    limits,
    offer::Purpose,
    quotation::{self, Quotation, SUPPLIERS},
    request_quotation::NewRequest,
    timestamp::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    offer::{Offer, Terms},
    read::{Fields, Id, Read},
    words::RequestState,
};

#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase")]
pub struct RequestQuotation {
    /// Suppliers' ids, or the ids of their users: 1 to 20.
    #[schema(value_type = Vec<Id>, max_items = 20)]
    pub supplier_ids: Vec<String>,
    /// Without prices.
    pub terms: Terms,
    /// Said beside the terms, of at most 2,000 characters.
    pub note: Option<String>,
    /// Chosen by the client; a retry with the same one returns the first request, and goes on with it where it was
    /// cut.
    #[schema(min_length = 1, max_length = 64, pattern = "^[^\\u0000]+$")]
    pub client_message_id: Option<String>,
}

impl Read for RequestQuotation {
    fn read(fields: &mut Fields) -> Option<Self> {
        let suppliers = fields.ids("supplierIds", SUPPLIERS);
        let suppliers = fields.required("supplierIds", suppliers);
        let note = fields.any_text("note");
        let client_message_id = fields.text("clientMessageId", 1..=limits::CLIENT_MESSAGE_ID_CHARS);
        let terms = Terms::of_body(fields)?;
        terms.judge(Purpose::Request, fields);
        Some(Self {
            supplier_ids: suppliers?,
            terms,
            note,
            client_message_id,
        })
    }
}

impl From<RequestQuotation> for NewRequest {
    fn from(asked: RequestQuotation) -> Self {
        Self {
            suppliers: asked.supplier_ids,
            terms: asked.terms.into(),
            note: asked.note,
            client_message_id: asked.client_message_id,
        }
    }
}

#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase", example = json!({"message": "Thank you, we have decided."}))]
pub struct CloseRequest {
    /// An accepted offer that answers the request.
    #[schema(value_type = Option<Id>)]
    pub accepted_offer_id: Option<OfferId>,
    /// To the other suppliers, of at most 2,000 characters.
    pub message: Option<String>,
}

impl Read for CloseRequest {
    const MAY_BE_EMPTY: bool = true;

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            accepted_offer_id: fields.id("acceptedOfferId"),
            message: fields.any_text("message"),
        })
    }
}

impl From<CloseRequest> for close_request::CloseRequest {
    fn from(close: CloseRequest) -> Self {
        Self {
            accepted: close.accepted_offer_id,
            message: close.message,
        }
    }
}

/// A request with what became of it at each supplier. A supplier sees only their own answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    #[schema(value_type = String)]
    pub id: RequestId,
    pub terms: Terms,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Null while the buyer still wants answers.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub closed_at: Option<Timestamp>,
    /// What the buyer named when it was closed; null for a supplier whose offer it is not.
    #[schema(value_type = Option<String>, required = true)]
    pub accepted_offer_id: Option<OfferId>,
    /// In the order in which they were asked. Who may not be written to is not among them.
    pub answers: Vec<RequestAnswer>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RequestAnswer {
    /// The supplier's user.
    #[schema(value_type = String)]
    pub supplier_id: UserId,
    #[schema(value_type = String)]
    pub conversation_id: ConversationId,
    /// The offer that was accepted, else the newest that answers the request, of either side; null before there is one.
    #[schema(required = true)]
    pub offer: Option<Offer>,
    pub state: RequestState,
}

impl From<Quotation> for Request {
    fn from(request: Quotation) -> Self {
        let answer = |asked: &quotation::Asked| RequestAnswer {
            supplier_id: asked.supplier.clone(),
            conversation_id: asked.conversation.clone(),
            offer: asked.offer.clone().map(Offer::from),
            state: request.standing(asked).into(),
        };
        Self {
            answers: request.answers.iter().map(answer).collect(),
            id: request.id,
            terms: request.terms.into(),
            created_at: request.created_at,
            closed_at: request.closed_at,
            accepted_offer_id: request.accepted,
        }
    }
}

/// The request that a message puts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessageRequest {
    #[schema(value_type = String)]
    pub id: RequestId,
    pub terms: Terms,
}

impl From<quotation::RequestGlance> for MessageRequest {
    fn from(request: quotation::RequestGlance) -> Self {
        Self {
            id: request.id,
            terms: request.terms.into(),
        }
    }
}
