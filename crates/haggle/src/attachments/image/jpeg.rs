//! The structure of a JPEG (ITU-T T.81, annex B).

use super::{
    bytes::Rest,
    claim::{Survey, pixels},
};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
const PROFILE: u8 = 0xe2;

/// Pixels of a block's side.
const BLOCK: u32 = 8;

/// A picture as its frame header describes it.
#[derive(Default)]
struct Frame {
    width: u32,
    height: u32,
    components: u64,
    /// Blocks of the largest component, and of all of them.
    blocks: u64,
    all_blocks: u64,
    is_progressive: bool,
}

/// `None`: it is broken, or its end is missing. A thumbnail in its metadata has an end of its
/// own, which is not the picture's.
pub fn survey(bytes: &[u8]) -> Option<Survey> {
    let mut rest = Rest(bytes);
    (rest.short()? == u16::from_be_bytes([0xff, START])).then_some(())?;
    let mut frame = None;
    let (mut profile, mut scanned, mut scans) = (0, 0_u64, 0_u64);
    loop {
        match marker(&mut rest)? {
            END => break,
            SCAN => {
                segment(&mut rest)?;
                let before = rest.0.len();
                skip_scan(&mut rest)?;
                scanned += (before - rest.0.len()) as u64;
                scans += 1;
            }
            // Restarts, and what has no length.
            0x01 | START | 0xd0..=0xd7 => {}
            // Not tables of codes, nor arithmetic conditioning, which share the numbers.
            kind @ 0xc0..=0xcf if !matches!(kind, 0xc4 | 0xc8 | 0xcc) => {
                let header = segment(&mut rest)?;
                if frame.is_none() {
                    frame = Some(read_frame(header, matches!(kind, 0xc2 | 0xc6))?);
                }
            }
            PROFILE => {
                let segment = segment(&mut rest)?;
                if segment.starts_with(b"ICC_PROFILE\0") {
                    profile += segment.len() as u64;
                }
            }
            _ => _ = segment(&mut rest)?,
        }
    }
    let frame = frame.filter(|_| scans > 0)?;
    let decoded = pixels(frame.width, frame.height, frame.components.clamp(1, 4));
    let coefficients = frame.all_blocks * u64::from(BLOCK * BLOCK) * 2;
    Some(Survey {
        width: frame.width,
        height: frame.height,
        decoded,
        working: if frame.is_progressive {
            coefficients
        } else {
            0
        },
        profile,
        scans,
        // Each block takes a bit at least.
        lacks_data: scanned * 8 < frame.blocks,
        ..Survey::default()
    })
}

/// The next marker. Anything before it is skipped, as decoders do.
fn marker(rest: &mut Rest) -> Option<u8> {
    loop {
        let at = rest.0.iter().position(|byte| *byte == 0xff)?;
        rest.take(at + 1)?;
        let mut kind = rest.byte()?;
        while kind == 0xff {
            kind = rest.byte()?;
        }
        if kind != 0 {
            return Some(kind);
        }
    }
}

fn segment<'a>(rest: &mut Rest<'a>) -> Option<&'a [u8]> {
    let length = usize::from(rest.short()?);
    rest.take(length.checked_sub(2)?)
}

/// Up to the marker behind the coded picture.
fn skip_scan(rest: &mut Rest) -> Option<()> {
    loop {
        let at = rest.0.iter().position(|byte| *byte == 0xff)?;
        match rest.0.get(at + 1)? {
            0 | 0xd0..=0xd7 => rest.take(at + 2)?,
            0xff => rest.take(at + 1)?,
            _ => {
                rest.take(at)?;
                return Some(());
            }
        };
    }
}

fn read_frame(header: &[u8], is_progressive: bool) -> Option<Frame> {
    let mut rest = Rest(header);
    rest.byte()?;
    let (height, width) = (u32::from(rest.short()?), u32::from(rest.short()?));
    (width > 0 && height > 0).then_some(())?;
    let components = rest.byte()?;
    let mut samplings = Vec::new();
    for _ in 0..components {
        rest.byte()?;
        let sampling = rest.byte()?;
        rest.byte()?;
        samplings.push((u32::from(sampling >> 4), u32::from(sampling & 15)));
    }
    let most = |side: fn(&(u32, u32)) -> u32| samplings.iter().map(side).max().unwrap_or(1).max(1);
    let (most_across, most_down) = (most(|sides| sides.0), most(|sides| sides.1));
    let blocks = samplings.iter().map(|(across, down)| {
        let across = (width * across).div_ceil(most_across).div_ceil(BLOCK);
        let down = (height * down).div_ceil(most_down).div_ceil(BLOCK);
        u64::from(across) * u64::from(down)
    });
    let blocks: Vec<u64> = blocks.collect();
    Some(Frame {
        width,
        height,
        components: components.into(),
        blocks: blocks.iter().copied().max()?,
        all_blocks: blocks.iter().sum(),
        is_progressive,
    })
}
