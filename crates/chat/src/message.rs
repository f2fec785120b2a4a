//! A message as it is stored, and as a sender hands it over.

use serde::{Deserialize, Serialize};

use crate::{
    attachment::Attachment,
    audit::Source,
    ids::{ConversationId, MessageId, UserId},
    person::Role,
    timestamp::Timestamp,
};

/// What is shown in place of a name once an administrator's account is gone.
pub const FORMER_ADMINISTRATOR: &str = "Former administrator";
/// The same of somebody who was gone before their message was brought here from somewhere else.
pub const FORMER_USER: &str = "Former user";

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
    /// For the audit: from where it was sent.
    pub source: Source,
    pub now: Timestamp,
}
