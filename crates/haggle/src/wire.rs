//! The JSON shapes that HTTP and WebSocket share. OpenAPI is made from these types.

use std::collections::HashSet;

use chat::{
    ids::{ConversationId, MessageId, NotificationId, ProductId, UserId},
    person::Role,
    timestamp::Timestamp,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::attachments::{Links, Part};

/// Somebody who sits in a conversation.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Participant {
    #[schema(value_type = String)]
    pub id: UserId,
    /// The supplier's company where there is one, else the user's name.
    pub name: String,
    pub is_online: bool,
    /// The `seq` up to which this person has read.
    pub last_read_seq: i64,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Participants {
    pub buyer: Participant,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub supplier: Option<Participant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub admin: Option<Participant>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Product {
    #[schema(value_type = String)]
    pub id: ProductId,
    pub name: String,
    pub image: String,
}

/// A conversation as one of its readers sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    #[schema(value_type = String)]
    pub id: ConversationId,
    #[serde(rename = "type")]
    #[schema(value_type = ConversationType)]
    pub kind: chat::conversation::Kind,
    pub participants: Participants,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub product: Option<Product>,
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
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

/// Who talks with whom.
#[derive(Clone, Copy, Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub enum ConversationType {
    BuyerSupplier,
    BuyerAdmin,
    Support,
}

/// What somebody is in the marketplace.
#[derive(Clone, Copy, Debug, ToSchema)]
#[schema(rename_all = "lowercase", as = Role)]
pub enum SenderType {
    Buyer,
    Supplier,
    Admin,
}

impl Conversation {
    /// The conversation for this reader, with the people who are online.
    pub fn for_reader(
        conversation: &chat::conversation::Conversation,
        reader: &UserId,
        online: &HashSet<UserId>,
    ) -> Self {
        let participant = |seat: &chat::conversation::Seat| Participant {
            id: seat.user.clone(),
            name: seat.name.clone(),
            is_online: online.contains(&seat.user),
            last_read_seq: seat.last_read_seq,
        };
        Self {
            id: conversation.id.clone(),
            kind: conversation.kind,
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
            last_message: conversation.last_message.clone(),
            last_message_at: conversation.last_message_at,
            unread_count: conversation.unread_count(reader),
            last_read_seq: conversation.last_read_seq(reader),
            last_seq: conversation.last_seq,
            rev: conversation.rev,
            created_at: conversation.created_at,
        }
    }
}

/// A file of a message.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct File {
    pub id: String,
    pub name: String,
    /// A media type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Bytes.
    pub size: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub width: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub height: Option<i32>,
    /// A signed link, good for 15 minutes.
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub thumbnail_url: Option<String>,
}

impl File {
    /// The file with links that are good from now on.
    pub fn new(attachment: &chat::attachment::Attachment, links: &Links) -> Self {
        let thumbnail = || links.link(&attachment.id, Part::Thumbnail);
        Self {
            id: attachment.id.to_string(),
            name: attachment.name.clone(),
            kind: attachment.kind.as_str().to_owned(),
            size: attachment.size,
            width: attachment.pixels.map(|pixels| pixels.width),
            height: attachment.pixels.map(|pixels| pixels.height),
            url: links.link(&attachment.id, Part::File),
            thumbnail_url: attachment.has_thumbnail.then(thumbnail),
        }
    }
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    #[schema(value_type = String)]
    pub id: MessageId,
    #[schema(value_type = String)]
    pub conversation_id: ConversationId,
    /// 1, 2, 3 … without gaps in the conversation.
    pub seq: i64,
    /// Null once an administrator's account is deleted.
    #[schema(value_type = Option<String>, required = true)]
    pub sender_id: Option<UserId>,
    pub sender_name: String,
    #[schema(value_type = SenderType)]
    pub sender_type: Role,
    /// Null when there was no other participant, or more than one.
    #[schema(value_type = Option<String>, required = true)]
    pub receiver_id: Option<UserId>,
    pub message: String,
    /// Attachment ids.
    pub attachments: Vec<String>,
    pub files: Vec<File>,
    #[schema(required = true)]
    pub client_message_id: Option<String>,
    /// Every other participant has read it, and there is one.
    pub is_read: bool,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
}

impl Message {
    /// The message with links to its files that are good from now on.
    pub fn new(message: chat::message::Message, links: &Links) -> Self {
        Self {
            id: message.id,
            conversation_id: message.conversation,
            seq: message.seq,
            sender_id: message.sender,
            sender_name: message.sender_name,
            sender_type: message.sender_type,
            receiver_id: message.receiver,
            message: message.text,
            attachments: message
                .files
                .iter()
                .map(|file| file.id.to_string())
                .collect(),
            files: message
                .files
                .iter()
                .map(|file| File::new(file, links))
                .collect(),
            client_message_id: message.client_message_id,
            is_read: message.is_read,
            created_at: message.created_at,
        }
    }
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    #[schema(value_type = String)]
    pub id: NotificationId,
    #[schema(value_type = String)]
    pub conversation_id: ConversationId,
    /// Unread messages that this row stands for.
    pub count: i64,
    /// The product's name, else the other side's.
    pub title: String,
    /// Of the newest message.
    pub sender_name: String,
    /// Of the newest message, on one line.
    pub preview: String,
    pub is_read: bool,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
}

impl From<chat::notification::Notification> for Notification {
    fn from(notification: chat::notification::Notification) -> Self {
        Self {
            id: notification.id,
            conversation_id: notification.conversation,
            count: notification.count,
            title: notification.title,
            sender_name: notification.sender_name,
            preview: notification.preview,
            is_read: notification.is_read,
            created_at: notification.created_at,
            updated_at: notification.updated_at,
        }
    }
}
