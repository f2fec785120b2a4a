//! The list of conversations, and what it is filtered by.

use std::collections::HashSet;

use chat::{
    ids::UserId,
    limits, list_conversations,
    storage::{self, ListCounts, ListPage, ListPart},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    conversation::Conversation,
    cursor::ListPlace,
    read::{Fields, Read},
    words::{ConversationType, OfferFilter, Sort, View},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationPage {
    pub conversations: Vec<Conversation>,
    pub has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
    /// With `counts=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub counts: Option<ConversationCounts>,
}

impl ConversationPage {
    /// The page for this reader, with the people who are online.
    pub fn for_reader(
        page: &ListPage,
        counts: Option<ListCounts>,
        reader: &UserId,
        online: &HashSet<UserId>,
    ) -> Self {
        let next = page.next.as_ref();
        let show = |found| Conversation::for_reader(found, reader, online);
        Self {
            conversations: page.conversations.iter().map(show).collect(),
            has_more: next.is_some(),
            next_cursor: next.map(|next| ListPlace(next.clone()).to_text()),
            counts: counts.map(ConversationCounts::from),
        }
    }
}

/// How many conversations each filter leaves of those that `view` and `q` name. Without `q`, what the
/// caller has archived counts in `archived` alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Counts)]
pub struct ConversationCounts {
    pub all: i64,
    pub waiting: i64,
    pub buyer_supplier: i64,
    pub buyer_admin: i64,
    pub support: i64,
    pub archived: i64,
    pub pinned: i64,
    /// Conversations, not messages.
    pub unread: i64,
    #[serde(rename = "needsReply")]
    pub needs_reply: i64,
}

impl From<ListCounts> for ConversationCounts {
    fn from(counts: ListCounts) -> Self {
        Self {
            all: counts.all,
            waiting: counts.waiting,
            buyer_supplier: counts.buyer_supplier,
            buyer_admin: counts.buyer_admin,
            support: counts.support,
            archived: counts.archived,
            pinned: counts.pinned,
            unread: counts.unread,
            needs_reply: counts.needs_reply,
        }
    }
}

#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a parameter of its own"
)]
pub struct ListConversations {
    /// Conversations of a page.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 200, default = 100)]
    pub limit: i64,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1)]
    pub cursor: Option<ListPlace>,
    #[param(inline)]
    pub r#type: Option<ConversationType>,
    /// Only those where nobody has answered the call for an administrator yet.
    #[param(value_type = Option<bool>, default = false)]
    pub waiting: bool,
    /// Only those that the caller has archived, or only the others. Without it the others, and with `q`
    /// both.
    pub archived: Option<bool>,
    /// Only those that the caller has pinned.
    #[param(value_type = Option<bool>, default = false)]
    pub pinned: bool,
    /// Only those where something waits to be read by the caller, or that they have marked as unread. What
    /// they have muted is not among them.
    #[param(value_type = Option<bool>, default = false)]
    pub unread: bool,
    /// Only those where somebody waits for the caller: the other side had the last word, or there is an offer or a
    /// request that the caller can answer.
    #[param(value_type = Option<bool>, default = false)]
    pub needs_reply: bool,
    /// Only where an offer is open, or one was accepted.
    #[param(inline)]
    pub offers: Option<OfferFilter>,
    /// `activity`, as without it: what the caller has pinned, then the rest, latest activity first. `waiting`: only those
    /// where somebody waits for the caller, who waits longest first.
    #[param(inline)]
    pub sort: Option<Sort>,
    /// Whether `counts` is in the answer.
    #[param(value_type = Option<bool>, default = false)]
    pub counts: bool,
    /// Words, in any order, each part of a participant's name, of their company's, of the product's or of
    /// the last message; without regard to case and accents.
    #[param(max_length = 100)]
    pub q: Option<String>,
    /// `all` is for administrators, and their default.
    #[param(inline)]
    pub view: Option<View>,
}

impl Read for ListConversations {
    fn read(fields: &mut Fields) -> Option<Self> {
        let search = fields.text("q", 0..=limits::SEARCH_CHARS);
        let sort = fields.choice("sort", Sort::WORDS);
        let cursor = fields.list_place("cursor");
        if let Some(ListPlace(place)) = &cursor
            && (place.part == ListPart::Waiting) != (sort == Some(Sort::Waiting))
        {
            fields.wrong("cursor", "Not a cursor of this list");
        }
        Some(Self {
            limit: fields.limit(limits::LIST_PAGE),
            cursor,
            archived: fields.flag("archived"),
            pinned: fields.flag("pinned").unwrap_or(false),
            unread: fields.flag("unread").unwrap_or(false),
            needs_reply: fields.flag("needsReply").unwrap_or(false),
            offers: fields.choice("offers", OfferFilter::WORDS),
            sort,
            r#type: fields.choice("type", ConversationType::WORDS),
            waiting: fields.flag("waiting").unwrap_or(false),
            counts: fields.flag("counts").unwrap_or(false),
            q: search
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty()),
            view: fields.choice("view", View::WORDS),
        })
    }
}

impl From<ListConversations> for list_conversations::Wanted {
    fn from(asked: ListConversations) -> Self {
        Self {
            limit: asked.limit,
            cursor: asked.cursor.map(|ListPlace(place)| place),
            archived: asked.archived,
            pinned: asked.pinned,
            unread: asked.unread,
            needs_reply: asked.needs_reply,
            offers: asked.offers.map(Into::into),
            sort: asked.sort.map(storage::Sort::from).unwrap_or_default(),
            kind: asked.r#type.map(Into::into),
            waiting: asked.waiting,
            counts: asked.counts,
            search: asked.q,
            view: asked.view.map(Into::into),
        }
    }
}
