//! A file that is uploaded first and then named in a message.

use serde::{Deserialize, Serialize};

use crate::{
    content,
    ids::{AttachmentId, ConversationId, UserId},
    limits,
};

/// What a file is. Decided by its bytes; nothing else is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MediaType {
    Png,
    Jpeg,
    Webp,
    Gif,
    Pdf,
    Text,
    Csv,
    Docx,
    Xlsx,
    Zip,
}

impl MediaType {
    pub const ALL: [Self; 10] = [
        Self::Png,
        Self::Jpeg,
        Self::Webp,
        Self::Gif,
        Self::Pdf,
        Self::Text,
        Self::Csv,
        Self::Docx,
        Self::Xlsx,
        Self::Zip,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain",
            Self::Csv => "text/csv",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Zip => "application/zip",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    pub fn is_image(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::Webp | Self::Gif)
    }

    /// How the names of such files end. The first is given to those that end otherwise.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
            Self::Gif => &["gif"],
            Self::Pdf => &["pdf"],
            Self::Text => &["txt", "text", "log", "md"],
            Self::Csv => &["csv"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Zip => &["zip"],
        }
    }
}

/// What everybody sees of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub id: AttachmentId,
    /// Made by [`file_name`].
    pub name: String,
    pub kind: MediaType,
    /// Bytes as they are served, without metadata.
    pub size: i64,
    /// Pixels of an image that stands upright.
    pub pixels: Option<Pixels>,
    pub has_thumbnail: bool,
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
}

/// The name that others see: without folders, markup and control characters, and with an
/// ending that says what the bytes are, so that no program is misled by it.
pub fn file_name(given: &str, kind: MediaType) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let cleaned = content::clean(last);
    let mut name: String = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    let keep = |c: &char| !matches!(c, '"' | '<' | '>' | ':' | '|' | '?' | '*');
    name.retain(|c| keep(&c));
    let name = name.trim_matches(['.', ' ']);
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if kind.extensions().contains(&&*ending.to_lowercase()) => {
            (stem, ending)
        }
        _ => (name, kind.extensions()[0]),
    };
    let stem = if stem.is_empty() { "file" } else { stem };
    let room = limits::FILE_NAME_CHARS - ending.len() - 1;
    let stem: String = stem.chars().take(room).collect();
    format!("{}.{ending}", stem.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{MediaType, file_name};
    use crate::limits;

    #[test]
    fn a_name_is_one_plain_name_that_ends_as_the_bytes_are() {
        for (given, kind, name) in [
            ("offer.pdf", MediaType::Pdf, "offer.pdf"),
            ("Photo 1.JPEG", MediaType::Jpeg, "Photo 1.JPEG"),
            ("../../etc/passwd", MediaType::Text, "passwd.txt"),
            ("C:\\Users\\anna\\a.csv", MediaType::Csv, "a.csv"),
            ("evil.html", MediaType::Png, "evil.html.png"),
            ("photo.exe\u{202e}gpj", MediaType::Jpeg, "photo.exegpj.jpg"),
            ("<img src=x>.png", MediaType::Png, "png.png"),
            ("a\r\nb\0c.txt", MediaType::Text, "a bc.txt"),
            ("", MediaType::Zip, "file.zip"),
            ("...", MediaType::Zip, "file.zip"),
            ("Größe 漢字.pdf", MediaType::Pdf, "Größe 漢字.pdf"),
        ] {
            assert_eq!(file_name(given, kind), name, "{given:?}");
        }
        let long = file_name(&("x".repeat(1_000) + ".pdf"), MediaType::Pdf);
        assert_eq!(long.chars().count(), limits::FILE_NAME_CHARS);
        assert!(long.ends_with("x.pdf"));
    }
}
