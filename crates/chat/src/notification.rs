//! One row per user and conversation that says how much was missed. When something new
//! comes after it was read, it begins again under a new id.

use serde::{Deserialize, Serialize};

use crate::{
    conversation::Conversation,
    ids::{ConversationId, NotificationId, UserId},
    timestamp::Timestamp,
};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notification {
    pub id: NotificationId,
    pub conversation: ConversationId,
    /// Unread messages that this row stands for: raised by one by a message that found no
    /// live lease, set to what is unread when the last lease ends (unless the newest of it was
    /// put away before), lowered to it by reading less than everything, and kept when the row
    /// is read. A row whose count stays is not touched.
    pub count: i64,
    /// The product's name, else the other side's.
    pub title: String,
    /// Of the newest message.
    pub sender_name: String,
    /// Of the newest message: [`crate::content::preview`].
    pub preview: String,
    pub is_read: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Notification {
    /// Says what it is about, as this user sees it.
    #[must_use]
    pub fn about(self, conversation: &Conversation, user: &UserId, sender_name: String) -> Self {
        let title = conversation.title_for(user).unwrap_or(&sender_name);
        Self {
            title: title.to_owned(),
            preview: conversation.last_message.clone().unwrap_or_default(),
            sender_name,
            ..self
        }
    }
}
