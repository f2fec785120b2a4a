//! What a HEIC says of the camera and the place (ISO/IEC 14496-12, 8.11; 23008-12, annex A).
//! Nothing here decodes its pictures, so it is not written anew: its Exif and XMP are
//! overwritten where they stand.

use std::{collections::HashSet, ops::Range};

use super::bytes::Rest;

/// An Exif item without any entry: the offset of its TIFF, then that.
const NO_EXIF: &[u8] = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0";

/// Without metadata. `None`: it is broken.
pub fn stripped(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let boxes = Boxes::of(&bytes)?;
    let (Some(information), Some(locations)) = (boxes.information, boxes.locations) else {
        return Some(bytes);
    };
    let items = metadata(&bytes, information)?;
    for (item, range) in extents(&bytes, locations, boxes.data.as_ref())? {
        if let Some(is_exif) = items.exif(item) {
            // One that points beyond the end holds nothing.
            if let Some(range) = bytes.get_mut(range) {
                range.fill(if is_exif { 0 } else { b' ' });
                if is_exif && let Some(start) = range.get_mut(..NO_EXIF.len()) {
                    start.copy_from_slice(NO_EXIF);
                }
            }
        }
    }
    Some(bytes)
}

struct Metadata {
    exif: HashSet<u32>,
    other: HashSet<u32>,
}

impl Metadata {
    /// Whether this item is Exif; `None`: it is no metadata.
    fn exif(&self, item: u32) -> Option<bool> {
        let is_exif = self.exif.contains(&item);
        (is_exif || self.other.contains(&item)).then_some(is_exif)
    }
}

/// What is inside of the boxes that tell of items.
#[derive(Default)]
struct Boxes {
    information: Option<Range<usize>>,
    locations: Option<Range<usize>>,
    data: Option<Range<usize>>,
}

impl Boxes {
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut found = Self::default();
        each(bytes, 0..bytes.len(), |name, meta| {
            if name != b"meta" {
                return Some(());
            }
            let inside = meta.start.checked_add(4)?..meta.end;
            each(bytes, inside, |name, inside| {
                match name {
                    b"iinf" => found.information = Some(inside),
                    b"iloc" => found.locations = Some(inside),
                    b"idat" => found.data = Some(inside),
                    _ => {}
                }
                Some(())
            })
        })?;
        Some(found)
    }
}

/// Shows the name and the inside of each box in this range. `None`: they are broken.
fn each(
    bytes: &[u8],
    range: Range<usize>,
    mut see: impl FnMut(&[u8], Range<usize>) -> Option<()>,
) -> Option<()> {
    let mut at = range.start;
    while range.end.checked_sub(at)? >= 8 {
        let mut header = Rest(bytes.get(at..range.end)?);
        let (size, name) = (header.long()?, header.take(4)?);
        let (size, header) = match size {
            0 => (range.end - at, 8),
            1 => {
                let (high, low) = (u64::from(header.long()?), u64::from(header.long()?));
                (usize::try_from(high << 32 | low).ok()?, 16)
            }
            size => (usize::try_from(size).ok()?, 8),
        };
        let end = at.checked_add(size)?;
        (size >= header && end <= range.end).then_some(())?;
        see(name, at + header..end)?;
        at = end;
    }
    Some(())
}

/// The items that are no picture: Exif, and whatever has a type of mail.
fn metadata(bytes: &[u8], information: Range<usize>) -> Option<Metadata> {
    let mut head = Rest(bytes.get(information.clone())?);
    let version = head.take(4)?[0];
    let head = if version == 0 { 6 } else { 8 };
    let mut found = Metadata {
        exif: HashSet::new(),
        other: HashSet::new(),
    };
    each(
        bytes,
        information.start + head..information.end,
        |name, inside| {
            let mut entry = Rest(bytes.get(inside)?);
            let version = entry.take(4)?[0];
            if name != b"infe" || version < 2 {
                return Some(());
            }
            let item = if version == 2 {
                u32::from(entry.short()?)
            } else {
                entry.long()?
            };
            entry.take(2)?;
            match entry.take(4)? {
                b"Exif" => _ = found.exif.insert(item),
                b"mime" | b"uri " => _ = found.other.insert(item),
                _ => {}
            }
            Some(())
        },
    )?;
    Some(found)
}

/// Where the bytes of every item are.
fn extents(
    bytes: &[u8],
    locations: Range<usize>,
    data: Option<&Range<usize>>,
) -> Option<Vec<(u32, Range<usize>)>> {
    let mut rest = Rest(bytes.get(locations)?);
    let version = rest.take(4)?[0];
    let sizes = rest.short()?;
    let size = |shift: u16| usize::from(sizes >> shift & 15);
    let index = if version == 0 { 0 } else { size(0) };
    let identity = |rest: &mut Rest| {
        if version < 2 {
            rest.short().map(u32::from)
        } else {
            rest.long()
        }
    };
    let items = identity(&mut rest)?;
    let mut found = Vec::new();
    for _ in 0..items {
        let item = identity(&mut rest)?;
        let method = if version == 0 { 0 } else { rest.short()? & 15 };
        rest.take(2)?;
        let base = number(&mut rest, size(4))?;
        for _ in 0..rest.short()? {
            rest.take(index)?;
            let offset = base.checked_add(number(&mut rest, size(12))?)?;
            let length = number(&mut rest, size(8))?;
            let from = match (method, data) {
                (0, _) => 0,
                (1, Some(data)) => data.start,
                _ => continue,
            };
            let start = from.checked_add(offset)?;
            found.push((item, start..start.checked_add(length)?));
        }
    }
    Some(found)
}

fn number(rest: &mut Rest, size: usize) -> Option<usize> {
    let bytes = rest.take(size)?.iter();
    let number = bytes.fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    usize::try_from(number).ok()
}
