//! What a file is, by its bytes and the table of types. Its name only tells two kinds of text
//! apart, and documents that a password hides.

mod boxes;
mod compound;
mod found;
mod markup;
mod package;
mod pieces;
mod text;
mod zip;

use std::{fs::File, io, path::Path};

use chat::media_type::{FORMATS, Format, MediaType, Signature};

pub use self::found::Sniffed;
use self::{
    found::{Found, plain, whole},
    pieces::{HEAD, at, contains, tail},
};
use super::Refused;

/// Bytes in which a PDF's header stands.
const PDF_HEAD: usize = 1_024;
/// Reads as much of the file as it takes, in bounded pieces. Blocks.
pub fn sniff(path: &Path, name: &str) -> io::Result<Found> {
    let mut file = File::open(path)?;
    let head = at(&mut file, 0, HEAD)?;
    if head.is_empty() {
        return Ok(Err(Refused::Empty));
    }
    if let Some(format) = by_magic(&head) {
        return Ok(Ok(plain(format.kind)));
    }
    if zip::begins(&head) {
        return package::kind(&mut file);
    }
    if compound::begins(&head) {
        return compound::kind(&mut file, name);
    }
    if boxes::begins(&head) {
        return boxes::kind(&mut file);
    }
    for format in FORMATS {
        if let Signature::Lines {
            binary: Some([first, last]),
            ..
        } = format.signature
            && head.starts_with(first)
        {
            return Ok(whole(&tail(&mut file)?, last, format.kind));
        }
    }
    let visible = skip_blank(&head);
    if visible.starts_with(b"%PDF-") {
        return Ok(whole(&tail(&mut file)?, b"%%EOF", MediaType::Pdf));
    }
    let Some(text) = text::text(&mut file)? else {
        return hidden_pdf(&mut file, &head);
    };
    if markup::is_markup(&text.head) {
        return Ok(Err(Refused::NotAllowed));
    }
    for format in FORMATS {
        if let Signature::Lines { first, end, .. } = format.signature
            && begins_with_lines(&text.head, first)
        {
            return Ok(whole(&tail(&mut file)?, end, format.kind));
        }
    }
    let kind = if is_named_csv(name) {
        MediaType::Csv
    } else {
        MediaType::Text
    };
    let charset = text.charset;
    Ok(Ok(Sniffed { kind, charset }))
}

fn by_magic(head: &[u8]) -> Option<&'static Format> {
    FORMATS.iter().find(|format| match format.signature {
        Signature::Magic(any) => any.iter().any(|all| {
            let mut all = all.iter();
            all.all(|(at, bytes)| head.get(*at..at + bytes.len()) == Some(*bytes))
        }),
        _ => false,
    })
}

/// Behind a mark of the byte order and blank lines.
fn skip_blank(head: &[u8]) -> &[u8] {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start()
}

/// Printers and mail programs leave their own lines before a PDF.
fn hidden_pdf(file: &mut File, head: &[u8]) -> io::Result<Found> {
    let near = &head[..head.len().min(PDF_HEAD)];
    if !contains(near, b"%PDF-") {
        return Ok(Err(Refused::NotAllowed));
    }
    let tail = tail(file)?;
    if !contains(&tail, b"startxref") {
        return Ok(Err(Refused::NotAllowed));
    }
    Ok(whole(&tail, b"%%EOF", MediaType::Pdf))
}

/// Behind comments as DXF has them: a line `999`, and one with the words.
fn begins_with_lines(head: &str, first: &[&str]) -> bool {
    let mut lines = head.trim_start_matches('\u{feff}').lines().map(str::trim);
    let mut next = lines.next();
    while next == Some("999") {
        lines.next();
        next = lines.next();
    }
    let mut first = first.iter();
    let Some(wanted) = first.next() else {
        return false;
    };
    // STEP may go on in the same line.
    let is_first = next.is_some_and(|line| match first.len() {
        0 => line.starts_with(wanted),
        _ => line == *wanted,
    });
    is_first && first.all(|wanted| lines.next() == Some(wanted))
}

fn is_named_csv(name: &str) -> bool {
    let ending = Path::new(name.trim_end()).extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

#[cfg(test)]
pub mod tests;
