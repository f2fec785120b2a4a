//! Which files are read and written.

use std::path::Path;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    JsonLines,
    Csv,
    TalkJs,
    Sendbird,
}

impl Format {
    pub const READ: [&str; 4] = ["jsonl", "csv", "talkjs", "sendbird"];
    pub const WRITTEN: [&str; 2] = ["jsonl", "csv"];

    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "jsonl" => Self::JsonLines,
            "csv" => Self::Csv,
            "talkjs" => Self::TalkJs,
            "sendbird" => Self::Sendbird,
            _ => return None,
        })
    }

    /// Of our own two, where none was named.
    pub fn of(path: &Path) -> Self {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some(ending) if ending.eq_ignore_ascii_case("csv") => Self::Csv,
            _ => Self::JsonLines,
        }
    }

    /// How names of files end that a folder has for it.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::JsonLines => &["jsonl", "ndjson"],
            Self::Csv => &["csv"],
            Self::TalkJs => &["json", "jsonl", "ndjson"],
            Self::Sendbird => &["json", "jsonl", "ndjson", "csv"],
        }
    }
}
