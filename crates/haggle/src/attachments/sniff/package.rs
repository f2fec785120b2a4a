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
    manifest: Option<zip::Entry>,
    has_macros: bool,
    /// By the name of a main part.
    named: Option<MediaType>,
}

pub fn kind(file: &mut File) -> io::Result<Found> {
    let Some(table) = zip::table(file)? else {
        return Ok(Err(Refused::Broken));
    };
    let mut parts = Parts::default();
    if zip::each(file, table, u64::MAX, |entry| parts.note(entry))?.is_none() {
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
        } else if name == b"META-INF/manifest.xml" {
            self.manifest = Some(entry.clone());
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
            return self
                .manifest
                .map_or(Ok(None), |entry| by_manifest(file, &entry));
        };
        let text = xml(file, entry)?;
        if self.has_macros || contains(&text, b"macroEnabled") {
            return Ok(None);
        }
        let kind = by_type(|known| is_quoted(&text, known));
        Ok(kind.or(self.named))
    }
}

/// A part of XML, which may be UTF-16.
fn xml(file: &mut File, entry: &zip::Entry) -> io::Result<Vec<u8>> {
    let mut text = zip::read(file, entry, PART)?;
    text.retain(|byte| *byte != 0);
    Ok(text)
}

fn is_quoted(text: &[u8], value: &str) -> bool {
    let in_quotes = |quote| contains(text, format!("{quote}{value}{quote}").as_bytes());
    in_quotes('"') || in_quotes('\'')
}

/// An `OpenDocument` says of its root what it is (part 3, 4.3), also where the file `mimetype` was
/// lost. What is embedded in it has entries of its own.
fn by_manifest(file: &mut File, entry: &zip::Entry) -> io::Result<Option<MediaType>> {
    let text = xml(file, entry)?;
    let mut elements = text.split(|byte| *byte == b'<');
    let root = elements.find_map(|element| {
        let end = element.iter().position(|byte| *byte == b'>')?;
        let mut element = element[..end].to_vec();
        element.retain(|byte| !byte.is_ascii_whitespace());
        let is_root = [&b"full-path=\"/\""[..], b"full-path='/'"];
        let is_root = is_root.iter().any(|root| contains(&element, root));
        is_root.then_some(element)
    });
    Ok(root.and_then(|root| by_type(|known| is_quoted(&root, known))))
}

fn by_type(is_it: impl Fn(&str) -> bool) -> Option<MediaType> {
    let mut rows = FORMATS.iter();
    let row = rows.find(|format| match &format.signature {
        Signature::Package { types, .. } => types.iter().any(|known| is_it(known)),
        _ => false,
    });
    row.map(|format| format.kind)
}
