//! The list of conversations.

use super::{
    rows::{ConversationRow, number},
    state::State,
};
use chat::{
    conversation::Conversation,
    ids::UserId,
    storage::{ListPage, ListQuery, Scope},
};

impl State {
    pub fn list(&self, query: &ListQuery) -> ListPage {
        let mut conversations: Vec<Conversation> = self
            .conversations
            .values()
            .filter(|row| is_in_scope(row, &query.scope))
            .map(|row| self.conversation(row))
            .filter(|conversation| query.kind.is_none_or(|kind| conversation.kind == kind))
            .filter(|conversation| is_found(conversation, query.search.as_deref()))
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

fn is_found(conversation: &Conversation, search: Option<&str>) -> bool {
    let Some(search) = search.map(str::to_lowercase) else {
        return true;
    };
    let names = conversation.seats().map(|(_, seat)| seat.name.as_str());
    names
        .chain(
            conversation
                .product
                .as_ref()
                .map(|product| product.name.as_str()),
        )
        .chain(conversation.last_message.as_deref())
        .any(|text| text.to_lowercase().contains(&search))
}

fn is_behind_cursor(conversation: &Conversation, query: &ListQuery) -> bool {
    query.cursor.as_ref().is_none_or(|cursor| {
        (conversation.active_at(), &conversation.id) < (cursor.active_at, &cursor.id)
    })
}
