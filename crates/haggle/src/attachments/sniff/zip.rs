//! The table of contents of a ZIP (APPNOTE 4.3 and 4.5), read as a stream. Nothing is unpacked
//! beside small parts that are asked for, and those only up to a limit.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
};

use flate2::read::DeflateDecoder;

use super::pieces::{at, tail};

const END: usize = 22;
/// All tables that are looked at have at most so many times the bytes of the file.
const WORK: u64 = 8;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// One file in it.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub name: Vec<u8>,
    method: u16,
    packed: u64,
    /// Of its local header, from the beginning of the file.
    offset: u64,
}

/// The place of the table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    start: u64,
    count: u64,
    /// Bytes before the archive, which its offsets leave out.
    prefix: u64,
}

/// Also when it is empty, or was the only part of several.
pub fn begins(head: &[u8]) -> bool {
    [
        &b"PK\x03\x04"[..],
        b"PK\x05\x06",
        b"PK\x07\x08PK\x03\x04",
        b"PK00PK\x03\x04",
    ]
    .iter()
    .any(|mark| head.starts_with(mark))
}

/// `None`: there is no whole one. A comment may look like the end of an archive, or hold one: of
/// all ends that lead to a table the one counts that fits this file best, of equals the last.
pub fn table(file: &mut File) -> io::Result<Option<Table>> {
    let length = file.metadata()?.len();
    let tail = tail(file)?;
    let from = length - tail.len() as u64;
    let mut work = length.saturating_mul(WORK);
    let mut best: Option<(Fit, Table)> = None;
    for end in (0..tail.len().saturating_sub(END - 1)).rev() {
        if !tail[end..].starts_with(b"PK\x05\x06") {
            continue;
        }
        let (record, end) = (&tail[end..], from + end as u64);
        let Some((table, over)) = table_before(file, record, end)? else {
            continue;
        };
        let Some(size) = size(file, table, over, &mut work)? else {
            continue;
        };
        let comment = u64::from(short(record, 20));
        let fit: Fit = [
            table.count > 0,
            end + END as u64 + comment == length,
            table.prefix == 0,
            table.start + size == over,
        ];
        if best.is_none_or(|(known, _)| known < fit) {
            best = Some((fit, table));
        }
        if fit == [true; 4] {
            break;
        }
    }
    Ok(best.map(|(_, table)| table))
}

/// How well a table fits the file that it is in, by what weighs most: it has entries, its comment
/// ends where the file does, offsets count from the beginning of the file, it fills its place.
type Fit = [bool; 4];

/// Bytes of a table whose entries all begin and end before this place. `None`: it has others, or the
/// ends that look like one lead to more than they may.
fn size(file: &mut File, table: Table, over: u64, work: &mut u64) -> io::Result<Option<u64>> {
    let room = over.saturating_sub(table.start).min(*work);
    let Some(size) = each(file, table, room, |_| {})? else {
        // However much of it was looked at.
        *work -= room;
        return Ok(None);
    };
    *work -= size;
    Ok(Some(size))
}

/// The table that an end record leads to, and where it has to be over.
fn table_before(file: &mut File, record: &[u8], end: u64) -> io::Result<Option<(Table, u64)>> {
    let comment = usize::from(short(record, 20));
    if record.len() < END + comment {
        return Ok(None);
    }
    let large = large_end(file, end)?;
    let (over, count, size, start) = match &large {
        Some((over, record)) => (*over, wide(record, 32), wide(record, 40), wide(record, 48)),
        None => (
            end,
            u64::from(short(record, 10)),
            long(record, 12),
            long(record, 16),
        ),
    };
    let Some(prefix) = over
        .checked_sub(size)
        .and_then(|found| found.checked_sub(start))
    else {
        return Ok(None);
    };
    let start = start + prefix;
    let mark = at(file, start, 4)?;
    // An empty one stands directly before its end, where the record says.
    let is_table = mark == b"PK\x01\x02" || (count == 0 && size == 0 && prefix == 0);
    // An entry takes 46 bytes at least.
    let is_possible = count <= size / 46;
    let table = Table {
        start,
        count,
        prefix,
    };
    Ok((is_table && is_possible).then_some((table, over)))
}

/// The end record of ZIP64, and where it stands.
fn large_end(file: &mut File, end: u64) -> io::Result<Option<(u64, Vec<u8>)>> {
    let Some(locator) = end.checked_sub(20) else {
        return Ok(None);
    };
    let locator = at(file, locator, 20)?;
    if !locator.starts_with(b"PK\x06\x07") {
        return Ok(None);
    }
    // With bytes before the archive it stands elsewhere, directly before its locator.
    for place in [wide(&locator, 8), end.saturating_sub(20 + 56)] {
        let record = at(file, place, 56)?;
        if record.len() == 56 && record.starts_with(b"PK\x06\x06") {
            return Ok(Some((place, record)));
        }
    }
    Ok(None)
}

/// Shows every entry. Returns the bytes of all of them. `None`: the table is broken, or longer
/// than this.
pub fn each(
    file: &mut File,
    table: Table,
    most: u64,
    mut see: impl FnMut(&Entry),
) -> io::Result<Option<u64>> {
    file.seek(SeekFrom::Start(table.start))?;
    let mut reader = BufReader::with_capacity(64 << 10, file).take(most);
    let mut fixed = [0; 46];
    let mut variable = Vec::new();
    let mut entry = Entry::default();
    for _ in 0..table.count {
        if !fill(&mut reader, &mut fixed)? || !fixed.starts_with(b"PK\x01\x02") {
            return Ok(None);
        }
        let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(short(&fixed, at)));
        variable.resize(name + extra + comment, 0);
        if !fill(&mut reader, &mut variable)? {
            return Ok(None);
        }
        entry.name.clear();
        entry.name.extend_from_slice(&variable[..name]);
        entry.method = short(&fixed, 10);
        let (unpacked, packed, offset) = (long(&fixed, 24), long(&fixed, 20), long(&fixed, 42));
        (entry.packed, entry.offset) =
            large(&variable[name..name + extra], unpacked, packed, offset);
        entry.offset = entry.offset.saturating_add(table.prefix);
        see(&entry);
    }
    Ok(Some(most - reader.limit()))
}

/// Sizes that do not fit in the table stand in a field of ZIP64 (APPNOTE 4.5.3).
fn large(mut extra: &[u8], unpacked: u64, mut packed: u64, mut offset: u64) -> (u64, u64) {
    const FULL: u64 = 0xffff_ffff;
    while let Some((header, rest)) = extra.split_at_checked(4) {
        let Some((field, rest)) = rest.split_at_checked(usize::from(short(header, 2))) else {
            break;
        };
        extra = rest;
        if short(header, 0) != 1 {
            continue;
        }
        let mut wides = field.as_chunks::<8>().0.iter();
        let mut next = || wides.next().map(|wide| u64::from_le_bytes(*wide));
        if unpacked == FULL {
            next();
        }
        if packed == FULL {
            packed = next().unwrap_or(packed);
        }
        if offset == FULL {
            offset = next().unwrap_or(offset);
        }
    }
    (packed, offset)
}

/// The beginning of an entry, at most `most` bytes; nothing where it cannot be unpacked.
pub fn read(file: &mut File, entry: &Entry, most: u64) -> io::Result<Vec<u8>> {
    let header = at(file, entry.offset, 30)?;
    if header.len() < 30 || !header.starts_with(b"PK\x03\x04") {
        return Ok(Vec::new());
    }
    let variable = u64::from(short(&header, 26)) + u64::from(short(&header, 28));
    file.seek(SeekFrom::Start(entry.offset + 30 + variable))?;
    let packed = file.take(entry.packed);
    let mut bytes = Vec::new();
    let done = match entry.method {
        STORED => packed.take(most).read_to_end(&mut bytes),
        DEFLATED => DeflateDecoder::new(packed)
            .take(most)
            .read_to_end(&mut bytes),
        _ => Ok(0),
    };
    // What a broken stream gave until then may still say what it is.
    let _ = done;
    Ok(bytes)
}

fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match reader.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn long(bytes: &[u8], at: usize) -> u64 {
    u64::from(short(bytes, at)) | u64::from(short(bytes, at + 2)) << 16
}

fn wide(bytes: &[u8], at: usize) -> u64 {
    long(bytes, at) | long(bytes, at + 4) << 32
}
