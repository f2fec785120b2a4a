//! Compound files (MS-CFB), which hold the older documents of Word and Excel, and newer ones
//! behind a password.

use std::{fs::File, io};

use chat::media_type::{FORMATS, Format, MediaType, Signature};

use super::{
    found::{Found, plain},
    pieces::at,
};
use crate::attachments::Refused;

const MARK: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// A sector with a larger number is none.
const LAST: u32 = 0xffff_fffa;
const FREE: u32 = 0xffff_ffff;
/// What a document behind a password is wrapped in (MS-OFFCRYPTO 2.3.4).
const ENCRYPTED: &str = "EncryptedPackage";
/// Entries of the directory that are looked at.
const ENTRIES: usize = 100_000;

pub fn begins(head: &[u8]) -> bool {
    head.starts_with(MARK)
}

pub fn kind(file: &mut File, name: &str) -> io::Result<Found> {
    let Some(names) = Sectors::read(file)?.map(|mut sectors| sectors.names()) else {
        return Ok(Err(Refused::Broken));
    };
    let Some(names) = names? else {
        return Ok(Err(Refused::Broken));
    };
    let has = |stream: &str| names.iter().any(|name| name == stream);
    if has(ENCRYPTED) {
        return Ok(hidden(name));
    }
    let mut rows = FORMATS.iter();
    let row = rows.find(|format| match format.signature {
        Signature::Compound(streams) => streams.iter().any(|stream| has(stream)),
        _ => false,
    });
    let found = row.map(|format| plain(format.kind));
    Ok(found.ok_or(Refused::NotAllowed))
}

/// Nothing but its name tells what is behind the password.
fn hidden(name: &str) -> Found {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let ending = ending.unwrap_or_default().trim().to_lowercase();
    match Format::ending_in(&ending).map(|format| format.kind) {
        Some(kind @ (MediaType::Docx | MediaType::Xlsx | MediaType::Pptx)) => Ok(plain(kind)),
        _ => Err(Refused::NotAllowed),
    }
}

struct Sectors<'a> {
    file: &'a mut File,
    size: u64,
    /// For each sector the next one of its stream.
    next: Vec<u32>,
    directory: u32,
}

impl<'a> Sectors<'a> {
    /// `None`: it is broken, or its end is missing.
    fn read(file: &'a mut File) -> io::Result<Option<Self>> {
        let length = file.metadata()?.len();
        let header = at(file, 0, 512)?;
        if header.len() < 512 {
            return Ok(None);
        }
        let size = match u16::from_le_bytes([header[30], header[31]]) {
            9 => 512,
            12 => 4_096,
            _ => return Ok(None),
        };
        let mut sectors = Self {
            file,
            size,
            next: Vec::new(),
            directory: long(&header, 48),
        };
        let most = length / size;
        let Some(tables) = sectors.tables(&header, most)? else {
            return Ok(None);
        };
        for table in tables {
            let bytes = sectors.sector(table)?;
            if bytes.len() as u64 != size {
                return Ok(None);
            }
            sectors.next.extend(longs(&bytes));
        }
        // The last one may be shorter than the others.
        let used = sectors.next.iter().rposition(|next| *next != FREE);
        let is_whole = used.is_none_or(|last| (last as u64 + 1) * size < length);
        Ok(is_whole.then_some(sectors))
    }

    /// Where the table of sectors is: in the header, and in a chain that goes on from there.
    fn tables(&mut self, header: &[u8], most: u64) -> io::Result<Option<Vec<u32>>> {
        let mut tables: Vec<u32> = longs(&header[76..512]).collect();
        let mut more = long(header, 68);
        while more < LAST {
            let mut bytes = self.sector(more)?;
            if bytes.len() as u64 != self.size || tables.len() as u64 > most {
                return Ok(None);
            }
            more = long(&bytes, bytes.len() - 4);
            bytes.truncate(bytes.len() - 4);
            tables.extend(longs(&bytes));
        }
        tables.retain(|table| *table < LAST);
        let is_possible = !tables.is_empty() && tables.len() as u64 <= most;
        Ok(is_possible.then_some(tables))
    }

    fn sector(&mut self, number: u32) -> io::Result<Vec<u8>> {
        at(self.file, (u64::from(number) + 1) * self.size, self.size)
    }

    /// Of all streams. `None`: the directory is broken.
    fn names(&mut self) -> io::Result<Option<Vec<String>>> {
        let mut names = Vec::new();
        let mut sector = self.directory;
        while sector < LAST {
            let bytes = self.sector(sector)?;
            if bytes.len() < 128 || names.len() > ENTRIES {
                return Ok(None);
            }
            names.extend(bytes.chunks_exact(128).map(entry_name));
            let next = usize::try_from(sector).ok();
            let Some(next) = next.and_then(|sector| self.next.get(sector)) else {
                return Ok(None);
            };
            sector = *next;
        }
        Ok((!names.is_empty()).then_some(names))
    }
}

/// UTF-16 with a zero behind, and its length in bytes.
fn entry_name(entry: &[u8]) -> String {
    let length = usize::from(u16::from_le_bytes([entry[64], entry[65]])).min(64);
    let (pairs, _) = entry[..length.saturating_sub(2)].as_chunks::<2>();
    let units = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
    char::decode_utf16(units)
        .map(|letter| letter.unwrap_or('\u{fffd}'))
        .collect()
}

fn long(bytes: &[u8], at: usize) -> u32 {
    longs(&bytes[at..at + 4]).next().unwrap_or(FREE)
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes
        .as_chunks::<4>()
        .0
        .iter()
        .map(|long| u32::from_le_bytes(*long))
}
