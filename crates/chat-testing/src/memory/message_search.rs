//! [`MessageSearch`] in memory: every message is looked at.

use async_trait::async_trait;

use super::{MemoryStorage, state::State};
use chat::{
    ids::ConversationId,
    message::Message,
    search_messages::searched,
    storage::{MessageSearch, Result, SearchCursor, SearchPage, SearchQuery, SearchScope},
};

#[async_trait]
impl MessageSearch for MemoryStorage {
    async fn search(&self, query: &SearchQuery) -> Result<SearchPage> {
        Ok(self.state().search_messages(query))
    }

    async fn index(&self, _: &[ConversationId]) -> Result<Vec<ConversationId>> {
        Ok(Vec::new())
    }

    async fn unindexed(
        &self,
        _: Option<&ConversationId>,
    ) -> Result<(Vec<ConversationId>, Option<ConversationId>)> {
        Ok((Vec::new(), None))
    }
}

impl State {
    fn search_messages(&self, query: &SearchQuery) -> SearchPage {
        let rows = self
            .conversations
            .values()
            .filter(|row| match &query.scope {
                SearchScope::All => true,
                SearchScope::Conversation(id) => row.id == *id,
                SearchScope::Of(user) => {
                    let supplier = row.supplier.as_ref();
                    row.buyer.user == *user || supplier.is_some_and(|place| place.user == *user)
                }
            });
        let mut found: Vec<Message> = rows
            .flat_map(|row| self.messages(row, 1, row.last_seq()))
            .filter(|message| {
                let at = message.created_at;
                let is_behind = |cursor: &SearchCursor| (at, &message.id) < (cursor.at, &cursor.id);
                query.from.is_none_or(|from| at >= from)
                    && query.to.is_none_or(|to| at < to)
                    && query.cursor.as_ref().is_none_or(is_behind)
                    && message.deleted_at.is_none()
                    && query.wanted.find(&searched(message)).is_some()
            })
            .collect();
        found.sort_by(|one, other| (other.created_at, &other.id).cmp(&(one.created_at, &one.id)));
        let limit = usize::try_from(query.limit).unwrap_or(0);
        let has_more = found.len() > limit;
        found.truncate(limit);
        let last = found.last().filter(|_| has_more);
        SearchPage {
            next: last.map(|last| SearchCursor {
                at: last.created_at,
                id: last.id.clone(),
            }),
            messages: found,
        }
    }
}
