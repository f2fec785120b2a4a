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

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// What the reader has pinned, then everything else, each by latest activity, newest first, then by
    /// id descending.
    #[default]
    Activity,
    /// Only those where somebody waits for the reader, who waits longest first, then by id.
    Waiting,
}

/// Where in a list something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListPart {
    Pinned,
    Unpinned,
    /// Of [`Sort::Waiting`].
    Waiting,
}

/// A place in the list: everything strictly behind it follows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListCursor {
    pub part: ListPart,
    /// What the part is ordered by.
    pub at: Timestamp,
    pub id: ConversationId,
}

/// Conversations by what came of the offers made there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfferFilter {
    /// One is open.
    Open,
    /// One was accepted, whatever came later.
    Accepted,
}

impl OfferFilter {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a filter of its own, and any may go with any other"
)]
pub struct ListQuery {
    pub scope: Scope,
    /// Whose settings count.
    pub reader: UserId,
    pub kind: Option<Kind>,
    /// Nobody has taken it: no administrator sits where one is asked for.
    pub waiting: bool,
    /// Only what the reader has put away, or only what they have not; `None`: both.
    pub archived: Option<bool>,
    /// Only what the reader has pinned.
    pub pinned: bool,
    /// Only what the reader has to read or has marked as unread, and has not muted.
    pub unread: bool,
    /// Only where somebody waits for the reader: the other side said the last word, or made an offer or a
    /// request that the reader can answer.
    pub needs_reply: bool,
    /// Only where an offer is open, or one was accepted.
    pub offers: Option<OfferFilter>,
    /// Each of its words is part of a participant's name, of a company of theirs, of the product's
    /// name or of the preview: see [`crate::search`].
    pub search: Option<String>,
    pub sort: Sort,
    pub cursor: Option<ListCursor>,
    pub limit: i64,
}

impl ListQuery {
    /// Everything in this scope.
    pub fn new(scope: Scope, reader: UserId, limit: i64) -> Self {
        Self {
            scope,
            reader,
            kind: None,
            waiting: false,
            archived: None,
            pinned: false,
            unread: false,
            needs_reply: false,
            offers: None,
            search: None,
            sort: Sort::Activity,
            cursor: None,
            limit,
        }
    }

    /// Whether only conversations can be found in which the reader sits.
    pub fn is_of_reader(&self) -> bool {
        self.scope != Scope::All
            || self.archived == Some(true)
            || self.pinned
            || self.unread
            || self.needs_reply
            || self.sort == Sort::Waiting
    }
}

/// How many conversations each filter leaves of those in a scope that a search finds. Without a
/// search, only `archived` counts what the reader has put away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListCounts {
    pub all: i64,
    pub waiting: i64,
    pub buyer_supplier: i64,
    pub buyer_admin: i64,
    pub support: i64,
    pub archived: i64,
    pub pinned: i64,
    pub unread: i64,
    pub needs_reply: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct ListPage {
    pub conversations: Vec<Conversation>,
    /// Where more follow.
    pub next: Option<ListCursor>,
}

#[async_trait]
pub trait Conversations: Send + Sync {
    async fn get(&self, id: &ConversationId) -> Result<Option<Conversation>>;

    async fn list(&self, query: &ListQuery) -> Result<ListPage>;

    /// The query's scope, reader and search count; its other filters do not.
    async fn counts(&self, query: &ListQuery) -> Result<ListCounts>;

    /// The conversations in which any of these users sits and that changed within this time before
    /// now, by the database's clock, as they are now. There may be others among them.
    async fn changed_within(&self, users: &[UserId], time: Duration) -> Result<Vec<Conversation>>;
}
