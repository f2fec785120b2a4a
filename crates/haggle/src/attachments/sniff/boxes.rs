//! Boxes of the ISO base media file format (ISO/IEC 14496-12): HEIC and MP4.

use std::{fs::File, io};

use chat::media_type::{FORMATS, MediaType, Signature};

use super::{
    found::{Found, plain},
    pieces::at,
};
use crate::attachments::Refused;

/// Boxes on the upper level of a file.
const MOST: usize = 100_000;
/// Bytes of the box with the brands.
const BRANDS: u64 = 4_096;

pub fn begins(head: &[u8]) -> bool {
    head.get(4..8) == Some(b"ftyp")
}

pub fn kind(file: &mut File) -> io::Result<Found> {
    let head = at(file, 0, BRANDS)?;
    let size = head
        .first_chunk()
        .map_or(0, |size| u32::from_be_bytes(*size));
    let brands = usize::try_from(size)
        .ok()
        .and_then(|size| head.get(8..size));
    let Some(brands) = brands.filter(|brands| brands.len() >= 8) else {
        return Ok(Err(Refused::Broken));
    };
    let (brands, _) = brands.as_chunks::<4>();
    // The first is the main one, the second a version; then those that can be read as well.
    let main = by_brand(&brands[..1]);
    let Some(kind) = main.or_else(|| by_brand(&brands[2..])) else {
        return Ok(Err(Refused::NotAllowed));
    };
    Ok(if is_whole(file)? {
        Ok(plain(kind))
    } else {
        Err(Refused::Broken)
    })
}

fn by_brand(brands: &[[u8; 4]]) -> Option<MediaType> {
    let mut rows = FORMATS.iter();
    let row = rows.find(|format| match format.signature {
        Signature::Brands(known) => known.iter().any(|brand| brands.contains(brand)),
        _ => false,
    });
    row.map(|format| format.kind)
}

/// Every box ends within the file.
fn is_whole(file: &mut File) -> io::Result<bool> {
    let length = file.metadata()?.len();
    let mut place = 0;
    for _ in 0..MOST {
        let header = at(file, place, 16)?;
        let Some(size) = header.first_chunk::<4>().filter(|_| header.len() >= 8) else {
            // Less than a header is no box.
            return Ok(true);
        };
        let size = match u32::from_be_bytes(*size) {
            // Up to the end of the file.
            0 => return Ok(true),
            1 => match header.get(8..16).and_then(<[u8]>::first_chunk) {
                Some(size) => u64::from_be_bytes(*size),
                None => return Ok(false),
            },
            size => u64::from(size),
        };
        place = match place.checked_add(size) {
            Some(next) if size >= 8 && next <= length => next,
            _ => return Ok(false),
        };
    }
    Ok(false)
}
