//! The list of conversations, and how many messages wait.

use crate::{
    access,
    chat::Chat,
    conversation::Kind,
    error::ChatError,
    person::Person,
    storage::{ListCounts, ListCursor, ListPage, ListQuery, OfferFilter, Scope, Sort},
};

/// Which conversations somebody wants to see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a filter of its own, and any may go with any other"
)]
pub struct Wanted {
    /// `None`: everything that the role may see.
    pub view: Option<View>,
    pub kind: Option<Kind>,
    pub waiting: bool,
    /// Only what they have put away, or only the rest; `None`: the rest, and whatever a search finds.
    pub archived: Option<bool>,
    pub pinned: bool,
    pub unread: bool,
    pub needs_reply: bool,
    pub offers: Option<OfferFilter>,
    pub search: Option<String>,
    /// How many there are by each filter is wanted too.
    pub counts: bool,
    pub sort: Sort,
    pub cursor: Option<ListCursor>,
    pub limit: i64,
}

impl Wanted {
    /// Everything that is not put away.
    pub fn new(view: Option<View>, limit: i64) -> Self {
        Self {
            view,
            kind: None,
            waiting: false,
            archived: None,
            pinned: false,
            unread: false,
            needs_reply: false,
            offers: None,
            search: None,
            counts: false,
            sort: Sort::Activity,
            cursor: None,
            limit,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    Mine,
    All,
}

/// Whose conversations somebody means who asks for this view.
pub fn scope(person: &Person, view: Option<View>) -> Result<Scope, ChatError> {
    match view {
        None if access::sees_all(person) => Ok(Scope::All),
        None | Some(View::Mine) => Ok(Scope::Of(person.id.clone())),
        Some(View::All) => access::authorize_all(person).map(|()| Scope::All),
    }
}

pub async fn list_conversations(
    chat: &Chat,
    person: &Person,
    wanted: Wanted,
) -> Result<(ListPage, Option<ListCounts>), ChatError> {
    let query = ListQuery {
        scope: scope(person, wanted.view)?,
        reader: person.id.clone(),
        kind: wanted.kind,
        waiting: wanted.waiting,
        // What is looked for is found wherever it is.
        archived: wanted.archived.or(wanted.search.is_none().then_some(false)),
        pinned: wanted.pinned,
        unread: wanted.unread,
        needs_reply: wanted.needs_reply,
        offers: wanted.offers,
        search: wanted.search,
        sort: wanted.sort,
        cursor: wanted.cursor,
        limit: wanted.limit,
    };
    let page = chat.conversations.list(&query).await?;
    let counts = if wanted.counts {
        Some(chat.conversations.counts(&query).await?)
    } else {
        None
    };
    Ok((page, counts))
}
