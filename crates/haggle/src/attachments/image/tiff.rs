//! The directories of a TIFF (Adobe TIFF 6.0, section 2; `BigTIFF`). A TIFF may hold many pages
//! in codings that nothing here writes, so it is not written anew: what it says of the camera,
//! the place and the author is taken out where it stands.

use std::ops::Range;

use super::claim::{Survey, pixels};

/// Pages of a file, and directories below them.
const DIRECTORIES: usize = 10_000;

const EXIF: u16 = 34_665;
const GPS: u16 = 34_853;
const INTEROPERABILITY: u16 = 40_965;
const SUBDIRECTORIES: u16 = 330;
const PROFILE: u16 = 34_675;
/// How the colours of a picture are told that may have fewer of them than points.
const YCBCR: u64 = 6;

/// Description, maker, model, software, date, artist, computer, copyright, XMP, IPTC,
/// Photoshop's and others' own, Exif, place.
const METADATA: [u16; 16] = [
    270, 271, 272, 305, 306, 315, 316, 700, 33_432, 33_723, 34_377, EXIF, GPS, 37_724, 42_112,
    50_341,
];
/// Offsets and lengths of strips, and of tiles.
const PIECES: [(u16, u16); 2] = [(273, 279), (324, 325)];

/// `None`: it is broken, or a part of it is missing.
pub fn survey(bytes: &[u8]) -> Option<Survey> {
    let mut tiff = Tiff::of(bytes)?;
    let mut survey = Survey::default();
    for (index, at) in tiff.directories()?.into_iter().enumerate() {
        let entries = tiff.entries(at)?;
        let data = tiff.data_of_pieces(&entries)?;
        survey.lacks_data |= tiff.claims_more(&entries, data);
        for entry in &entries {
            if entry.tag == PROFILE {
                survey.profile = survey.profile.saturating_add(entry.value.len() as u64);
            }
        }
        if index == 0 {
            let first = |tag| {
                tiff.numbers(&entries, tag)
                    .and_then(|all| all.first().copied())
            };
            survey.width = u32::try_from(first(256)?).ok()?;
            survey.height = u32::try_from(first(257)?).ok()?;
            let (bits, samples) = (first(258).unwrap_or(1), first(277).unwrap_or(1));
            let each = bits.div_ceil(8).saturating_mul(samples).clamp(1, 64);
            survey.decoded = pixels(survey.width, survey.height, each);
            survey.working = survey.decoded;
        }
    }
    Some(survey)
}

/// Without metadata.
pub fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut tiff = Tiff::of(bytes)?;
    let mut out = bytes.to_vec();
    for at in tiff.directories()? {
        let entries = tiff.entries(at)?;
        let (gone, kept): (Vec<_>, Vec<_>) = entries
            .iter()
            .partition(|entry| METADATA.contains(&entry.tag));
        for entry in &gone {
            tiff.blank(&mut out, entry, 0)?;
        }
        let body = at + tiff.count_size();
        let next = tiff.next_place(at, entries.len());
        let mut directory = Vec::new();
        for entry in &kept {
            directory.extend_from_slice(bytes.get(entry.place.clone())?);
        }
        directory.extend_from_slice(bytes.get(next..next + tiff.offset_size())?);
        let end = next + tiff.offset_size();
        out.get_mut(body..end)?.fill(0);
        out.get_mut(body..body + directory.len())?
            .copy_from_slice(&directory);
        let count = tiff.written(kept.len() as u64, tiff.count_size());
        out.get_mut(at..body)?.copy_from_slice(&count);
    }
    Some(out)
}

/// To how many bytes one can grow. LZW begins anew before its codes need thirteen bits.
fn most_growth(coding: u64) -> u64 {
    match coding {
        5 => 2_048,
        8 | 32_946 => 1_032,
        32_773 => 64,
        _ => 1 << 17,
    }
}

struct Tiff<'a> {
    bytes: &'a [u8],
    is_little: bool,
    /// Offsets have eight bytes.
    is_large: bool,
    first: usize,
    /// Bytes that may still be looked at or blanked: directories may point at one place from
    /// many, and none needs more than the file has.
    work: usize,
}

struct Entry {
    tag: u16,
    /// Bytes of a value.
    size: usize,
    /// Where it stands.
    place: Range<usize>,
    /// Where its values are.
    value: Range<usize>,
}

impl<'a> Tiff<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let is_little = bytes.starts_with(b"II");
        let mut tiff = Self {
            bytes,
            is_little,
            is_large: false,
            first: 0,
            work: bytes.len().saturating_mul(4),
        };
        tiff.is_large = tiff.number(2..4)? == 43;
        let first = if tiff.is_large { 8..16 } else { 4..8 };
        tiff.first = tiff.place(first)?;
        Some(tiff)
    }

    fn number(&self, range: Range<usize>) -> Option<u64> {
        let bytes = self.bytes.get(range)?.iter();
        let join = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Some(if self.is_little {
            bytes.rev().fold(0, join)
        } else {
            bytes.fold(0, join)
        })
    }

    fn written(&self, number: u64, size: usize) -> Vec<u8> {
        if self.is_little {
            number.to_le_bytes()[..size].to_vec()
        } else {
            number.to_be_bytes()[8 - size..].to_vec()
        }
    }

    fn place(&self, range: Range<usize>) -> Option<usize> {
        usize::try_from(self.number(range)?).ok()
    }

    fn count_size(&self) -> usize {
        if self.is_large { 8 } else { 2 }
    }

    fn offset_size(&self) -> usize {
        if self.is_large { 8 } else { 4 }
    }

    fn entry_size(&self) -> usize {
        4 + 2 * self.offset_size()
    }

    /// Where the offset of the next directory stands.
    fn next_place(&self, at: usize, entries: usize) -> usize {
        at + self.count_size() + entries * self.entry_size()
    }

    fn spend(&mut self, bytes: usize) -> Option<()> {
        self.work = self.work.checked_sub(bytes)?;
        Some(())
    }

    /// Of all pages, and those below them, each once.
    fn directories(&mut self) -> Option<Vec<usize>> {
        let (mut found, mut waiting) = (Vec::new(), vec![self.first]);
        let mut seen = std::collections::HashSet::new();
        while let Some(at) = waiting.pop() {
            if at == 0 || !seen.insert(at) {
                continue;
            }
            (found.len() < DIRECTORIES).then_some(())?;
            found.push(at);
            let entries = self.entries(at)?;
            let next = self.next_place(at, entries.len());
            let below = self.numbers(&entries, SUBDIRECTORIES).unwrap_or_default();
            self.spend(below.len() * 8)?;
            for offset in below {
                waiting.push(usize::try_from(offset).ok()?);
            }
            waiting.push(self.place(next..next + self.offset_size())?);
        }
        (!found.is_empty()).then_some(found)
    }

    fn entries(&mut self, at: usize) -> Option<Vec<Entry>> {
        let body = at.checked_add(self.count_size())?;
        let count = self.place(at..body)?;
        self.spend(count.checked_mul(self.entry_size())?)?;
        let mut entries = Vec::new();
        for index in 0..count {
            entries.push(self.entry(body + index * self.entry_size())?);
        }
        Some(entries)
    }

    fn entry(&self, at: usize) -> Option<Entry> {
        let size = match self.number(at + 2..at + 4)? {
            3 | 8 => 2,
            4 | 9 | 11 | 13 => 4,
            5 | 10 | 12 | 16 | 17 | 18 => 8,
            _ => 1,
        };
        let (count, field) = (at + 4, at + 4 + self.offset_size());
        let end = field + self.offset_size();
        let length = self.place(count..field)?.checked_mul(size)?;
        let start = if length <= self.offset_size() {
            field
        } else {
            self.place(field..end)?
        };
        let value = start..start.checked_add(length)?;
        (value.end <= self.bytes.len()).then_some(Entry {
            tag: u16::try_from(self.number(at..at + 2)?).ok()?,
            size,
            place: at..end,
            value,
        })
    }

    fn numbers(&self, entries: &[Entry], tag: u16) -> Option<Vec<u64>> {
        let entry = entries.iter().find(|entry| entry.tag == tag)?;
        let places = entry.value.clone().step_by(entry.size);
        places.map(|at| self.number(at..at + entry.size)).collect()
    }

    /// Bytes of the strips and tiles of a page. `None`: one of them is not within the file.
    fn data_of_pieces(&mut self, entries: &[Entry]) -> Option<u64> {
        let (mut data, mut is_told) = (0_u64, true);
        for (offsets, lengths) in PIECES {
            let offsets = self.numbers(entries, offsets).unwrap_or_default();
            let lengths = self.numbers(entries, lengths).unwrap_or_default();
            self.spend((offsets.len() + lengths.len()) * 2)?;
            is_told &= offsets.len() == lengths.len() && !lengths.contains(&0);
            for (offset, length) in offsets.iter().zip(lengths) {
                let end = usize::try_from(offset.checked_add(length)?).ok()?;
                (end <= self.bytes.len()).then_some(())?;
                data = data.saturating_add(length);
            }
        }
        // Some programs leave the lengths out: then it may be all that is there.
        let is_told = is_told && data > 0;
        Some(if is_told {
            data
        } else {
            self.bytes.len() as u64
        })
    }

    /// Whether so many pixels cannot come out of so few bytes.
    fn claims_more(&self, entries: &[Entry], data: u64) -> bool {
        let first = |tag| {
            let entry = entries.iter().find(|entry| entry.tag == tag)?;
            let at = entry.value.start;
            (!entry.value.is_empty()).then(|| self.number(at..at + entry.size))?
        };
        let (Some(width), Some(height)) = (first(256), first(257)) else {
            return false;
        };
        let (bits, samples) = (first(258).unwrap_or(1), first(277).unwrap_or(1));
        let line = width.saturating_mul(bits).saturating_mul(samples);
        let bytes = line.div_ceil(8).saturating_mul(height);
        let least = match first(259).unwrap_or(1) {
            // Colours may be told once for sixteen points.
            1 if first(262) == Some(YCBCR) => bytes / 3,
            1 => bytes,
            // A line takes a bit.
            2..=4 => height / 8,
            // A block of sixteen by sixteen points takes a bit.
            6 | 7 => (width / 16).saturating_mul(height / 16) / 8,
            coding => bytes / most_growth(coding),
        };
        data < least
    }

    /// Overwrites what an entry says, and a directory that it points at.
    fn blank(&mut self, out: &mut [u8], entry: &Entry, depth: u8) -> Option<()> {
        let is_pointer = matches!(entry.tag, EXIF | GPS | INTEROPERABILITY);
        if is_pointer && depth < 2 {
            let at = self.place(entry.value.start..entry.value.start + entry.size)?;
            // One that points nowhere says nothing.
            if let Some(entries) = self.entries(at) {
                for below in &entries {
                    self.blank(out, below, depth + 1)?;
                }
                let end = self.next_place(at, entries.len());
                out.get_mut(at..end)?.fill(0);
            }
        }
        self.spend(entry.value.len())?;
        out.get_mut(entry.value.clone())?.fill(0);
        Some(())
    }
}
