//! The messages of a conversation, page by page.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, Method},
};
use chat::{
    access,
    audit::Operation,
    ids::ConversationId,
    limits,
    read_history::read_history,
    storage::{Anchor, HistoryPage},
};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    error::{ApiError, Problem},
    extract::{Id, Query},
    fields::{Fields, Read},
};
use crate::{app::App, attachments::Links, http::caller::Caller, wire::Message};

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
#[expect(dead_code, reason = "the document's view of `Wanted`")]
pub struct Parameters {
    /// Messages of a page.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<i64>,
    /// The messages directly older than this one. At most one of `before`, `after` and `around`.
    #[param(min_length = 1, max_length = 128)]
    before: Option<String>,
    /// The messages directly newer than this one.
    #[param(min_length = 1, max_length = 128)]
    after: Option<String>,
    /// Half a page on each side of this one, itself included.
    #[param(min_length = 1, max_length = 128)]
    around: Option<String>,
    /// Whether the caller has then read up to the page's newest message.
    #[param(default = true)]
    mark_read: Option<bool>,
}

#[derive(Debug)]
pub struct Wanted {
    anchor: Anchor,
    limit: i64,
    mark_read: bool,
}

impl Read for Wanted {
    fn read(fields: &mut Fields) -> Option<Self> {
        let limit = fields.limit(limits::HISTORY_PAGE);
        let anchors = [
            ("before", fields.id("before").map(Anchor::Before)),
            ("after", fields.id("after").map(Anchor::After)),
            ("around", fields.id("around").map(Anchor::Around)),
        ];
        let given = anchors
            .into_iter()
            .filter_map(|(name, anchor)| Some((name, anchor?)));
        let mut given: Vec<_> = given.collect();
        for (name, _) in given.iter().skip(1) {
            fields.wrong(name, "Only one of before, after and around");
        }
        Some(Self {
            anchor: given.pop().map_or(Anchor::Newest, |(_, anchor)| anchor),
            limit,
            mark_read: fields.flag("markRead").unwrap_or(true),
        })
    }
}

/// Newest first.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct MessagePage {
    messages: Vec<Message>,
    /// Whether there are older ones.
    has_more: bool,
    /// Pass it as `before` for the next older page; null when there is none.
    #[schema(required = true)]
    next_cursor: Option<String>,
    /// Whether there are newer ones.
    has_newer: bool,
}

/// Messages, newest first. Marks as read for the caller unless `markRead=false`.
#[utoipa::path(
    operation_id = "list_messages",
    get, path = "/api/chat/conversations/{id}/messages", tag = "messages",
    params(("id" = String, Path), Parameters),
    responses(
        (status = 200, body = MessagePage),
        (status = 403, description = "Not the caller's", body = Problem),
        (status = 404, description = "There is no such conversation", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    method: Method,
    headers: HeaderMap,
    Id(id): Id<ConversationId>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<MessagePage>, ApiError> {
    let access = access::authorize_view(&app.chat, &caller, &id, Operation::Messages).await?;
    let mark = wanted.mark_read && method == Method::GET && !caller.may_be_forged(&headers);
    let (anchor, limit) = (&wanted.anchor, wanted.limit);
    let page = read_history(&app.chat, &caller, &access, anchor, limit, mark).await?;
    Ok(Json(MessagePage::new(page, &app.attachments.links)))
}

impl MessagePage {
    fn new(page: HistoryPage, links: &Links) -> Self {
        let oldest = page.messages.last().filter(|_| page.has_older);
        Self {
            next_cursor: oldest.map(|oldest| oldest.id.to_string()),
            has_more: page.has_older,
            has_newer: page.has_newer,
            messages: page
                .messages
                .into_iter()
                .map(|message| Message::new(message, links))
                .collect(),
        }
    }
}
