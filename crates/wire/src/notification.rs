//! Notifications: what somebody missed.

use chat::{
    ids::{ConversationId, NotificationId},
    limits,
    timestamp::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::read::{Fields, Id, Read};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
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

/// Newest first; at most one unread for a conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NotificationPage {
    pub notifications: Vec<Notification>,
    pub has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListNotifications {
    /// Notifications of a page.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100, default = 50)]
    pub limit: i64,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1, max_length = 128)]
    pub cursor: Option<NotificationId>,
    /// Only those that are not read.
    #[param(value_type = Option<bool>, default = false)]
    pub unread: bool,
}

impl Read for ListNotifications {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            limit: fields.limit(limits::NOTIFICATION_PAGE),
            cursor: fields.id("cursor"),
            unread: fields.flag("unread").unwrap_or(false),
        })
    }
}

#[derive(Clone, Debug, ToSchema)]
#[schema(example = json!({}))]
pub struct MarkNotificationsRead {
    /// Without it, all of them. Ids of others are passed over.
    #[schema(value_type = Option<Vec<Id>>, max_items = 500)]
    pub ids: Option<Vec<NotificationId>>,
}

impl Read for MarkNotificationsRead {
    const MAY_BE_EMPTY: bool = true;

    fn read(fields: &mut Fields) -> Option<Self> {
        let ids = fields.ids("ids", limits::NOTIFICATION_IDS);
        Some(Self {
            ids: ids.map(|ids| ids.into_iter().map(NotificationId::from).collect()),
        })
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MarkedNotifications {
    pub success: bool,
    /// How many were unread before.
    pub count: u64,
}
