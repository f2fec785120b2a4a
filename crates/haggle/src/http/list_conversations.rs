//! The caller's conversations, latest activity first.

use axum::extract::State;
use chat::{
    conversation::Conversation,
    ids::UserId,
    list_conversations::{View, Wanted, list_conversations, scope},
    storage::{ListPage, Scope},
};
use wire::{ConversationPage, ListConversations, Problem};

use super::{error::ApiError, extract::Query, ready_json::ReadyJson};
use crate::{app::App, http::caller::Caller};

/// The caller's conversations, latest activity first.
#[utoipa::path(
    operation_id = "list_conversations",
    get, path = "/api/chat/conversations", tag = "conversations",
    params(ListConversations),
    responses(
        (status = 200, body = ConversationPage),
        (status = 403, description = "`view=all` is for administrators", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(asked): Query<ListConversations>,
) -> Result<ReadyJson, ApiError> {
    let person = &caller.person;
    let mut wanted = Wanted::from(asked);
    wanted.offers = wanted.offers.filter(|_| app.settings.offers);
    let sees_all = scope(person, wanted.view)? == Scope::All;
    let view = if sees_all { View::All } else { View::Mine };
    wanted.view.get_or_insert(view);
    let version = app.version(&person.id, sees_all).await;
    let ticket = match app.caches.list(&person.id, &wanted, sees_all, version) {
        Ok(ready) => return Ok(ReadyJson(ready)),
        Err(ticket) => ticket,
    };
    let (page, counts) = list_conversations(&app.chat, person, wanted.clone()).await?;
    let online = app.caches.online(&audience(&page)).await?;
    let mut page = ConversationPage::for_reader(&page, counts, &person.id, &online);
    if !app.settings.offers {
        page.conversations
            .iter_mut()
            .for_each(|one| one.offer = None);
    }
    let ready = ReadyJson::of(&page)?;
    app.caches
        .store_list(&person.id, wanted, ticket, ready.0.clone());
    Ok(ready)
}

/// Everybody who sits in these conversations.
fn audience(page: &ListPage) -> Vec<UserId> {
    let conversations = page.conversations.iter();
    let mut people: Vec<_> = conversations.flat_map(Conversation::audience).collect();
    people.sort_unstable();
    people.dedup();
    people
}
