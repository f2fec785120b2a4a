//! Documents that are a ZIP with parts of XML: Office Open XML (ECMA-376, part 2) and
//! `OpenDocument` (part 3).

use std::{fs::File, io};

use chat::media_type::{FORMATS, MediaType, Signature};

use super::{
    found::{Found, plain},
    pieces::contains,
    zip,
};
use crate::attachments::Refused;

/// Bytes of a part that says what the document is.
const PART: u64 = 1 << 20;

/// What the table of contents tells.
#[derive(Default)]
struct Parts {
    content_types: Option<zip::Entry>,
    mimetype: Option<zip::Entry>,
    has_macros: bool,
    /// By the name of a main part.
    named: Option<MediaType>,
}

pub fn kind(file: &mut File) -> io::Result<Found> {
    let Some(table) = zip::table(file)? else {
        return Ok(Err(Refused::Broken));
    };
    let mut parts = Parts::default();
    if !zip::each(file, table, |entry| parts.note(entry))? {
        return Ok(Err(Refused::Broken));
    }
    let kind = parts.kind(file)?;
    Ok(Ok(plain(kind.unwrap_or(MediaType::Zip))))
}

impl Parts {
    fn note(&mut self, entry: &zip::Entry) {
        let name = entry.name.as_slice();
        if name.eq_ignore_ascii_case(b"[Content_Types].xml") {
            self.content_types = Some(entry.clone());
        } else if name == b"mimetype" {
            self.mimetype = Some(entry.clone());
        } else if name.to_ascii_lowercase().ends_with(b"vbaproject.bin") {
            self.has_macros = true;
        } else if name.ends_with(b".xml") {
            let mut rows = FORMATS.iter();
            let row = rows.find(|format| match &format.signature {
                Signature::Package {
                    part: Some(part), ..
                } => name.starts_with(part.as_bytes()),
                _ => false,
            });
            self.named = self.named.or(row.map(|format| format.kind));
        }
    }

    /// With macros it is no document that opens by itself.
    fn kind(self, file: &mut File) -> io::Result<Option<MediaType>> {
        if let Some(entry) = &self.mimetype {
            let text = zip::read(file, entry, 256)?;
            let kind = by_type(|known| text.trim_ascii() == known.as_bytes());
            if kind.is_some() {
                return Ok(kind);
            }
        }
        let Some(entry) = &self.content_types else {
            return Ok(None);
        };
        let mut text = zip::read(file, entry, PART)?;
        // It may be UTF-16.
        text.retain(|byte| *byte != 0);
        if self.has_macros || contains(&text, b"macroEnabled") {
            return Ok(None);
        }
        let quoted = |known: &str| {
            let in_quotes = |quote| contains(&text, format!("{quote}{known}{quote}").as_bytes());
            in_quotes('"') || in_quotes('\'')
        };
        Ok(by_type(quoted).or(self.named))
    }
}

fn by_type(is_it: impl Fn(&str) -> bool) -> Option<MediaType> {
    let mut rows = FORMATS.iter();
    let row = rows.find(|format| match &format.signature {
        Signature::Package { types, .. } => types.iter().any(|known| is_it(known)),
        _ => false,
    });
    row.map(|format| format.kind)
}
