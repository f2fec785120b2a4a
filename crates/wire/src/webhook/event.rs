//! The body of a webhook: `type`, `timestamp`, `data`.

use chat::{
    conversation,
    ids::{ConversationId, ProductId, UserId},
    timestamp::Timestamp,
    webhook::Happened,
};
use serde::Serialize;

use crate::{
    file::FileLinks,
    message::Message,
    offer::Offer,
    report::Report,
    words::{ConversationType, Role},
};

/// An event, and when it happened.
#[derive(Clone, Debug, Serialize)]
pub struct WebhookEvent {
    r#type: &'static str,
    timestamp: Timestamp,
    data: Data,
}

/// Of an event of a conversation `rev` tells the order.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
enum Data {
    Message {
        conversation_id: ConversationId,
        rev: i64,
        message: Box<Message>,
    },
    Conversation {
        conversation_id: ConversationId,
        rev: i64,
        conversation: Box<Conversation>,
    },
    Participant {
        conversation_id: ConversationId,
        rev: i64,
        user_id: UserId,
        role: Role,
        #[serde(skip_serializing_if = "Option::is_none")]
        because: Option<chat::webhook::Left>,
    },
    Read {
        conversation_id: ConversationId,
        rev: i64,
        user_id: UserId,
        last_read_seq: i64,
        read_at: Timestamp,
    },
    User {
        user_id: UserId,
    },
    Offer {
        conversation_id: ConversationId,
        rev: i64,
        offer: Box<Offer>,
    },
    Report {
        conversation_id: ConversationId,
        report: Box<Report>,
    },
}

/// A conversation as nobody in particular sees it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Conversation {
    id: ConversationId,
    r#type: ConversationType,
    participants: Participants,
    #[serde(skip_serializing_if = "Option::is_none")]
    product: Option<Product>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    last_message: Option<String>,
    last_message_at: Option<Timestamp>,
    last_seq: i64,
    rev: i64,
    created_at: Timestamp,
}

#[derive(Clone, Debug, Serialize)]
struct Participants {
    buyer: Participant,
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier: Option<Participant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    admin: Option<Participant>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Participant {
    id: UserId,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    last_read_seq: i64,
}

#[derive(Clone, Debug, Serialize)]
struct Product {
    id: ProductId,
    name: String,
    image: String,
}

impl WebhookEvent {
    /// With links to its files that are good from now on.
    pub fn new(happened: Happened, at: Timestamp, links: &impl FileLinks) -> Self {
        Self {
            r#type: happened.name(),
            timestamp: at,
            data: Data::new(happened, links),
        }
    }

    /// As it is sent.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).expect("it is plain data")
    }
}

impl Data {
    fn new(happened: Happened, links: &impl FileLinks) -> Self {
        match happened {
            Happened::MessageCreated { rev, message }
            | Happened::MessageUpdated { rev, message }
            | Happened::MessageDeleted { rev, message } => Self::Message {
                conversation_id: message.conversation.clone(),
                rev,
                message: Box::new(Message::new(*message, links)),
            },
            Happened::ConversationCreated { conversation }
            | Happened::ConversationUpdated { conversation } => Self::Conversation {
                conversation_id: conversation.id.clone(),
                rev: conversation.rev,
                conversation: Box::new((*conversation).into()),
            },
            Happened::ParticipantJoined {
                conversation,
                rev,
                user,
                role,
            } => Self::Participant {
                conversation_id: conversation,
                rev,
                user_id: user,
                role: role.into(),
                because: None,
            },
            Happened::ParticipantLeft {
                conversation,
                rev,
                user,
                role,
                because,
            } => Self::Participant {
                conversation_id: conversation,
                rev,
                user_id: user,
                role: role.into(),
                because,
            },
            Happened::ReadMoved {
                conversation,
                rev,
                user,
                last_read_seq,
                read_at,
            } => Self::Read {
                conversation_id: conversation,
                rev,
                user_id: user,
                last_read_seq,
                read_at,
            },
            Happened::UserErased { user } => Self::User { user_id: user },
            Happened::Offer { rev, offer } => Self::Offer {
                conversation_id: offer.conversation.clone(),
                rev,
                offer: Box::new((*offer).into()),
            },
            Happened::Report { report, .. } => Self::Report {
                conversation_id: report.conversation.clone(),
                report: Box::new((*report).into()),
            },
        }
    }
}

impl From<conversation::Conversation> for Conversation {
    fn from(conversation: conversation::Conversation) -> Self {
        let participant = |seat: conversation::Seat| Participant {
            id: seat.user,
            name: seat.name,
            company: seat.company,
            last_read_seq: seat.last_read_seq,
        };
        Self {
            id: conversation.id,
            r#type: conversation.kind.into(),
            participants: Participants {
                buyer: participant(conversation.buyer),
                supplier: conversation.supplier.map(participant),
                admin: conversation.admin.map(participant),
            },
            product: conversation.product.map(|product| Product {
                id: product.id,
                name: product.name,
                image: product.image,
            }),
            subject: conversation.subject,
            last_message: conversation.last_message,
            last_message_at: conversation.last_message_at,
            last_seq: conversation.last_seq,
            rev: conversation.rev,
            created_at: conversation.created_at,
        }
    }
}
