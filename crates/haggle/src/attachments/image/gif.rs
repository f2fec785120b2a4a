//! GIF without anything beside its pictures, copied block by block. What follows the end of
//! the picture is left out too. Specified by `GIF89a`, 17 to 27.

use super::{
    bytes::Rest,
    claim::{Survey, pixels},
};

/// `None`: it is broken.
pub fn survey(bytes: &[u8]) -> Option<Survey> {
    let mut survey = Survey::default();
    walk(bytes, |block| {
        let side = |at: usize| u32::from(u16::from_le_bytes([block[at], block[at + 1]]));
        match block[0] {
            IMAGE => {
                survey.frames += 1;
                survey.frame_pixels += pixels(side(5), side(7), 1);
            }
            b'G' => {
                (survey.width, survey.height) = (side(6), side(8));
                survey.decoded = pixels(survey.width, survey.height, 4);
                survey.working = survey.decoded;
            }
            _ => {}
        }
    })?;
    (survey.frames > 0).then_some(survey)
}

/// Without comments and metadata.
pub fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len() + 1);
    walk(bytes, |block| {
        let is_kept = match block {
            [EXTENSION, 0xf9, ..] => true,
            [EXTENSION, 0xff, blocks @ ..] => blocks.starts_with(b"\x0bNETSCAPE2.0"),
            [EXTENSION, ..] => false,
            _ => true,
        };
        if is_kept {
            out.extend_from_slice(block);
        }
    })?;
    out.push(END);
    Some(out)
}

const IMAGE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const END: u8 = 0x3b;

/// Shows the screen, then each block. The last byte only says that no block follows: without
/// it nothing is missing.
fn walk<'a>(bytes: &'a [u8], mut see: impl FnMut(&'a [u8])) -> Option<()> {
    let mut rest = Rest(bytes);
    let screen = rest.take(13)?;
    rest.take(table(screen[10]))?;
    see(&bytes[..bytes.len() - rest.0.len()]);
    loop {
        let begin = rest.0;
        match rest.byte() {
            None | Some(END) => return Some(()),
            Some(IMAGE) => {
                let descriptor = rest.take(9)?;
                rest.take(table(descriptor[8]) + 1)?;
                skip_blocks(&mut rest)?;
            }
            Some(EXTENSION) => {
                rest.byte()?;
                skip_blocks(&mut rest)?;
            }
            Some(_) => return None,
        }
        see(&begin[..begin.len() - rest.0.len()]);
    }
}

/// Bytes of the colour table that these flags announce.
fn table(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

/// Blocks with their lengths, up to the empty one that ends them.
fn skip_blocks(rest: &mut Rest) -> Option<()> {
    loop {
        let length = usize::from(rest.byte()?);
        if length == 0 {
            return Some(());
        }
        rest.take(length)?;
    }
}
