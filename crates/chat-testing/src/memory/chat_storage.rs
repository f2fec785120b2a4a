//! [`ChatStorage`] in memory.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;

use super::MemoryStorage;
use chat::{
    access::Participant,
    audit::{Act, AuditCursor, AuditLog, AuditPage, AuditQuery, Entry},
    bus::Bus,
    conversation::Conversation,
    ids::{ConversationId, MessageId, NotificationId, UserId},
    list_events::EventPage,
    message::{Draft, Message},
    notification::Notification,
    person::Person,
    storage::{
        Anchor, Append, ChatStorage, HistoryPage, Join, Leave, ListCounts, ListPage, ListQuery,
        Mark, Missed, NewConversation, Opened, Result, Since,
    },
    timestamp::Timestamp,
};

#[async_trait]
impl ChatStorage for MemoryStorage {
    async fn ping(&self) -> Result<()> {
        Ok(())
    }

    async fn conversation(&self, id: &ConversationId) -> Result<Option<Conversation>> {
        Ok(self.state().view(id))
    }

    async fn find(&self, purpose: &NewConversation) -> Result<Option<Conversation>> {
        Ok(self.state().find(purpose))
    }

    async fn open(&self, new: NewConversation, act: Act, bus: &Arc<dyn Bus>) -> Result<Opened> {
        Ok(self.state().open(new, act, bus.as_ref()))
    }

    async fn list(&self, query: &ListQuery) -> Result<ListPage> {
        Ok(self.state().list(query))
    }

    async fn list_counts(&self, query: &ListQuery) -> Result<ListCounts> {
        Ok(self.state().list_counts(query))
    }

    async fn append(&self, draft: Draft, bus: &Arc<dyn Bus>) -> Result<Append> {
        Ok(self.state().append(draft, bus.as_ref()))
    }

    async fn sent(
        &self,
        sender: &UserId,
        conversation: &ConversationId,
        client_message_id: &str,
    ) -> Result<Option<Message>> {
        let state = self.state();
        Ok(state.sent(sender, conversation, client_message_id))
    }

    async fn history(
        &self,
        conversation: &ConversationId,
        anchor: &Anchor,
        limit: i64,
    ) -> Result<Option<HistoryPage>> {
        Ok(self.state().history(conversation, anchor, limit))
    }

    async fn mark_read(
        &self,
        reader: &Participant,
        up_to: Option<&MessageId>,
        now: Timestamp,
        bus: &Arc<dyn Bus>,
    ) -> Result<Mark> {
        let mut state = self.state();
        Ok(state.mark_read(reader, up_to, now, bus.as_ref()))
    }

    async fn unread_count(&self, user: &UserId) -> Result<i64> {
        Ok(self.state().unread_count(user))
    }

    async fn join(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Act,
        bus: &Arc<dyn Bus>,
    ) -> Result<Join> {
        Ok(self.state().join(conversation, admin, act, bus.as_ref()))
    }

    async fn leave(
        &self,
        conversation: &ConversationId,
        admin: &UserId,
        act: Act,
        bus: &Arc<dyn Bus>,
    ) -> Result<Leave> {
        Ok(self.state().leave(conversation, admin, act, bus.as_ref()))
    }

    async fn vacate_demoted(&self, bus: &Arc<dyn Bus>) -> Result<u64> {
        Ok(self.state().vacate_demoted(bus.as_ref()))
    }

    async fn missed(&self, person: &Person, since: &[Since]) -> Result<Vec<Missed>> {
        let state = self.state();
        Ok(since
            .iter()
            .map(|since| state.missed(person, since))
            .collect())
    }

    async fn changed_within(&self, users: &[UserId], _: Duration) -> Result<Vec<Conversation>> {
        // Nothing here knows when something changed, and there may be others among them.
        Ok(self.state().of_any(users))
    }

    async fn notifications(
        &self,
        user: &UserId,
        unread_only: bool,
        after: Option<&NotificationId>,
        limit: i64,
    ) -> Result<Option<(Vec<Notification>, bool)>> {
        Ok(self.state().notifications(user, unread_only, after, limit))
    }

    async fn read_notifications(
        &self,
        user: &UserId,
        ids: Option<&[NotificationId]>,
        now: Timestamp,
    ) -> Result<u64> {
        Ok(self.state().read_notifications(user, ids, now))
    }
}

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
