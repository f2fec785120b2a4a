//! Who came and went.

use chat::{audit::AuditCursor, conversation_event, ids::AuditId, limits, timestamp::Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    cursor::Cursor,
    read::{Fields, Read},
    words::ConversationEventType,
};

#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListEvents {
    /// Events of a page.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100, default = 50)]
    pub limit: i64,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1)]
    pub cursor: Option<Cursor>,
}

impl Read for ListEvents {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            limit: fields.limit(limits::EVENT_PAGE),
            cursor: fields.cursor("cursor"),
        })
    }
}

impl ListEvents {
    pub fn place(&self) -> Option<AuditCursor> {
        let cursor = self.cursor.as_ref()?;
        Some(AuditCursor {
            at: cursor.at,
            id: AuditId::new(&*cursor.id),
        })
    }
}

/// An administrator joined or left.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationEvent {
    pub id: String,
    pub r#type: ConversationEventType,
    #[schema(required = true)]
    pub actor_id: Option<String>,
    /// Null once the account is deleted.
    #[schema(required = true)]
    pub actor_name: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Of the newest message then; 0 before the first. Null where it is not known.
    #[schema(required = true)]
    pub seq: Option<i64>,
}

impl From<conversation_event::ConversationEvent> for ConversationEvent {
    fn from(event: conversation_event::ConversationEvent) -> Self {
        Self {
            id: event.id.to_string(),
            r#type: event.kind.into(),
            actor_id: event.actor.map(|actor| actor.to_string()),
            actor_name: event.actor_name,
            created_at: event.at,
            seq: event.seq,
        }
    }
}

/// Newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationEventPage {
    pub events: Vec<ConversationEvent>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

impl From<conversation_event::EventPage> for ConversationEventPage {
    fn from(found: conversation_event::EventPage) -> Self {
        let next = found.next();
        Self {
            next_cursor: next.map(|next| Cursor::new(next.at, next.id.as_str()).to_text()),
            has_more: found.has_more,
            events: found.events.into_iter().map(Into::into).collect(),
        }
    }
}
