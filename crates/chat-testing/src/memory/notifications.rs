//! One row per user and conversation, which says how much was missed. Once read, it is
//! replaced by the next.

use std::cmp::Reverse;

use async_trait::async_trait;

use super::{
    MemoryStorage,
    rows::{NotificationRow, number},
    state::State,
};
use chat::{
    ids::{ConversationId, NotificationId, UserId},
    notification::Notification,
    storage::{Notifications, Result},
    timestamp::Timestamp,
};

#[async_trait]
impl Notifications for MemoryStorage {
    async fn page(
        &self,
        user: &UserId,
        unread_only: bool,
        after: Option<&NotificationId>,
        limit: i64,
    ) -> Result<Option<(Vec<Notification>, bool)>> {
        Ok(self.state().notifications(user, unread_only, after, limit))
    }

    async fn mark_read(
        &self,
        user: &UserId,
        ids: Option<&[NotificationId]>,
        now: Timestamp,
    ) -> Result<u64> {
        Ok(self.state().read_notifications(user, ids, now))
    }
}

impl State {
    pub fn notifications(
        &self,
        user: &UserId,
        unread_only: bool,
        after: Option<&NotificationId>,
        limit: i64,
    ) -> Option<(Vec<Notification>, bool)> {
        let mut all: Vec<&Notification> = self
            .notifications
            .iter()
            .filter(|row| row.user == *user)
            .map(|row| &row.notification)
            .collect();
        all.sort_by_key(|notification| Reverse((notification.updated_at, &notification.id)));
        if let Some(after) = after {
            let place = all.iter().position(|row| row.id == *after)?;
            all.drain(..=place);
        }
        all.retain(|notification| !(unread_only && notification.is_read));
        all.retain(|notification| !self.is_muted(&notification.conversation, user));
        let has_more = number(all.len()) > limit;
        all.truncate(usize::try_from(limit).unwrap_or(0));
        let about = |row: &Notification| self.about(row.clone(), user);
        Some((all.into_iter().map(about).collect(), has_more))
    }

    pub fn is_muted(&self, conversation: &ConversationId, user: &UserId) -> bool {
        let conversation = self.view(conversation);
        conversation.is_some_and(|conversation| conversation.is_muted(user))
    }

    fn about(&self, row: Notification, user: &UserId) -> Notification {
        let Some(conversation) = self.conversations.get(&row.conversation) else {
            return row;
        };
        let newest = self.messages(
            conversation,
            conversation.last_seq(),
            conversation.last_seq(),
        );
        let sender_name = newest.into_iter().map(|message| message.sender_name).next();
        let conversation = self.conversation(conversation);
        row.about(&conversation, user, sender_name.unwrap_or_default())
    }

    pub fn read_notifications(
        &mut self,
        user: &UserId,
        ids: Option<&[NotificationId]>,
        now: Timestamp,
    ) -> u64 {
        let mut changed = 0;
        for row in &mut self.notifications {
            let named = ids.is_none_or(|ids| ids.contains(&row.notification.id));
            if row.user == *user && named && !row.notification.is_read {
                row.notification.is_read = true;
                row.notification.updated_at = now;
                changed += 1;
            }
        }
        changed
    }

    /// One more message waits.
    pub fn raise_notification(
        &mut self,
        user: &UserId,
        conversation: &ConversationId,
        seq: i64,
        now: Timestamp,
    ) {
        match self.unread_notification(user, conversation) {
            Some(row) => {
                row.notification.count += 1;
                row.notification.updated_at = now;
                row.up_to_seq = seq;
            }
            None => self.insert_notification(user, conversation, 1, seq, now),
        }
    }

    /// Whether the person was told of everything up to here, and put it away.
    pub fn was_told(&self, user: &UserId, conversation: &ConversationId, seq: i64) -> bool {
        self.notifications.iter().any(|row| {
            row.user == *user
                && row.notification.conversation == *conversation
                && row.notification.is_read
                && row.up_to_seq >= seq
        })
    }

    /// So many messages wait, all told.
    pub fn set_notification(
        &mut self,
        user: &UserId,
        conversation: &ConversationId,
        count: i64,
        seq: i64,
        now: Timestamp,
    ) {
        match self.unread_notification(user, conversation) {
            Some(row) if row.notification.count == count => {}
            Some(row) => {
                row.notification.count = count;
                row.notification.updated_at = now;
                row.up_to_seq = seq;
            }
            None => self.insert_notification(user, conversation, count, seq, now),
        }
    }

    /// No more than this many messages still wait.
    pub fn lower_notification(
        &mut self,
        user: &UserId,
        conversation: &ConversationId,
        unread: i64,
        now: Timestamp,
    ) {
        if unread == 0 {
            self.read_notification(user, conversation, now);
        } else if let Some(row) = self.unread_notification(user, conversation)
            && row.notification.count > unread
        {
            row.notification.count = unread;
            row.notification.updated_at = now;
        }
    }

    /// Nothing waits any more. A read row keeps its count.
    pub fn read_notification(
        &mut self,
        user: &UserId,
        conversation: &ConversationId,
        now: Timestamp,
    ) {
        if let Some(row) = self.unread_notification(user, conversation) {
            row.notification.is_read = true;
            row.notification.updated_at = now;
        }
    }

    fn unread_notification(
        &mut self,
        user: &UserId,
        conversation: &ConversationId,
    ) -> Option<&mut NotificationRow> {
        self.notifications.iter_mut().find(|row| {
            let notification = &row.notification;
            row.user == *user && notification.conversation == *conversation && !notification.is_read
        })
    }

    fn insert_notification(
        &mut self,
        user: &UserId,
        conversation: &ConversationId,
        count: i64,
        up_to_seq: i64,
        now: Timestamp,
    ) {
        self.notifications
            .retain(|row| row.user != *user || row.notification.conversation != *conversation);
        self.ids += 1;
        let id = format!("01900000-0000-7000-9000-{:012x}", self.ids);
        self.notifications.push(NotificationRow {
            user: user.clone(),
            up_to_seq,
            notification: Notification {
                id: NotificationId::new(id),
                conversation: conversation.clone(),
                count,
                title: String::new(),
                sender_name: String::new(),
                preview: String::new(),
                is_read: false,
                created_at: now,
                updated_at: now,
            },
        });
    }
}
