//! What is stored of a conversation, its messages and its notifications.

use chat::{
    attachment::Attachment,
    conversation::{Closed, Kind},
    ids::{AttachmentId, ConversationId, MessageId, OfferId, ProductId, RequestId, UserId},
    message::{MessageKind, SystemNote, Version},
    notification::Notification,
    offer::{Offer, Terms},
    own_settings::OwnSettings,
    person::Role,
    reply::Reply,
    storage::{NewConversation, PartialUpload},
    timestamp::Timestamp,
};

/// What a conversation was opened for, in the words of its opening. It outlives
/// the product and the administrator that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Purpose {
    kind: Kind,
    buyer: UserId,
    supplier: Option<UserId>,
    product: Option<ProductId>,
    admin: Option<UserId>,
}

impl Purpose {
    pub fn of(new: &NewConversation) -> Self {
        Self {
            kind: new.kind,
            buyer: new.buyer.clone(),
            supplier: new.supplier.clone(),
            product: new.product.clone(),
            admin: new.admin.clone().filter(|_| new.kind == Kind::BuyerAdmin),
        }
    }
}

/// Somebody in a place, and how far they have read.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub user: UserId,
    pub last_read_seq: i64,
    pub settings: OwnSettings,
}

impl Place {
    pub fn unread(user: UserId) -> Self {
        Self {
            user,
            last_read_seq: 0,
            settings: OwnSettings::default(),
        }
    }
}

#[derive(Debug)]
pub(super) struct ConversationRow {
    pub id: ConversationId,
    pub kind: Kind,
    pub purpose: Purpose,
    pub buyer: Place,
    pub supplier: Option<Place>,
    pub admin: Option<Place>,
    /// `None` once the product is deleted.
    pub product: Option<ProductId>,
    /// In order: the first has `seq` 1.
    pub messages: Vec<MessageRow>,
    pub rev: i64,
    /// That of the newest change of a message that was there before.
    pub messages_rev: i64,
    pub created_at: Timestamp,
    /// In the order of places.
    pub blocked_by: Vec<Role>,
    pub closed: Option<Closed>,
}

impl ConversationRow {
    pub fn place(&self, place: Role) -> Option<&Place> {
        match place {
            Role::Buyer => Some(&self.buyer),
            Role::Supplier => self.supplier.as_ref(),
            Role::Admin => self.admin.as_ref(),
        }
    }

    pub fn place_mut(&mut self, place: Role) -> Option<&mut Place> {
        match place {
            Role::Buyer => Some(&mut self.buyer),
            Role::Supplier => self.supplier.as_mut(),
            Role::Admin => self.admin.as_mut(),
        }
    }

    /// The taken places.
    pub fn places(&self) -> impl Iterator<Item = (Role, &Place)> {
        Role::ALL
            .into_iter()
            .filter_map(|role| self.place(role).map(|place| (role, place)))
    }

    pub fn place_of(&self, user: &UserId) -> Option<Role> {
        self.places()
            .find(|(_, place)| place.user == *user)
            .map(|(role, _)| role)
    }

    pub fn last_seq(&self) -> i64 {
        number(self.messages.len())
    }

    /// The `seq` of this message.
    pub fn seq_of(&self, message: &MessageId) -> Option<i64> {
        let index = self.messages.iter().position(|row| row.id == *message)?;
        Some(number(index) + 1)
    }

    /// What is unread of this place.
    pub fn unread_of(&self, place: &Place) -> i64 {
        self.last_seq() - place.last_read_seq
    }

    /// The newest message, or the opening before there is one.
    pub fn active_at(&self) -> Timestamp {
        self.messages
            .last()
            .map_or(self.created_at, |newest| newest.created_at)
    }
}

#[derive(Debug)]
pub(super) struct MessageRow {
    pub id: MessageId,
    /// `None` once the account is deleted.
    pub sender: Option<UserId>,
    /// The place from which it was sent.
    pub place: Role,
    pub receiver: Option<UserId>,
    pub text: String,
    pub preview: String,
    pub files: Vec<AttachmentId>,
    pub client_message_id: Option<String>,
    pub created_at: Timestamp,
    pub kind: MessageKind,
    pub system: Option<SystemNote>,
    pub reply_to: Option<MessageId>,
    /// What it said before, oldest first.
    pub versions: Vec<Version>,
    pub edited_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
    pub deleted_by: Option<UserId>,
    /// In the order in which they were given.
    pub reactions: Vec<(String, UserId)>,
    /// The `rev` of its last change; `None`: it is as it was sent.
    pub changed_rev: Option<i64>,
}

impl MessageRow {
    pub fn is_deleted(&self) -> bool {
        self.deleted_at.is_some()
    }
}

#[derive(Debug)]
pub(super) struct UploadRow {
    pub attachment: Attachment,
    pub owner: UserId,
    /// `None` before it is sent.
    pub sent_in: Option<ConversationId>,
    pub is_given_up: bool,
    /// Of a held one: when the scanner looks at it, at the earliest.
    pub scan_after: Timestamp,
    pub created_at: Timestamp,
}

#[derive(Clone, Debug)]
pub(super) struct ReplyRow {
    pub name_key: String,
    pub reply: Reply,
}

#[derive(Debug)]
pub(super) struct PartialRow {
    pub upload: PartialUpload,
    pub is_given_up: bool,
}

impl PartialRow {
    pub fn is_unfinished(&self) -> bool {
        self.upload.attachment.is_none() && !self.is_given_up
    }
}

#[derive(Debug)]
pub(super) struct NotificationRow {
    pub user: UserId,
    /// The newest message that the row stands for.
    pub up_to_seq: i64,
    pub notification: Notification,
}

/// A length or an index as the numbers of the domain are.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[derive(Debug)]
pub(super) struct OfferRow {
    pub offer: Offer,
    /// The first of those that answer each other.
    pub chain: OfferId,
    /// The message that tells of the answer.
    pub told_by: Option<MessageId>,
}

#[derive(Debug)]
pub(super) struct RequestRow {
    pub buyer: UserId,
    pub suppliers: Vec<UserId>,
    pub terms: Terms,
    pub words: String,
    pub client_message_id: Option<String>,
    pub created_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    pub accepted: Option<OfferId>,
}

/// A request was put in a conversation.
#[derive(Debug)]
pub(super) struct AskedRow {
    pub request: RequestId,
    pub conversation: ConversationId,
    pub supplier: UserId,
    pub message: MessageId,
    /// That the request is closed.
    pub is_told: bool,
}
