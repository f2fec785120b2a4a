//! The chunks of a PNG (W3C PNG, third edition, 5 and 11).

use std::io::Read;

use flate2::{Crc, read::ZlibDecoder};

use super::{
    bytes::Rest,
    claim::{PROFILE_BYTES, Survey, pixels},
};

const SIGNATURE: usize = 8;
/// No stream of zlib grows by more.
const MOST_GROWTH: u64 = 1_032;

/// Chunks that a picture needs to look and move as it did.
const KEPT: [&[u8; 4]; 17] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL",
];
const FRAME_DATA: &[u8; 4] = b"fdAT";

struct Chunk<'a> {
    name: &'a [u8],
    data: &'a [u8],
    /// With its length, name and checksum.
    whole: &'a [u8],
}

/// `None`: it is broken, or its end is missing.
pub fn survey(bytes: &[u8]) -> Option<Survey> {
    let mut survey = Survey::default();
    let (mut packed, mut lines) = (0_u64, 0_u64);
    for chunk in Chunks::of(bytes) {
        let Chunk { name, data, .. } = chunk?;
        match name {
            b"IHDR" => (survey, lines) = header(data)?,
            b"IDAT" => packed += data.len() as u64,
            b"iCCP" => survey.profile += profile(data),
            b"fcTL" => {
                let mut rest = Rest(data.get(4..)?);
                survey.frames += 1;
                survey.frame_pixels += pixels(rest.long()?, rest.long()?, 1);
            }
            _ => {}
        }
    }
    survey.lacks_data = packed.saturating_mul(MOST_GROWTH) < lines;
    (survey.width > 0).then_some(survey)
}

/// What it is, and the bytes of its lines before they are packed.
fn header(data: &[u8]) -> Option<(Survey, u64)> {
    let mut rest = Rest(data);
    let (width, height) = (rest.long()?, rest.long()?);
    let (depth, colours) = (u64::from(rest.byte()?), rest.byte()?);
    // Samples as they are packed, and bytes as they are decoded.
    let (samples, bytes) = match colours {
        0 => (1, 2),
        2 => (3, 4),
        3 => (1, 4),
        4 => (2, 2),
        6 => (4, 4),
        _ => return None,
    };
    let line = (u64::from(width) * samples * depth).div_ceil(8) + 1;
    let opaque = if colours == 2 { 3 } else { bytes };
    Some((
        Survey {
            width,
            height,
            decoded: pixels(width, height, opaque * depth.div_ceil(8)),
            ..Survey::default()
        },
        line.saturating_mul(u64::from(height)),
    ))
}

/// Bytes of the colour profile, up to one more than it may have.
fn profile(data: &[u8]) -> u64 {
    let Some(name) = data.iter().position(|byte| *byte == 0) else {
        return 0;
    };
    let packed = data.get(name + 2..).unwrap_or_default();
    let mut unpacked = ZlibDecoder::new(packed).take(PROFILE_BYTES + 1);
    let mut piece = [0; 16 << 10];
    let mut size = 0;
    // A broken one is not used, and counts up to where it breaks.
    while let Ok(read @ 1..) = unpacked.read(&mut piece) {
        size += read as u64;
    }
    size
}

/// Every chunk that is part of how it looks and moves, and none of the others.
pub fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(bytes.get(..SIGNATURE)?);
    for chunk in Chunks::of(bytes) {
        let Chunk { name, data, whole } = chunk?;
        let is_kept = KEPT.iter().any(|kept| *kept == name) || name == FRAME_DATA;
        if is_kept {
            let mut checksum = Crc::new();
            checksum.update(name);
            checksum.update(data);
            whole
                .ends_with(&checksum.sum().to_be_bytes())
                .then_some(())?;
            out.extend_from_slice(whole);
        }
    }
    Some(out)
}

/// Up to the last one. Ends with `None` where that is missing.
struct Chunks<'a> {
    rest: Rest<'a>,
    is_over: bool,
}

impl<'a> Chunks<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self {
            rest: Rest(bytes.get(SIGNATURE..).unwrap_or_default()),
            is_over: false,
        }
    }

    fn chunk(&mut self) -> Option<Chunk<'a>> {
        let mut peek = Rest(self.rest.0);
        let length = usize::try_from(peek.long()?).ok()?;
        let whole = self.rest.take(length.checked_add(12)?)?;
        Some(Chunk {
            name: &whole[4..8],
            data: &whole[8..8 + length],
            whole,
        })
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Option<Chunk<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let chunk = self.chunk();
        self.is_over = chunk.as_ref().is_none_or(|chunk| chunk.name == b"IEND");
        Some(chunk)
    }
}
