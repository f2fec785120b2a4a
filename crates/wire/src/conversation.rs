//! A conversation, and opening one.

use std::collections::HashSet;

use chat::{
    conversation::Seat,
    ids::{ConversationId, ProductId, UserId},
    offer::Glance,
    open_conversation,
    timestamp::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    read::{Fields, Id, Read},
    settings::Settings,
    words::{ConversationType, OfferState, Role},
};

/// Somebody who sits in a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Participant {
    #[schema(value_type = String)]
    pub id: UserId,
    /// The supplier's company where there is one, else the user's name.
    pub name: String,
    /// The company that they speak for, where it is not what they are called by.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub company: Option<String>,
    pub is_online: bool,
    /// The `seq` up to which this person has read.
    pub last_read_seq: i64,
    /// A name of the time zone database, where the marketplace knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub time_zone: Option<String>,
    /// When a supplier works, in their local time, as `Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub working_hours: Option<String>,
    /// Minutes of working time in which a supplier usually answers: the median of their last 30 answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub answers_within_minutes: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Participants {
    pub buyer: Participant,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub supplier: Option<Participant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub admin: Option<Participant>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Product {
    #[schema(value_type = String)]
    pub id: ProductId,
    pub name: String,
    pub image: String,
}

/// The newest offer of a conversation, as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ConversationOffer {
    pub id: String,
    pub state: OfferState,
    /// The place from which it was made: buyer or supplier.
    pub role: Role,
}

impl From<Glance> for ConversationOffer {
    fn from(offer: Glance) -> Self {
        Self {
            id: offer.id.to_string(),
            state: offer.state.into(),
            role: offer.role.into(),
        }
    }
}

/// A conversation as one of its readers sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    #[schema(value_type = String)]
    pub id: ConversationId,
    #[serde(rename = "type")]
    pub kind: ConversationType,
    pub participants: Participants,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub product: Option<Product>,
    /// What an earlier chat called it; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub subject: Option<String>,
    /// A preview of the newest message on one line.
    #[schema(required = true)]
    pub last_message: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub last_message_at: Option<Timestamp>,
    /// Unread messages of the reader; 0 for an administrator who has not joined.
    pub unread_count: i64,
    /// The `seq` up to which the reader has read; null for an administrator who has not joined.
    #[schema(required = true)]
    pub last_read_seq: Option<i64>,
    /// The `seq` of the newest message.
    pub last_seq: i64,
    /// Raised by one with every durable change.
    pub rev: i64,
    /// The newest offer made here; absent before the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub offer: Option<ConversationOffer>,
    /// The `rev` of the newest change of a message that had been sent before; absent where there was none. Whoever
    /// has loaded messages at a lower `rev` asks for them again, by `resume` or by GET.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub messages_rev: Option<i64>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// What the reader has set for themselves; absent for an administrator who has not joined.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub settings: Option<Settings>,
    /// Who is written to by the other side no more: the reader themselves, and for administrators
    /// whoever it is. Absent for everybody else, and where there is no such thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub blocked_by: Option<UserId>,
    /// Since when nobody writes here any more; absent while people may.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    pub closed_at: Option<Timestamp>,
    /// Why an administrator has closed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub closed_reason: Option<String>,
}

impl Conversation {
    /// The conversation for this reader, with the people who are online.
    pub fn for_reader(
        conversation: &chat::conversation::Conversation,
        reader: &UserId,
        online: &HashSet<UserId>,
    ) -> Self {
        let participant = |seat: &Seat| Participant {
            id: seat.user.clone(),
            name: seat.name.clone(),
            company: seat.company.clone(),
            is_online: online.contains(&seat.user),
            last_read_seq: seat.last_read_seq,
            time_zone: seat.habits.time_zone.clone(),
            working_hours: seat.habits.working_hours.clone(),
            answers_within_minutes: seat.habits.answers_within_minutes,
        };
        Self {
            id: conversation.id.clone(),
            kind: conversation.kind.into(),
            participants: Participants {
                buyer: participant(&conversation.buyer),
                supplier: conversation.supplier.as_ref().map(participant),
                admin: conversation.admin.as_ref().map(participant),
            },
            product: conversation.product.clone().map(|product| Product {
                id: product.id,
                name: product.name,
                image: product.image,
            }),
            subject: conversation.subject.clone(),
            last_message: conversation.last_message.clone(),
            last_message_at: conversation.last_message_at,
            unread_count: conversation.unread_count(reader),
            last_read_seq: conversation.last_read_seq(reader),
            last_seq: conversation.last_seq,
            rev: conversation.rev,
            offer: conversation.offer.clone().map(ConversationOffer::from),
            messages_rev: Some(conversation.messages_rev).filter(|rev| *rev > 0),
            created_at: conversation.created_at,
            settings: Settings::of(conversation, reader),
            blocked_by: conversation.blocker_for(reader).cloned(),
            closed_at: conversation.closed.as_ref().map(|closed| closed.at),
            closed_reason: conversation
                .closed
                .as_ref()
                .map(|closed| closed.reason.clone()),
        }
    }
}

/// A supplier given makes `buyer_supplier`, an administrator without a supplier
/// `buyer_admin`, neither `support`.
#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"supplierId": "supplier-tanaka", "productId": "product-ball-bearing"}),
)]
pub struct OpenConversation {
    /// Needed from suppliers and administrators; a buyer is always their own.
    #[schema(value_type = Option<Id>)]
    pub buyer_id: Option<UserId>,
    /// A supplier's id or that supplier's user id; a supplier who leaves it out means itself.
    #[schema(value_type = Option<Id>)]
    pub supplier_id: Option<String>,
    #[schema(value_type = Option<Id>)]
    pub admin_id: Option<UserId>,
    #[schema(value_type = Option<Id>)]
    pub product_id: Option<ProductId>,
    /// Follows from the participants; must not contradict them.
    pub r#type: Option<ConversationType>,
}

impl Read for OpenConversation {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            buyer_id: fields.id("buyerId"),
            supplier_id: fields.id("supplierId"),
            admin_id: fields.id("adminId"),
            product_id: fields.id("productId"),
            r#type: fields.choice("type", ConversationType::WORDS),
        })
    }
}

impl From<OpenConversation> for open_conversation::Request {
    fn from(asked: OpenConversation) -> Self {
        Self {
            buyer: asked.buyer_id,
            supplier: asked.supplier_id,
            admin: asked.admin_id,
            product: asked.product_id,
            kind: asked.r#type.map(Into::into),
        }
    }
}
