//! A file that is uploaded first and then named in a message.

use serde::{Deserialize, Serialize};

pub use crate::file_name::file_name;
use crate::ids::{AttachmentId, ConversationId, UserId};
pub use crate::media_type::{Format, MediaType};

/// What everybody sees of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub id: AttachmentId,
    /// Made by [`file_name`].
    pub name: String,
    pub kind: MediaType,
    /// Of text, where its bytes say so.
    pub charset: Option<Charset>,
    /// Bytes as they are served, without metadata.
    pub size: i64,
    /// Pixels of an image that stands upright.
    pub pixels: Option<Pixels>,
    pub has_thumbnail: bool,
    /// Where the file is, as an old chat had it. Nothing else is known of it then, and its bytes are not
    /// here.
    #[serde(default)]
    pub link: Option<String>,
    #[serde(default)]
    pub state: FileState,
}

/// Whether its bytes may be opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FileState {
    #[default]
    Open,
    /// The scanner has not looked at it.
    Held,
    /// The scanner has found something, and the bytes are gone.
    Infected,
}

impl FileState {
    const ALL: [Self; 3] = [Self::Open, Self::Held, Self::Infected];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Held => "held",
            Self::Infected => "infected",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// What the scanner says of a held file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Clean,
    Infected,
}

impl Verdict {
    pub fn state(self) -> FileState {
        match self {
            Self::Clean => FileState::Open,
            Self::Infected => FileState::Infected,
        }
    }
}

/// How letters are written. What is not among these cannot be told from its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Charset {
    Utf8,
    /// With a mark that tells the order of its bytes.
    Utf16,
    Utf16le,
    Utf16be,
}

impl Charset {
    const ALL: [Self; 4] = [Self::Utf8, Self::Utf16, Self::Utf16le, Self::Utf16be];

    /// As IANA registered it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
            Self::Utf16le => "utf-16le",
            Self::Utf16be => "utf-16be",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|charset| charset.as_str() == text)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pixels {
    pub width: i32,
    pub height: i32,
}

/// A file with what decides who may open it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub attachment: Attachment,
    pub owner: UserId,
    /// Where it was sent; `None` before that.
    pub sent_in: Option<ConversationId>,
    /// Its message was taken back.
    pub is_taken_back: bool,
}
