//! A message as it is stored, and as a sender hands it over.

use serde::{Deserialize, Serialize};

use crate::{
    attachment::Attachment,
    audit::Source,
    ids::{ConversationId, MessageId, UserId},
    offer::Offer,
    person::Role,
    quotation::RequestGlance,
    timestamp::Timestamp,
};

/// What is shown in place of a name once an administrator's account is gone.
pub const FORMER_ADMINISTRATOR: &str = "Former administrator";
/// The same of somebody who was gone before their message was brought here from somewhere else.
pub const FORMER_USER: &str = "Former user";
/// The same of what the server itself has done.
pub const SYSTEM: &str = "System";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub id: MessageId,
    pub conversation: ConversationId,
    /// 1, 2, 3 … without gaps in the conversation: the order of messages.
    pub seq: i64,
    /// `None` once an administrator's account is deleted, and of a former user.
    pub sender: Option<UserId>,
    pub sender_name: String,
    /// The place from which it was sent.
    pub sender_type: Role,
    /// The one other participant when the message was sent; `None` when there was none or more than one.
    pub receiver: Option<UserId>,
    pub text: String,
    /// In the order in which the sender named them.
    #[serde(default)]
    pub files: Vec<Attachment>,
    pub client_message_id: Option<String>,
    /// Every other participant has read it, and there is at least one.
    pub is_read: bool,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "MessageKind::is_text")]
    pub kind: MessageKind,
    /// Of a system message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<SystemNote>,
    /// When it was corrected last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<Timestamp>,
    /// When it was taken back. Then it has no text and no files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    /// `None` too once their account is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_by: Option<UserId>,
    /// What it answers, as that is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<ReplyTo>,
    /// In the order in which they were first given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reaction>,
    /// The `rev` of the conversation with its last change; `None`: it is as it was sent. Of two copies the one with
    /// the higher is the newer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_rev: Option<i64>,
    /// What it offers, as that is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Box<Offer>>,
    /// What it asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Box<RequestGlance>>,
}

/// What a message is. Of every kind the text says the same in words, for those who know no other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    #[default]
    Text,
    Offer,
    Request,
    System,
}

impl MessageKind {
    const ALL: [Self; 4] = [Self::Text, Self::Offer, Self::Request, Self::System];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Offer => "offer",
            Self::Request => "request",
            Self::System => "system",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
    fn is_text(&self) -> bool {
        *self == Self::Text
    }
}

/// What happened. The sender of the message did it; `None`: the server itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SystemNote {
    pub event: SystemEvent,
    /// Of what offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<String>,
    /// Cleaned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a system message tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemEvent {
    Closed,
    Reopened,
    OfferAccepted,
    OfferDeclined,
    OfferWithdrawn,
    OfferExpired,
    RequestClosed,
}

impl SystemEvent {
    pub const ALL: [Self; 7] = [
        Self::Closed,
        Self::Reopened,
        Self::OfferAccepted,
        Self::OfferDeclined,
        Self::OfferWithdrawn,
        Self::OfferExpired,
        Self::RequestClosed,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::OfferAccepted => "offer_accepted",
            Self::OfferDeclined => "offer_declined",
            Self::OfferWithdrawn => "offer_withdrawn",
            Self::OfferExpired => "offer_expired",
            Self::RequestClosed => "request_closed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == text)
    }
}

/// The message that another one answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyTo {
    pub id: MessageId,
    pub seq: i64,
    pub sender_name: String,
    /// [`crate::content::preview`] of its text, else of its first file's name.
    pub preview: String,
    /// It was taken back. Then there is no preview.
    pub is_deleted: bool,
}

/// One sign under a message, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reaction {
    pub emoji: String,
    /// In the order in which they gave it.
    pub users: Vec<UserId>,
}

/// What a message said until it was corrected or taken back, or what it says now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub text: String,
    /// `None`: as it was sent.
    pub edited_at: Option<Timestamp>,
}

/// A message on its way to storage: cleaned, within the limits, not yet in the order.
#[derive(Clone, Debug)]
pub struct Draft {
    pub id: MessageId,
    pub conversation: ConversationId,
    pub sender: UserId,
    /// The name that others see.
    pub sender_name: String,
    /// The administrator's place counts only for somebody who still is one.
    pub sender_role: Role,
    /// Cleaned by [`crate::content::clean`].
    pub text: String,
    /// What `lastMessage` becomes.
    pub preview: String,
    /// The sender's own uploads, not sent when they were looked up.
    pub files: Vec<Attachment>,
    pub client_message_id: Option<String>,
    /// A message of the same conversation that it answers.
    pub reply_to: Option<MessageId>,
    /// For the audit: from where it was sent.
    pub source: Source,
    pub now: Timestamp,
}

/// Something that happened, on its way to storage.
#[derive(Clone, Debug)]
pub struct SystemDraft {
    pub id: MessageId,
    pub conversation: ConversationId,
    /// Who did it; they need not sit there. `None`: the server itself.
    pub actor: Option<UserId>,
    /// The name that others see.
    pub actor_name: String,
    /// Their place, or what they are in the marketplace.
    pub actor_role: Role,
    pub note: SystemNote,
    /// The same in words: cleaned, one line.
    pub text: String,
    pub now: Timestamp,
}
