//! The caller's conversations, latest activity first.

use axum::extract::State;
use chat::{
    conversation::Kind,
    limits,
    list_conversations::{View, Wanted, list_conversations},
    person::Role,
    storage::{ListCursor, ListPage},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    cursor::{ReadyJson, list_cursor, parse_list_cursor},
    error::ApiError,
    extract::Query,
    fields::{Fields, Read},
};
use crate::{
    app::App,
    http::caller::Caller,
    wire::{Conversation, ConversationType},
};

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the document's view of `Wanted`")]
pub struct Parameters {
    /// Conversations of a page.
    #[param(minimum = 1, maximum = 200, default = 100)]
    limit: Option<i64>,
    /// `nextCursor` of the page before.
    #[param(min_length = 1)]
    cursor: Option<String>,
    #[param(inline)]
    r#type: Option<ConversationType>,
    /// Part of a participant's name, the product's name or the last message; any case.
    #[param(max_length = 100)]
    q: Option<String>,
    /// `all` is for administrators, and their default.
    #[param(inline)]
    view: Option<ViewName>,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "the document's view of `View`")]
pub enum ViewName {
    Mine,
    All,
}

impl Read for Wanted {
    fn read(fields: &mut Fields) -> Option<Self> {
        let limit = fields.limit(limits::LIST_PAGE);
        let cursor = fields.any_text("cursor").and_then(|text| {
            let cursor = parse_list_cursor(&text);
            if cursor.is_none() {
                fields.wrong("cursor", "Not a cursor of this list");
            }
            cursor
        });
        let kinds = Kind::ALL.map(|kind| (kind.as_str(), kind));
        let search = fields.text("q", 0..=limits::SEARCH_CHARS);
        Some(Self {
            limit,
            cursor,
            kind: fields.choice("type", &kinds),
            search: search
                .map(|text| text.trim().to_owned())
                .filter(|text| !text.is_empty()),
            view: fields.choice("view", &[("mine", View::Mine), ("all", View::All)]),
        })
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConversationPage {
    conversations: Vec<Conversation>,
    has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// The caller's conversations, latest activity first.
#[utoipa::path(
    operation_id = "list_conversations",
    get, path = "/api/chat/conversations", tag = "conversations",
    params(Parameters),
    responses(
        (status = 200, body = ConversationPage),
        (status = 403, description = "`view=all` is for administrators", body = super::error::Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(mut wanted): Query<Wanted>,
) -> Result<ReadyJson, ApiError> {
    let person = &caller.person;
    let sees_all = person.role == Role::Admin && wanted.view != Some(View::Mine);
    if wanted.view.is_none() {
        wanted.view = Some(if sees_all { View::All } else { View::Mine });
    }
    let version = app.version(&person.id, sees_all).await;
    let ticket = match app.caches.list(&person.id, &wanted, sees_all, version) {
        Ok(ready) => return Ok(ReadyJson(ready)),
        Err(ticket) => ticket,
    };
    let page = list_conversations(&app.chat, person, wanted.clone()).await?;
    let ready = ReadyJson::of(&for_reader(&app, &caller, page).await?)?;
    app.caches
        .store_list(&person.id, wanted, ticket, ready.0.clone());
    Ok(ready)
}

async fn for_reader(
    app: &App,
    caller: &Caller,
    page: ListPage,
) -> Result<ConversationPage, ApiError> {
    let mut people: Vec<_> = page
        .conversations
        .iter()
        .flat_map(chat::conversation::Conversation::audience)
        .collect();
    people.sort_unstable();
    people.dedup();
    let online = app.caches.online(&people).await?;
    let last = page.conversations.last().filter(|_| page.has_more);
    let next_cursor = last.map(|last| {
        list_cursor(&ListCursor {
            active_at: last.active_at(),
            id: last.id.clone(),
        })
    });
    let show = |found| Conversation::for_reader(found, &caller.person.id, &online);
    Ok(ConversationPage {
        conversations: page.conversations.iter().map(show).collect(),
        has_more: page.has_more,
        next_cursor,
    })
}
