//! Looking for messages.

use async_trait::async_trait;

use super::Result;
use crate::{
    ids::{ConversationId, MessageId, UserId},
    message::Message,
    message_search::Wanted,
    timestamp::Timestamp,
};

/// Where somebody looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchScope {
    Conversation(ConversationId),
    /// Where this person sits as buyer or supplier.
    Of(UserId),
    All,
}

/// A place in what was found: everything strictly behind it is older.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchCursor {
    pub at: Timestamp,
    pub id: MessageId,
}

/// Messages that say it, by time, newest first, then by id descending.
#[derive(Clone, Debug)]
pub struct SearchQuery {
    pub scope: SearchScope,
    pub wanted: Wanted,
    /// Not older than this.
    pub from: Option<Timestamp>,
    /// Older than this.
    pub to: Option<Timestamp>,
    pub cursor: Option<SearchCursor>,
    pub limit: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SearchPage {
    pub messages: Vec<Message>,
    /// Where to go on. There may be one though the page is short, or empty: then it was given up in between.
    pub next: Option<SearchCursor>,
}

#[async_trait]
pub trait MessageSearch: Send + Sync {
    /// What was sent or changed some seconds ago may be missing: see [`Self::index`].
    async fn search(&self, query: &SearchQuery) -> Result<SearchPage>;

    /// Takes what is new in these conversations into the index. Returns those in which something is left, because
    /// it is much or because another server is about it.
    async fn index(&self, conversations: &[ConversationId]) -> Result<Vec<ConversationId>>;

    /// Some conversations behind this one in the order of ids in which something is not in the index, and where to
    /// go on. What is left of conversations that are gone goes.
    async fn unindexed(
        &self,
        after: Option<&ConversationId>,
    ) -> Result<(Vec<ConversationId>, Option<ConversationId>)>;
}
