//! Conversations as they are now, and their lists.

use std::time::Duration;

use async_trait::async_trait;

use super::Result;
use crate::{
    conversation::{Conversation, Kind},
    ids::{ConversationId, UserId},
    timestamp::Timestamp,
};

/// Whose conversations a list shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    Of(UserId),
    All,
}

/// A place in the list: everything strictly behind it follows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListCursor {
    pub active_at: Timestamp,
    pub id: ConversationId,
}

/// Conversations by latest activity, newest first, then by id descending.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListQuery {
    pub scope: Scope,
    pub kind: Option<Kind>,
    /// Nobody has taken it: no administrator sits where one is asked for.
    pub waiting: bool,
    /// Each of its words is part of a participant's name, of a company of theirs, of the product's
    /// name or of the preview: see [`crate::search`].
    pub search: Option<String>,
    pub cursor: Option<ListCursor>,
    pub limit: i64,
}

/// How many conversations each filter leaves of those in a scope that a search finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListCounts {
    pub all: i64,
    pub waiting: i64,
    pub buyer_supplier: i64,
    pub buyer_admin: i64,
    pub support: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ListPage {
    pub conversations: Vec<Conversation>,
    pub has_more: bool,
}

#[async_trait]
pub trait Conversations: Send + Sync {
    async fn get(&self, id: &ConversationId) -> Result<Option<Conversation>>;

    async fn list(&self, query: &ListQuery) -> Result<ListPage>;

    /// The query's scope and search count; its other filters do not.
    async fn counts(&self, query: &ListQuery) -> Result<ListCounts>;

    /// The conversations in which any of these users sits and that changed within this time before
    /// now, by the database's clock, as they are now. There may be others among them.
    async fn changed_within(&self, users: &[UserId], time: Duration) -> Result<Vec<Conversation>>;
}
