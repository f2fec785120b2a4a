//! Places in lists as opaque texts.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chat::timestamp::Timestamp;

use crate::read::id::is_possible_id;

/// A place in something that is ordered by time and id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub at: Timestamp,
    pub id: String,
}

impl Cursor {
    pub fn new(at: Timestamp, id: impl Into<String>) -> Self {
        Self { at, id: id.into() }
    }

    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}.{}", self.at.micros(), self.id))
    }

    /// `None` when it is not one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let (micros, id) = text.split_once('.')?;
        let at = Timestamp::from_micros(micros.parse().ok()?);
        let is_exact = at.micros().to_string() == micros && is_possible_id(id);
        is_exact.then(|| Self::new(at, id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        let at = Timestamp::parse("2026-03-01T10:00:00.123456Z").unwrap();
        let cursor = Cursor::new(at, "a.b");
        assert_eq!(Cursor::parse(&cursor.to_text()), Some(cursor));
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
            assert_eq!(Cursor::parse(wrong), None, "{wrong}");
        }
    }
}
