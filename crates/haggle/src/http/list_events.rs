//! Who joined and left a conversation.

use axum::{Json, extract::State};
use chat::{
    access,
    audit::{AuditCursor, Operation},
    conversation_event::{self, EventKind, EventPage as Found},
    ids::ConversationId,
    limits,
    list_events::list_events,
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    cursor::{audit_cursor, parse_audit_cursor, read_cursor},
    error::{ApiError, Problem},
    extract::{Id, Query},
    fields::{Fields, Read},
};
use crate::{app::App, http::caller::Caller};

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document's view of `Wanted`")]
pub struct Parameters {
    /// Events of a page.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<i64>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
}

#[derive(Debug)]
pub struct Wanted {
    limit: i64,
    cursor: Option<AuditCursor>,
}

impl Read for Wanted {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            limit: fields.limit(limits::EVENT_PAGE),
            cursor: read_cursor(fields, parse_audit_cursor),
        })
    }
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ConversationEventType {
    Joined,
    Left,
}

/// An administrator joined or left.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationEvent {
    id: String,
    r#type: ConversationEventType,
    #[schema(required = true)]
    actor_id: Option<String>,
    /// Null once the account is deleted.
    #[schema(required = true)]
    actor_name: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
    /// Of the newest message then; 0 before the first. Null where it is not known.
    #[schema(required = true)]
    seq: Option<i64>,
}

/// Newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationEventPage {
    events: Vec<ConversationEvent>,
    /// Whether there are older ones.
    has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// Who joined and left a conversation, newest first; for those who may read its messages.
#[utoipa::path(
    operation_id = "list_events",
    get, path = "/api/chat/conversations/{id}/events", tag = "conversations",
    params(("id" = String, Path), Parameters),
    responses(
        (status = 200, body = ConversationEventPage),
        (status = 403, description = "Not the caller's", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ConversationId>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<ConversationEventPage>, ApiError> {
    let access = access::authorize_view(&app.chat, &caller, &id, Operation::Events).await?;
    let (cursor, limit) = (wanted.cursor.as_ref(), wanted.limit);
    let found = list_events(&app.chat, &caller, &access, cursor, limit).await?;
    Ok(Json(found.into()))
}

impl From<Found> for ConversationEventPage {
    fn from(found: Found) -> Self {
        Self {
            next_cursor: found.next().as_ref().map(audit_cursor),
            has_more: found.has_more,
            events: found.events.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<conversation_event::ConversationEvent> for ConversationEvent {
    fn from(event: conversation_event::ConversationEvent) -> Self {
        Self {
            id: event.id.to_string(),
            r#type: match event.kind {
                EventKind::Joined => ConversationEventType::Joined,
                EventKind::Left => ConversationEventType::Left,
            },
            actor_id: event.actor.map(|actor| actor.to_string()),
            actor_name: event.actor_name,
            created_at: event.at.to_string(),
            seq: event.seq,
        }
    }
}
