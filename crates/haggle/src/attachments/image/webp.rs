//! WebP without anything beside its pictures (RFC 9649, 2).

use super::{
    bytes::Rest,
    claim::{Survey, pixels},
};

const KEPT: [&[u8; 4]; 7] = [
    b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
];
/// Of `VP8X`: there is Exif, there is XMP.
const METADATA: u8 = 0x08 | 0x04;

struct Chunk<'a> {
    header: &'a [u8],
    payload: &'a [u8],
    has_padding: bool,
}

/// `None`: it is broken, or its end is missing.
pub fn survey(bytes: &[u8]) -> Option<Survey> {
    let mut survey = Survey::default();
    walk(
        bytes,
        |Chunk {
             header, payload, ..
         }| {
            match &header[..4] {
                b"VP8X" => {
                    (survey.width, survey.height) =
                        (three(payload, 4)? + 1, three(payload, 7)? + 1);
                }
                b"VP8 " if survey.width == 0 => {
                    let side = |at: usize| {
                        let bytes = payload.get(at..at + 2)?.try_into().ok()?;
                        Some(u32::from(u16::from_le_bytes(bytes) & 0x3fff))
                    };
                    (survey.width, survey.height) = (side(6)?, side(8)?);
                }
                b"VP8L" if survey.width == 0 => {
                    let bits = u32::from_le_bytes(payload.get(1..5)?.try_into().ok()?);
                    (survey.width, survey.height) =
                        ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
                }
                b"ANMF" => {
                    survey.frames += 1;
                    let (width, height) = (three(payload, 6)? + 1, three(payload, 9)? + 1);
                    survey.frame_pixels += pixels(width, height, 1);
                }
                b"ICCP" => survey.profile += payload.len() as u64,
                _ => {}
            }
            Some(())
        },
    )?;
    survey.decoded = pixels(survey.width, survey.height, 4);
    survey.working = survey.decoded / 2;
    (survey.width > 0).then_some(survey)
}

/// Without what it says of the camera.
pub fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    walk(bytes, |chunk| {
        let Chunk {
            header, payload, ..
        } = chunk;
        if !KEPT.iter().any(|kept| header.starts_with(*kept)) {
            return Some(());
        }
        let start = out.len();
        out.extend_from_slice(header);
        out.extend_from_slice(payload);
        out.extend(chunk.has_padding.then_some(0));
        if header.starts_with(b"VP8X") {
            *out.get_mut(start + 8)? &= !METADATA;
        }
        Some(())
    })?;
    let size = u32::try_from(out.len() + 4).ok()?;
    Some([b"RIFF", &size.to_le_bytes()[..], b"WEBP", &out].concat())
}

fn walk<'a>(bytes: &'a [u8], mut see: impl FnMut(Chunk<'a>) -> Option<()>) -> Option<()> {
    let mut rest = Rest(bytes);
    let announced = length(rest.take(12)?.get(4..8)?)?;
    rest = Rest(rest.0.get(..announced.checked_sub(4)?)?);
    while !rest.is_empty() {
        let header = rest.take(8)?;
        let size = length(&header[4..])?;
        let payload = rest.take(size)?;
        let is_odd = size % 2 == 1;
        // The last one may lack its padding.
        let has_padding = is_odd && rest.take(1).is_some();
        see(Chunk {
            header,
            payload,
            has_padding,
        })?;
    }
    Some(())
}

fn length(bytes: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}

fn three(bytes: &[u8], at: usize) -> Option<u32> {
    let three = bytes.get(at..at + 3)?;
    Some(u32::from_le_bytes([three[0], three[1], three[2], 0]))
}
