//! Messages: what is sent, what is shown, and how far somebody has read.

use chat::{
    content,
    ids::{AttachmentId, ConversationId, MessageId, UserId},
    limits,
    send_message::{Outgoing, content_refused},
    storage::{Anchor, HistoryPage},
    timestamp::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    file::{File, FileLinks},
    limits::LISTED_ATTACHMENTS,
    offer::Offer,
    read::{Fields, Id, Read},
    request::MessageRequest,
    words::{MessageKind, Role, SystemEvent},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    #[schema(value_type = String)]
    pub id: MessageId,
    #[schema(value_type = String)]
    pub conversation_id: ConversationId,
    /// 1, 2, 3 … without gaps in the conversation.
    pub seq: i64,
    /// Null once an administrator's account is deleted, and of a former user of an earlier chat.
    #[schema(value_type = Option<String>, required = true)]
    pub sender_id: Option<UserId>,
    pub sender_name: String,
    pub sender_type: Role,
    /// The main recipient: of a buyer the supplier, else the administrator; of anybody else the buyer.
    /// Null when nobody is there.
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
    pub kind: MessageKind,
    /// What happened, of a system message; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub system: Option<SystemNote>,
    /// When it was corrected last; absent of a message that never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, format = DateTime, required = false)]
    pub edited_at: Option<Timestamp>,
    /// When it was taken back; absent otherwise. Its text is empty then, and it has no files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, format = DateTime, required = false)]
    pub deleted_at: Option<Timestamp>,
    /// Who took it back: the sender or an administrator. Absent once their account is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = String, required = false)]
    pub deleted_by: Option<UserId>,
    /// The message that it answers, as that is now; absent where it answers none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reply_to: Option<ReplyTo>,
    /// In the order in which they were first given; absent where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub reactions: Vec<Reaction>,
    /// The `rev` of the conversation with the last change of this message; absent of one that is as it was sent. Of
    /// two copies the one with the higher is the newer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub changed_rev: Option<i64>,
    /// Of a message that is an offer: the offer as it is now; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub offer: Option<Box<Offer>>,
    /// Of a message that asks for an offer: what is asked for; absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub request: Option<Box<MessageRequest>>,
}

/// What happened. `message` says it in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SystemNote {
    pub event: SystemEvent,
    /// Who did it. Null: the server itself, or somebody whose account is gone.
    #[schema(value_type = Option<String>, required = true)]
    pub actor_id: Option<UserId>,
    /// Of what offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub offer_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reason: Option<String>,
}

/// A message that another one answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ReplyTo {
    #[schema(value_type = String)]
    pub id: MessageId,
    pub seq: i64,
    pub sender_name: String,
    /// On one line, of at most 200 characters; the name of the file of a message that is only a file. Empty once
    /// it was taken back.
    pub preview: String,
    pub is_deleted: bool,
}

/// One sign under a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reaction {
    pub emoji: String,
    /// In the order in which they gave it.
    #[schema(value_type = Vec<String>)]
    pub user_ids: Vec<UserId>,
}

impl From<chat::message::Reaction> for Reaction {
    fn from(reaction: chat::message::Reaction) -> Self {
        Self {
            emoji: reaction.emoji,
            user_ids: reaction.users,
        }
    }
}

impl From<chat::message::ReplyTo> for ReplyTo {
    fn from(answered: chat::message::ReplyTo) -> Self {
        Self {
            id: answered.id,
            seq: answered.seq,
            sender_name: answered.sender_name,
            preview: answered.preview,
            is_deleted: answered.is_deleted,
        }
    }
}

impl Message {
    /// The message with links to its files that are good from now on.
    pub fn new(message: chat::message::Message, links: &impl FileLinks) -> Self {
        let shows = links.shows_offers();
        let actor_id = message.sender.clone();
        let system = message.system.map(|note| SystemNote {
            event: note.event.into(),
            actor_id,
            offer_id: note.offer,
            reason: note.reason,
        });
        Self {
            id: message.id,
            conversation_id: message.conversation,
            seq: message.seq,
            sender_id: message.sender,
            sender_name: message.sender_name,
            sender_type: message.sender_type.into(),
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
            kind: message.kind.into(),
            system,
            edited_at: message.edited_at,
            deleted_at: message.deleted_at,
            deleted_by: message.deleted_by,
            reply_to: message.reply_to.map(ReplyTo::from),
            reactions: message.reactions.into_iter().map(Reaction::from).collect(),
            changed_rev: message.changed_rev,
            offer: message
                .offer
                .filter(|_| shows)
                .map(|offer| Box::new((*offer).into())),
            request: message
                .request
                .filter(|_| shows)
                .map(|request| Box::new((*request).into())),
        }
    }
}

/// Newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessagePage {
    pub messages: Vec<Message>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Pass it as `before` for the next older page; null when there is none.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
    /// Whether there are newer ones.
    pub has_newer: bool,
}

impl MessagePage {
    pub fn new(page: HistoryPage, links: &impl FileLinks) -> Self {
        let oldest = page.messages.last().filter(|_| page.has_older);
        Self {
            next_cursor: oldest.map(|oldest| oldest.id.to_string()),
            has_more: page.has_older,
            has_newer: page.has_newer,
            messages: page
                .messages
                .into_iter()
                .map(|message| Message::new(message, links))
                .collect(),
        }
    }
}

#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct ListMessages {
    /// Messages of a page.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100, default = 50)]
    pub limit: i64,
    /// The messages directly older than this one. At most one of `before`, `after` and `around`.
    #[param(value_type = Option<String>, min_length = 1, max_length = 128)]
    pub before: Option<MessageId>,
    /// The messages directly newer than this one.
    #[param(value_type = Option<String>, min_length = 1, max_length = 128)]
    pub after: Option<MessageId>,
    /// Half a page on each side of this one, itself included.
    #[param(value_type = Option<String>, min_length = 1, max_length = 128)]
    pub around: Option<MessageId>,
    /// Whether the caller has then read up to the page's newest message.
    #[param(value_type = Option<bool>, default = true)]
    pub mark_read: bool,
}

impl Read for ListMessages {
    fn read(fields: &mut Fields) -> Option<Self> {
        let wanted = Self {
            limit: fields.limit(limits::HISTORY_PAGE),
            before: fields.id("before"),
            after: fields.id("after"),
            around: fields.id("around"),
            mark_read: fields.flag("markRead").unwrap_or(true),
        };
        let given = [
            ("before", &wanted.before),
            ("after", &wanted.after),
            ("around", &wanted.around),
        ];
        let given = given.into_iter().filter(|(_, anchor)| anchor.is_some());
        for (name, _) in given.skip(1) {
            fields.wrong(name, "Only one of before, after and around");
        }
        Some(wanted)
    }
}

impl ListMessages {
    pub fn anchor(&self) -> Anchor {
        let Self {
            before,
            after,
            around,
            ..
        } = self;
        match (before, after, around) {
            (Some(id), _, _) => Anchor::Before(id.clone()),
            (_, Some(id), _) => Anchor::After(id.clone()),
            (_, _, Some(id)) => Anchor::Around(id.clone()),
            (None, None, None) => Anchor::Newest,
        }
    }
}

#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"content": "Could you quote 500 pieces?", "clientMessageId": "3f2a-1"}),
)]
pub struct SendMessage {
    /// Plain text of at most 10,000 characters. Control characters are removed, and a space
    /// is put behind a `<` that would begin markup. Empty only with attachments.
    pub content: String,
    /// Ids of the caller's own uploads.
    #[schema(value_type = Option<Vec<Id>>, max_items = 100)]
    pub attachments: Vec<AttachmentId>,
    /// Chosen by the client; a retry with the same one returns the first result.
    #[schema(min_length = 1, max_length = 64, pattern = "^[^\\u0000]+$")]
    pub client_message_id: Option<String>,
    /// A message of the same conversation that this one answers.
    #[schema(value_type = Option<Id>)]
    pub reply_to: Option<MessageId>,
}

impl Read for SendMessage {
    fn read(fields: &mut Fields) -> Option<Self> {
        let content = fields.any_text("content").unwrap_or_default();
        let attachments = fields
            .ids("attachments", LISTED_ATTACHMENTS)
            .unwrap_or_default();
        let message = Self {
            attachments: attachments.into_iter().map(AttachmentId::new).collect(),
            client_message_id: fields.text("clientMessageId", 1..=limits::CLIENT_MESSAGE_ID_CHARS),
            reply_to: fields.id("replyTo"),
            content,
        };
        // The use case judges the content; only beside another wrong field it is judged here,
        // so that all of them are named.
        if fields.is_wrong() {
            let outgoing = Outgoing::from(message.clone());
            let cleaned = content::plain(&outgoing.content);
            if let Some(reason) = content_refused(&outgoing, &cleaned) {
                fields.wrong("content", reason);
            }
        }
        Some(message)
    }
}

impl From<SendMessage> for Outgoing {
    fn from(message: SendMessage) -> Self {
        Self {
            content: message.content,
            attachments: message.attachments,
            client_message_id: message.client_message_id,
            reply_to: message.reply_to,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SentMessage {
    pub message: Message,
}

#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase", example = json!({}))]
pub struct MarkRead {
    /// The newest message that was seen; without it, everything.
    #[schema(value_type = Option<Id>)]
    pub up_to: Option<MessageId>,
}

impl Read for MarkRead {
    const MAY_BE_EMPTY: bool = true;

    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            up_to: fields.id("upTo"),
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MarkedRead {
    pub success: bool,
    /// What is still unread in this conversation.
    pub unread_count: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnreadCount {
    /// Over all conversations in which the caller sits.
    pub count: i64,
}
