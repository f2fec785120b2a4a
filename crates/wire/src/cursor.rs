//! Places in lists as opaque texts.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chat::{
    ids::ConversationId,
    storage::{ListCursor, ListPart},
    timestamp::Timestamp,
};

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
        Self::read(&text)
    }

    fn read(text: &str) -> Option<Self> {
        let (micros, id) = text.split_once('.')?;
        let at = Timestamp::from_micros(micros.parse().ok()?);
        let is_exact = at.micros().to_string() == micros && is_possible_id(id);
        is_exact.then(|| Self::new(at, id))
    }
}

/// A place in a list of conversations, which has parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPlace(pub ListCursor);

/// How the texts of each part begin.
const PARTS: [(ListPart, &str); 3] = [
    (ListPart::Pinned, "p"),
    (ListPart::Waiting, "w"),
    (ListPart::Unpinned, ""),
];

impl ListPlace {
    pub fn to_text(&self) -> String {
        let Self(place) = self;
        let part = PARTS.iter().find(|(part, _)| *part == place.part);
        let mark = part.map_or("", |(_, mark)| mark);
        URL_SAFE_NO_PAD.encode(format!("{mark}{}.{}", place.at.micros(), place.id))
    }

    /// `None` when it is not one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let found = PARTS
            .iter()
            .find_map(|(part, mark)| Some((*part, text.strip_prefix(mark)?)));
        let (part, rest) = found?;
        let Cursor { at, id } = Cursor::read(rest)?;
        let id = ConversationId::new(id);
        Some(Self(ListCursor { part, at, id }))
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
    fn a_place_in_a_list_comes_back_as_it_was() {
        for (part, _) in PARTS {
            let place = ListPlace(ListCursor {
                part,
                at: Timestamp::from_micros(-7),
                id: ConversationId::new("p.w"),
            });
            assert_eq!(ListPlace::parse(&place.to_text()), Some(place));
        }
        // `q7.a` and `p.a`.
        for wrong in ["cTcuYQ", "cC5h", ""] {
            assert_eq!(ListPlace::parse(wrong), None, "{wrong}");
        }
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
