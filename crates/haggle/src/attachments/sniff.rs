//! What a file is, by its bytes and the table of types. Its name only tells two kinds of text
//! apart, and documents that a password hides.

mod boxes;
mod compound;
mod drawing;
mod found;
mod markup;
mod package;
mod pdf;
mod pieces;
mod text;
mod zip;

use std::{fs::File, io, path::Path};

use chat::media_type::{FORMATS, Format, MediaType, Signature};

pub use self::found::Sniffed;
use self::{
    found::{Found, plain},
    pieces::{HEAD, at, tail},
};
use super::Refused;

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
    if let Some(found) = drawing::binary(&head, || tail(&mut file))? {
        return Ok(found);
    }
    let is_markup = markup::is_markup(&String::from_utf8_lossy(&head));
    // The lines before a PDF may be text, and so may all of it.
    if !is_markup && let Some(found) = pdf::kind(&mut file, &head)? {
        return Ok(found);
    }
    let Some(text) = text::text(&mut file)? else {
        let found = pdf::kind(&mut file, &head)?;
        return Ok(found.unwrap_or(Err(Refused::NotAllowed)));
    };
    if markup::is_markup(&text.head) {
        return Ok(Err(Refused::NotAllowed));
    }
    if let Some(found) = drawing::kind(&text.head, &tail(&mut file)?) {
        return Ok(found);
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

fn is_named_csv(name: &str) -> bool {
    let ending = Path::new(name.trim_end()).extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

#[cfg(test)]
pub mod tests;
