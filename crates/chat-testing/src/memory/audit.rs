//! The audit.

use async_trait::async_trait;

use super::{MemoryStorage, state::State};
use chat::{
    audit::{AuditCursor, AuditPage, AuditQuery, Entry},
    conversation_event::{ConversationEvent, EventKind, EventPage},
    ids::ConversationId,
    storage::{AuditLog, Result},
    timestamp::Timestamp,
};

#[async_trait]
impl AuditLog for MemoryStorage {
    async fn record(&self, entries: Vec<Entry>) -> Result<()> {
        self.state().audit.extend(entries);
        Ok(())
    }

    async fn record_new(&self, entries: Vec<Entry>, since: Timestamp) -> Result<()> {
        self.state().audit_new(entries, since);
        Ok(())
    }

    async fn entries(&self, query: &AuditQuery) -> Result<AuditPage> {
        Ok(self.state().audited(query))
    }

    async fn events(
        &self,
        conversation: &ConversationId,
        cursor: Option<&AuditCursor>,
        limit: i64,
    ) -> Result<EventPage> {
        Ok(self.state().events(conversation, cursor, limit))
    }
}

impl State {
    pub fn audit_new(&mut self, entries: Vec<Entry>, since: Timestamp) {
        let old = self.audit.clone();
        let is_new = |entry: &Entry| {
            !old.iter().any(|known| {
                known.at > since
                    && known.actor == entry.actor
                    && known.action == entry.action
                    && known.conversation == entry.conversation
            })
        };
        self.audit.extend(entries.into_iter().filter(is_new));
    }

    pub fn audited(&self, query: &AuditQuery) -> AuditPage {
        let fits = |entry: &&Entry| {
            let is_behind = query
                .cursor
                .as_ref()
                .is_none_or(|cursor| (entry.at, &entry.id) < (cursor.at, &cursor.id));
            is_behind
                && (query.conversation.is_none() || query.conversation == entry.conversation)
                && (query.actor.is_none() || query.actor == entry.actor)
                && query.action.is_none_or(|action| action == entry.action)
                && query.from.is_none_or(|from| from <= entry.at)
                && query.to.is_none_or(|to| entry.at < to)
        };
        let mut entries: Vec<Entry> = self.audit.iter().filter(fits).cloned().collect();
        entries.sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
        let limit = usize::try_from(query.limit).unwrap_or(0);
        let has_more = entries.len() > limit;
        entries.truncate(limit);
        AuditPage { entries, has_more }
    }

    pub fn events(
        &self,
        conversation: &ConversationId,
        cursor: Option<&AuditCursor>,
        limit: i64,
    ) -> EventPage {
        let all = self.audited(&AuditQuery {
            conversation: Some(conversation.clone()),
            cursor: cursor.cloned(),
            limit: i64::MAX,
            ..AuditQuery::default()
        });
        let event = |entry: Entry| {
            Some(ConversationEvent {
                kind: EventKind::of(entry.action)?,
                actor_name: entry
                    .actor
                    .as_ref()
                    .and_then(|actor| self.person(actor))
                    .map(|person| person.name),
                id: entry.id,
                actor: entry.actor,
                at: entry.at,
                seq: entry.detail["lastSeq"].as_i64(),
            })
        };
        let mut events: Vec<_> = all.entries.into_iter().filter_map(event).collect();
        let limit = usize::try_from(limit).unwrap_or(0);
        let has_more = events.len() > limit;
        events.truncate(limit);
        EventPage { events, has_more }
    }
}
