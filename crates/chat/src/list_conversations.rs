//! The list of conversations, and how many messages wait.

use crate::{
    Chat,
    conversation::Kind,
    error::ChatError,
    person::{Person, Role},
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

pub async fn list_conversations(
    chat: &Chat,
    person: &Person,
    wanted: Wanted,
) -> Result<(ListPage, Option<ListCounts>), ChatError> {
    let scope = match (wanted.view, person.role) {
        (None | Some(View::All), Role::Admin) => Scope::All,
        (Some(View::All), Role::Buyer | Role::Supplier) => {
            return Err(ChatError::Forbidden(
                "Only administrators see all conversations",
            ));
        }
        (None | Some(View::Mine), _) => Scope::Of(person.id.clone()),
    };
    let query = ListQuery {
        scope,
        kind: wanted.kind,
        waiting: wanted.waiting,
        search: wanted.search,
        cursor: wanted.cursor,
        limit: wanted.limit,
    };
    let page = chat.storage.list(&query).await?;
    let counts = if wanted.counts {
        Some(chat.storage.list_counts(&query).await?)
    } else {
        None
    };
    Ok((page, counts))
}
