//! The caller's conversations, latest activity first.

use axum::extract::State;
use chat::{
    conversation::Kind,
    limits,
    list_conversations::{View, Wanted, list_conversations, scope},
    storage::{ListCounts, ListCursor, ListPage, Scope},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    cursor::{ReadyJson, list_cursor, parse_list_cursor, read_cursor},
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
    /// Only those where nobody has answered the call for an administrator yet.
    #[param(default = false)]
    waiting: Option<bool>,
    /// Whether `counts` is in the answer.
    #[param(default = false)]
    counts: Option<bool>,
    /// Words, in any order, each part of a participant's name, of their company's, of the product's or of
    /// the last message; without regard to case and accents.
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
        let cursor = read_cursor(fields, parse_list_cursor);
        let kinds = Kind::ALL.map(|kind| (kind.as_str(), kind));
        let search = fields.text("q", 0..=limits::SEARCH_CHARS);
        Some(Self {
            limit,
            cursor,
            kind: fields.choice("type", &kinds),
            waiting: fields.flag("waiting").unwrap_or(false),
            counts: fields.flag("counts").unwrap_or(false),
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
    /// With `counts=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Counts, required = false)]
    counts: Option<Counts>,
}

/// How many conversations each filter leaves of those that `view` and `q` name.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    all: i64,
    waiting: i64,
    buyer_supplier: i64,
    buyer_admin: i64,
    support: i64,
}

impl From<ListCounts> for Counts {
    fn from(counts: ListCounts) -> Self {
        Self {
            all: counts.all,
            waiting: counts.waiting,
            buyer_supplier: counts.buyer_supplier,
            buyer_admin: counts.buyer_admin,
            support: counts.support,
        }
    }
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
    let sees_all = scope(person, wanted.view)? == Scope::All;
    let view = if sees_all { View::All } else { View::Mine };
    wanted.view.get_or_insert(view);
    let version = app.version(&person.id, sees_all).await;
    let ticket = match app.caches.list(&person.id, &wanted, sees_all, version) {
        Ok(ready) => return Ok(ReadyJson(ready)),
        Err(ticket) => ticket,
    };
    let (page, counts) = list_conversations(&app.chat, person, wanted.clone()).await?;
    let page = ConversationPage {
        counts: counts.map(Counts::from),
        ..for_reader(&app, &caller, page).await?
    };
    let ready = ReadyJson::of(&page)?;
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
        counts: None,
    })
}
