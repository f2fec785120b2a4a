//! What somebody sets in a conversation for themselves alone.

use chat::{conversation::Conversation, ids::UserId, own_settings, timestamp::Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::read::{Fields, Read};

/// What the reader has set; nobody else sees it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConversationSettings)]
pub struct Settings {
    /// Left out of the list until there is a newer message, and longer while it is muted.
    pub is_archived: bool,
    /// On top of the list.
    pub is_pinned: bool,
    /// Until then it counts in no badge and tells of nothing; null when it is not muted.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    pub muted_until: Option<Timestamp>,
    /// Until the reader reads in it again.
    pub is_marked_unread: bool,
}

impl Settings {
    /// `None`: the reader does not sit there.
    pub fn of(conversation: &Conversation, reader: &UserId) -> Option<Self> {
        let own = conversation.settings(reader)?;
        Some(Self {
            is_archived: conversation.is_archived(reader),
            is_pinned: own.is_pinned,
            muted_until: own.muted_until,
            is_marked_unread: conversation.is_marked_unread(reader),
        })
    }
}

/// What is left out stays as it is.
#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase", as = ChangeConversationSettings, example = json!({"isPinned": true}))]
pub struct ChangeSettings {
    pub is_archived: Option<bool>,
    pub is_pinned: Option<bool>,
    /// Null unmutes it; so does a time that has passed.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub muted_until: Option<Option<Timestamp>>,
    pub is_marked_unread: Option<bool>,
}

impl Read for ChangeSettings {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            is_archived: fields.flag("isArchived"),
            is_pinned: fields.flag("isPinned"),
            muted_until: fields.time_or_null("mutedUntil"),
            is_marked_unread: fields.flag("isMarkedUnread"),
        })
    }
}

impl From<ChangeSettings> for own_settings::SettingsChange {
    fn from(asked: ChangeSettings) -> Self {
        Self {
            is_archived: asked.is_archived,
            is_pinned: asked.is_pinned,
            muted_until: asked.muted_until,
            is_marked_unread: asked.is_marked_unread,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChangedConversationSettings)]
pub struct ChangedSettings {
    pub settings: Settings,
}
