//! Conversations, and their list.

use std::time::Duration;

use async_trait::async_trait;

use super::{
    MemoryStorage,
    rows::{ConversationRow, number},
    state::State,
};
use chat::{
    conversation::{Conversation, Kind},
    ids::{ConversationId, UserId},
    search::{fold, words},
    storage::{Conversations, ListCounts, ListPage, ListQuery, Result, Scope},
};

#[async_trait]
impl Conversations for MemoryStorage {
    async fn get(&self, id: &ConversationId) -> Result<Option<Conversation>> {
        Ok(self.state().view(id))
    }

    async fn list(&self, query: &ListQuery) -> Result<ListPage> {
        Ok(self.state().list(query))
    }

    async fn counts(&self, query: &ListQuery) -> Result<ListCounts> {
        Ok(self.state().list_counts(query))
    }

    async fn changed_within(&self, users: &[UserId], _: Duration) -> Result<Vec<Conversation>> {
        // Nothing here knows when something changed, and there may be others among them.
        Ok(self.state().of_any(users))
    }
}

impl State {
    pub fn list(&self, query: &ListQuery) -> ListPage {
        let mut conversations: Vec<Conversation> = self
            .found(query)
            .filter(|conversation| query.kind.is_none_or(|kind| conversation.kind == kind))
            .filter(|conversation| !query.waiting || conversation.is_waiting())
            .filter(|conversation| is_behind_cursor(conversation, query))
            .collect();
        conversations.sort_by_key(|conversation| {
            std::cmp::Reverse((conversation.active_at(), conversation.id.clone()))
        });
        let has_more = number(conversations.len()) > query.limit;
        conversations.truncate(usize::try_from(query.limit).unwrap_or(0));
        ListPage {
            conversations,
            has_more,
        }
    }

    pub fn list_counts(&self, query: &ListQuery) -> ListCounts {
        let mut counts = ListCounts::default();
        for conversation in self.found(query) {
            counts.all += 1;
            counts.waiting += i64::from(conversation.is_waiting());
            *match conversation.kind {
                Kind::BuyerSupplier => &mut counts.buyer_supplier,
                Kind::BuyerAdmin => &mut counts.buyer_admin,
                Kind::Support => &mut counts.support,
            } += 1;
        }
        counts
    }

    /// In the scope, and found by the search.
    fn found(&self, query: &ListQuery) -> impl Iterator<Item = Conversation> {
        self.conversations
            .values()
            .filter(|row| is_in_scope(row, &query.scope))
            .filter(|row| self.is_found(row, query.search.as_deref()))
            .map(|row| self.conversation(row))
    }

    fn is_found(&self, row: &ConversationRow, search: Option<&str>) -> bool {
        let Some(search) = search else {
            return true;
        };
        let mut shown: Vec<&str> = Vec::new();
        for (_, place) in row.places() {
            let user = self.users.get(&place.user);
            shown.extend(user.map(|user| user.name.as_str()));
            shown.extend(user.and_then(|user| user.company.as_deref()));
            let companies = self.suppliers.values();
            let companies = companies.filter(|company| company.user_id == place.user);
            shown.extend(companies.map(|company| company.name.as_str()));
        }
        let product = row.product.as_ref().and_then(|id| self.products.get(id));
        shown.extend(product.map(|product| product.name.as_str()));
        shown.extend(row.messages.last().map(|newest| newest.preview.as_str()));
        let shown = fold(&shown.join("\n"));
        words(search).all(|word| shown.contains(&fold(word)))
    }

    pub fn of_any(&self, users: &[UserId]) -> Vec<Conversation> {
        self.conversations
            .values()
            .filter(|row| users.iter().any(|user| row.place_of(user).is_some()))
            .map(|row| self.conversation(row))
            .collect()
    }

    pub fn unread_count(&self, user: &UserId) -> i64 {
        self.conversations
            .values()
            .filter_map(|row| {
                let place = row.place_of(user).and_then(|role| row.place(role))?;
                Some(row.unread_of(place))
            })
            .sum()
    }
}

fn is_in_scope(row: &ConversationRow, scope: &Scope) -> bool {
    match scope {
        Scope::Of(user) => row.place_of(user).is_some(),
        Scope::All => true,
    }
}

fn is_behind_cursor(conversation: &Conversation, query: &ListQuery) -> bool {
    query.cursor.as_ref().is_none_or(|cursor| {
        (conversation.active_at(), &conversation.id) < (cursor.active_at, &cursor.id)
    })
}
