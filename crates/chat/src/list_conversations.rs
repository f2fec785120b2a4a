//! The list of conversations, and how many messages wait.

use crate::{
    access,
    chat::Chat,
    conversation::Kind,
    error::ChatError,
    person::Person,
    storage::{ListCounts, ListCursor, ListPage, ListQuery, Scope},
};

/// Which conversations somebody wants to see.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// `None`: everything that the role may see.
    pub view: Option<View>,
    pub kind: Option<Kind>,
    pub waiting: bool,
    pub search: Option<String>,
    /// How many there are by each filter is wanted too.
    pub counts: bool,
    pub cursor: Option<ListCursor>,
    pub limit: i64,
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
        kind: wanted.kind,
        waiting: wanted.waiting,
        search: wanted.search,
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
