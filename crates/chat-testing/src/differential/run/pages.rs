//! Everything, page by page.

use super::{Answer, Run, said};
use crate::differential::cast;
use chat::{
    conversation::Conversation,
    error::{ChatError, StorageError},
    ids::UserId,
    list_conversations::{Wanted, list_conversations},
    notification::Notification,
    person::Person,
    storage::{Anchor, ListQuery, Scope},
};

impl Run<'_> {
    /// All pages of a list, each a list of its own.
    pub(super) async fn listed(
        &self,
        person: &Person,
        mut wanted: Wanted,
    ) -> Result<Vec<Vec<Conversation>>, ChatError> {
        let mut pages: Vec<Vec<Conversation>> = Vec::new();
        loop {
            let (page, _) = list_conversations(&self.world.chat, person, wanted.clone()).await?;
            pages.push(page.conversations);
            if page.next.is_none() {
                return Ok(pages);
            }
            wanted.cursor = page.next;
        }
    }

    /// All pages of somebody's notifications, and whether each held what was promised.
    pub(super) async fn notifications(
        &self,
        user: &UserId,
        unread_only: bool,
        limit: i64,
    ) -> Result<(Vec<Notification>, bool), StorageError> {
        let notifications = &self.world.chat.notifications;
        let mut all: Vec<Notification> = Vec::new();
        loop {
            let after = all.last().map(|row| row.id.clone());
            let page = notifications.page(user, unread_only, after.as_ref(), limit);
            let (rows, has_more) = page.await?.unwrap_or_default();
            let is_promised = all.is_empty() || !rows.is_empty();
            all.extend(rows);
            if !has_more || !is_promised {
                return Ok((all, is_promised));
            }
        }
    }

    /// Notifications without their ids and times, which come from storage's own
    /// clock when a lease ends; so their order is only said to be right.
    pub(super) async fn notified(&self, user: &UserId, unread_only: bool, limit: i64) -> Answer {
        let (rows, is_promised) = self.notifications(user, unread_only, limit).await?;
        let order = |row: &Notification| (row.updated_at, row.id.clone());
        let is_ordered = rows.is_sorted_by(|one, next| order(one) > order(next));
        let about = |row: &Notification| {
            let known = self.conversations.iter();
            let mut known = known.map(|id| *id == row.conversation);
            known.position(|is_it| is_it)
        };
        let rows = rows.iter().map(|row| (about(row), row.count, row.is_read));
        let mut rows: Vec<_> = rows.collect();
        rows.sort_unstable();
        Ok(said(&(is_ordered, is_promised, rows)))
    }

    pub(super) async fn everything(&self) -> Answer {
        let (chat, mut seen) = (&self.world.chat, Vec::new());
        let query = ListQuery::new(Scope::All, UserId::new("nobody"), 1_000);
        for conversation in chat.conversations.list(&query).await?.conversations {
            let page =
                chat.messages
                    .history(&conversation.id, &Anchor::Newest, 1_000, conversation.rev);
            seen.push(format!("{conversation:#?} {:#?}", page.await?));
        }
        for user in cast::everybody() {
            let person = self.world.chat.directory.person(&user).await?;
            seen.push(format!("{user}: {person:?}"));
            seen.push(format!(
                "{} unread",
                chat.read_marks.unread_count(&user).await?
            ));
            seen.push(self.notified(&user, false, 3).await?);
        }
        seen.push(self.statuses().await?);
        Ok(seen.join("\n"))
    }
}
