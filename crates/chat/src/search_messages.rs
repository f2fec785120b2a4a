//! Looking for messages.

use std::collections::BTreeSet;

use crate::{
    access::{authorize_view, sees_all},
    audit::{Actor, Operation, record},
    chat::Chat,
    error::ChatError,
    ids::{ConversationId, UserId},
    message::Message,
    message_search::{Piece, Wanted},
    storage::{SearchCursor, SearchQuery, SearchScope},
    timestamp::Timestamp,
};

/// What somebody looks for.
#[derive(Clone, Debug)]
pub struct Search {
    pub text: String,
    /// `None`: everywhere that they may look.
    pub conversation: Option<ConversationId>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    pub cursor: Option<SearchCursor>,
    pub limit: i64,
}

#[derive(Clone, Debug)]
pub struct Found {
    pub message: Message,
    /// Of its text, or of the name of a file.
    pub snippet: Vec<Piece>,
}

/// Newest first, and where to go on. What an administrator sees of conversations in which they do not sit is
/// audited.
pub async fn search_messages(
    chat: &Chat,
    actor: &Actor,
    search: Search,
) -> Result<(Vec<Found>, Option<SearchCursor>), ChatError> {
    let wanted = Wanted::parse(&search.text).map_err(|why| ChatError::field("q", why))?;
    let scope = match search.conversation {
        Some(id) => {
            authorize_view(chat, actor, &id, Operation::Searching).await?;
            SearchScope::Conversation(id)
        }
        None if sees_all(&actor.person) => SearchScope::All,
        None => SearchScope::Of(actor.person.id.clone()),
    };
    let query = SearchQuery {
        scope,
        wanted,
        from: search.from,
        to: search.to,
        cursor: search.cursor,
        limit: search.limit,
    };
    let page = chat.search.search(&query).await?;
    if sees_all(&actor.person) {
        let shown = page.messages.iter().map(|message| &message.conversation);
        let shown: BTreeSet<&ConversationId> = shown.collect();
        let seated = seated(chat, &actor.person.id, &shown).await?;
        let viewed = shown.into_iter().filter(|id| !seated.contains(*id));
        record::viewed(chat, actor, viewed, Operation::Searching).await?;
    }
    let found = page.messages.into_iter().map(|message| Found {
        snippet: snippet(&query.wanted, &message),
        message,
    });
    Ok((found.collect(), page.next))
}

/// Those of these conversations in which the user sits.
async fn seated(
    chat: &Chat,
    user: &UserId,
    shown: &BTreeSet<&ConversationId>,
) -> Result<BTreeSet<ConversationId>, ChatError> {
    let mut seated = BTreeSet::new();
    for id in shown {
        let conversation = chat.conversations.get(id).await?;
        if conversation.is_some_and(|one| one.place_of(user).is_some()) {
            seated.insert((*id).clone());
        }
    }
    Ok(seated)
}

/// What it is that a search looks through.
pub fn searched(message: &Message) -> String {
    let mut text = message.text.clone();
    for file in &message.files {
        text.push('\n');
        text.push_str(&file.name);
    }
    text
}

fn snippet(wanted: &Wanted, message: &Message) -> Vec<Piece> {
    let is_shown = |pieces: &[Piece]| pieces.iter().any(|piece| piece.is_match);
    let of_text = wanted.snippet(&message.text);
    if is_shown(&of_text) {
        return of_text;
    }
    let names = message.files.iter().map(|file| wanted.snippet(&file.name));
    names
        .into_iter()
        .find(|pieces| is_shown(pieces))
        .unwrap_or(of_text)
}
