//! What a file is, by its bytes. Its name only tells two kinds of text apart.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
};

use chat::attachment::MediaType;

use super::Refused;

/// Bytes in which a file says what it is.
const HEAD: u64 = 4_096;
/// Bytes behind which a PDF's or a ZIP's end mark is not looked for.
const TAIL: u64 = 66_000;
/// Bytes of a ZIP's table of contents that are read.
const CONTENTS: u64 = 8 << 20;

type Found = Result<MediaType, Refused>;

/// Reads as much of the file as it takes, in bounded pieces. Blocks.
pub fn sniff(path: &Path, name: &str) -> io::Result<Found> {
    let mut file = File::open(path)?;
    let mut head = Vec::new();
    (&mut file).take(HEAD).read_to_end(&mut head)?;
    Ok(match head.as_slice() {
        [] => Err(Refused::Empty),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(MediaType::Png),
        [0xff, 0xd8, 0xff, ..] => Ok(MediaType::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(MediaType::Gif),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Ok(MediaType::Webp),
        [b'%', b'P', b'D', b'F', b'-', ..] => pdf(&mut file)?,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => zip(&mut file)?,
        head if is_markup(head) => Err(Refused::NotAllowed),
        _ => text(&mut file, name)?,
    })
}

/// The end of the file, and where it begins.
fn tail(file: &mut File) -> io::Result<(u64, Vec<u8>)> {
    let size = file.metadata()?.len();
    let from = size.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.take(TAIL).read_to_end(&mut tail)?;
    Ok((from, tail))
}

fn pdf(file: &mut File) -> io::Result<Found> {
    let (_, tail) = tail(file)?;
    let is_whole = tail.windows(5).any(|window| window == b"%%EOF");
    Ok(if is_whole {
        Ok(MediaType::Pdf)
    } else {
        Err(Refused::Broken)
    })
}

/// By its table of contents (APPNOTE 4.3.12 and 4.3.16). Nothing is unpacked.
fn zip(file: &mut File) -> io::Result<Found> {
    let (from, tail) = tail(file)?;
    let end = tail.windows(4).rposition(|window| window == b"PK\x05\x06");
    let Some(end) = end.filter(|end| tail.len() >= end + 22) else {
        return Ok(Err(Refused::Broken));
    };
    let count = short(&tail, end + 10);
    let (size, start) = (long(&tail, end + 12), long(&tail, end + 16));
    let ends_before = start
        .checked_add(size)
        .is_some_and(|over| u64::try_from(end).is_ok_and(|end| over <= from + end));
    if !ends_before || size > CONTENTS {
        return Ok(Err(Refused::Broken));
    }
    file.seek(SeekFrom::Start(start))?;
    let mut contents = Vec::new();
    file.take(size).read_to_end(&mut contents)?;
    Ok(names(&contents, count).map_or(Err(Refused::Broken), |names| Ok(office(&names))))
}

/// The names in a ZIP; `None` when the table is broken.
fn names(mut contents: &[u8], count: u64) -> Option<Vec<&[u8]>> {
    let mut names = Vec::new();
    for _ in 0..count {
        if !contents.starts_with(b"PK\x01\x02") || contents.len() < 46 {
            return None;
        }
        let length = |at| usize::try_from(short(contents, at)).ok();
        let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
        names.push(contents.get(46..46 + name)?);
        contents = contents.get(46 + name + extra + comment..)?;
    }
    Some(names)
}

fn office(names: &[&[u8]]) -> MediaType {
    let has = |name: &[u8]| names.contains(&name);
    // With macros it is no document that opens by itself.
    let has_macros = names.iter().any(|name| name.ends_with(b"vbaProject.bin"));
    if !has(b"[Content_Types].xml") || has_macros {
        MediaType::Zip
    } else if has(b"word/document.xml") {
        MediaType::Docx
    } else if has(b"xl/workbook.xml") {
        MediaType::Xlsx
    } else {
        MediaType::Zip
    }
}

fn short(bytes: &[u8], at: usize) -> u64 {
    u64::from(bytes[at]) | u64::from(bytes[at + 1]) << 8
}

fn long(bytes: &[u8], at: usize) -> u64 {
    short(bytes, at) | short(bytes, at + 2) << 16
}

/// HTML, SVG and any other XML begin with a tag, a comment or a declaration.
fn is_markup(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    match head.trim_ascii_start() {
        [b'<', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'!' | b'?' | b'/'),
        _ => false,
    }
}

/// UTF-8 or an older encoding with a byte for each letter, without control characters.
fn text(file: &mut File, name: &str) -> io::Result<Found> {
    file.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 64 << 10];
    let (mut all, mut high, mut rest, mut is_utf8) = (0_u64, 0_u64, 0_usize, true);
    loop {
        let read = file.read(&mut buffer[rest..])?;
        let piece = &buffer[rest..rest + read];
        if piece.iter().any(|byte| is_control(*byte)) {
            return Ok(Err(Refused::NotAllowed));
        }
        all += piece.len() as u64;
        high += piece.iter().filter(|byte| !byte.is_ascii()).count() as u64;
        let whole = rest + read;
        let (valid, is_cut) = match std::str::from_utf8(&buffer[..whole]) {
            Ok(_) => (whole, false),
            Err(error) => (error.valid_up_to(), error.error_len().is_none()),
        };
        is_utf8 &= valid == whole || (is_cut && read > 0);
        rest = if is_utf8 { whole - valid } else { 0 };
        buffer.copy_within(valid..valid + rest, 0);
        if read == 0 {
            break;
        }
    }
    // In an older encoding letters outside ASCII are few.
    if !is_utf8 && high * 3 > all {
        return Ok(Err(Refused::NotAllowed));
    }
    let is_csv = Path::new(name)
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    Ok(Ok(if is_csv {
        MediaType::Csv
    } else {
        MediaType::Text
    }))
}

fn is_control(byte: u8) -> bool {
    byte == 0x7f || (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c))
}

#[cfg(test)]
mod tests;
