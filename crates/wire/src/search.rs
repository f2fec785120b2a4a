//! Looking for messages.

use chat::{
    ids::{ConversationId, MessageId},
    limits,
    message_search::Piece,
    search_messages::{Found, Search},
    storage::SearchCursor,
    timestamp::Timestamp,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    cursor::Cursor,
    file::FileLinks,
    message::Message,
    read::{Fields, Read},
};

#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query, rename_all = "camelCase")]
pub struct SearchMessages {
    /// Words, in any order, each the beginning of one in the text or in the name of a file; without regard to case
    /// and accents. At least two characters, or one of a script that writes words with so few.
    #[param(min_length = 1, max_length = 100)]
    pub q: String,
    /// Only in this conversation.
    #[param(value_type = Option<String>, min_length = 1, max_length = 128)]
    pub conversation_id: Option<ConversationId>,
    /// Not older than this.
    #[param(value_type = Option<String>, format = DateTime)]
    pub from: Option<Timestamp>,
    /// Older than this.
    #[param(value_type = Option<String>, format = DateTime)]
    pub to: Option<Timestamp>,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1)]
    pub cursor: Option<Cursor>,
    /// Messages of a page.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 50, default = 20)]
    pub limit: i64,
}

impl Read for SearchMessages {
    fn read(fields: &mut Fields) -> Option<Self> {
        let q = fields.text("q", 1..=limits::SEARCH_CHARS);
        let q = fields.required("q", q);
        let (conversation_id, from, to) = (
            fields.id("conversationId"),
            fields.time("from"),
            fields.time("to"),
        );
        let (cursor, limit) = (fields.cursor("cursor"), fields.limit(limits::SEARCH_PAGE));
        Some(Self {
            q: q?,
            conversation_id,
            from,
            to,
            cursor,
            limit,
        })
    }
}

impl From<SearchMessages> for Search {
    fn from(asked: SearchMessages) -> Self {
        Self {
            text: asked.q,
            conversation: asked.conversation_id,
            from: asked.from,
            to: asked.to,
            cursor: asked.cursor.map(|cursor| SearchCursor {
                at: cursor.at,
                id: MessageId::new(cursor.id),
            }),
            limit: asked.limit,
        }
    }
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SnippetPiece {
    pub text: String,
    /// It is what was looked for.
    pub is_match: bool,
}

impl From<Piece> for SnippetPiece {
    fn from(piece: Piece) -> Self {
        Self {
            text: piece.text,
            is_match: piece.is_match,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchResult {
    #[schema(value_type = String)]
    pub conversation_id: ConversationId,
    pub message: Message,
    /// The piece of the message that matches, or of the name of a file. Together its parts are at most some 200
    /// characters.
    pub snippet: Vec<SnippetPiece>,
}

/// Newest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SearchResults {
    pub results: Vec<SearchResult>,
    /// Whether there may be more. A page may be short, or empty, and this true: then there was much to look through.
    pub has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    pub next_cursor: Option<String>,
}

impl SearchResults {
    pub fn new(found: Vec<Found>, next: Option<&SearchCursor>, links: &impl FileLinks) -> Self {
        let result = |found: Found| SearchResult {
            conversation_id: found.message.conversation.clone(),
            message: Message::new(found.message, links),
            snippet: found.snippet.into_iter().map(SnippetPiece::from).collect(),
        };
        Self {
            results: found.into_iter().map(result).collect(),
            has_more: next.is_some(),
            next_cursor: next.map(|next| Cursor::new(next.at, next.id.as_str()).to_text()),
        }
    }
}
