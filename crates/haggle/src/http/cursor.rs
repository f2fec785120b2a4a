//! Bytes that are JSON already, and places in lists as opaque texts.

use axum::{
    body::Bytes,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chat::{
    audit::AuditCursor,
    ids::{AuditId, ConversationId},
    storage::ListCursor,
    timestamp::Timestamp,
};
use serde::Serialize;

use super::{
    error::ApiError,
    fields::{Fields, is_possible_id},
};

/// An answer whose JSON was written before.
#[derive(Clone, Debug)]
pub struct ReadyJson(pub Bytes);

impl ReadyJson {
    pub fn of(value: &impl Serialize) -> Result<Self, ApiError> {
        match serde_json::to_vec(value) {
            Ok(bytes) => Ok(Self(bytes.into())),
            Err(error) => {
                tracing::error!(%error, "an answer cannot be written");
                Err(ApiError::Internal)
            }
        }
    }
}

impl IntoResponse for ReadyJson {
    fn into_response(self) -> Response {
        let json = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, json)], self.0).into_response()
    }
}

/// The place behind the last conversation of a page.
pub fn list_cursor(cursor: &ListCursor) -> String {
    cursor_of(cursor.active_at, cursor.id.as_str())
}

/// The place behind the last entry of a page of the audit, or of the events of a conversation.
pub fn audit_cursor(cursor: &AuditCursor) -> String {
    cursor_of(cursor.at, cursor.id.as_str())
}

/// Reads the parameter `cursor`. A text that is not one of this list makes the field wrong.
pub fn read_cursor<T>(fields: &mut Fields, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
    let text = fields.any_text("cursor")?;
    let cursor = parse(&text);
    if cursor.is_none() {
        fields.wrong("cursor", "Not a cursor of this list");
    }
    cursor
}

/// A place in something that is ordered by time and id.
fn cursor_of(at: Timestamp, id: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}.{id}", at.micros()))
}

/// `None` when it is not one of ours.
pub fn parse_list_cursor(text: &str) -> Option<ListCursor> {
    let (active_at, id) = parse_cursor(text)?;
    Some(ListCursor {
        active_at,
        id: ConversationId::new(id),
    })
}

/// `None` when it is not one of ours.
pub fn parse_audit_cursor(text: &str) -> Option<AuditCursor> {
    let (at, id) = parse_cursor(text)?;
    Some(AuditCursor {
        at,
        id: AuditId::new(id),
    })
}

fn parse_cursor(text: &str) -> Option<(Timestamp, String)> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (micros, id) = text.split_once('.')?;
    let at = Timestamp::from_micros(micros.parse().ok()?);
    let is_exact = at.micros().to_string() == micros && is_possible_id(id);
    is_exact.then(|| (at, id.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let active_at = Timestamp::parse("2026-03-01T10:00:00.123456Z").unwrap();
        let cursor = ListCursor {
            active_at,
            id: ConversationId::new("a.b"),
        };
        assert_eq!(parse_list_cursor(&list_cursor(&cursor)), Some(cursor));
    }

    #[test]
    fn nothing_else_is_a_cursor() {
        for wrong in [
            "",
            "%",
            "MQ",
            "LjE",
            "OTk5OTk5OTk5OTk5OTk5OTk5OS5h",
            "KzEuYQ",
        ] {
            assert_eq!(parse_list_cursor(wrong), None, "{wrong}");
        }
    }
}
