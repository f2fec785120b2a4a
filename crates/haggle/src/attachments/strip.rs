//! GIF and WebP without anything beside their pictures, copied block by block. What follows
//! the end of the picture is left out too.

/// `None`: it is broken. Specified by `GIF89a`, 17 to 27.
pub fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut rest = Rest(bytes);
    let mut out = Vec::with_capacity(bytes.len());
    let screen = rest.take(13)?;
    out.extend_from_slice(screen);
    out.extend_from_slice(rest.take(table(screen[10]))?);
    loop {
        match rest.take(1)?[0] {
            0x3b => {
                out.push(0x3b);
                return Some(out);
            }
            0x2c => {
                let descriptor = rest.take(9)?;
                out.push(0x2c);
                out.extend_from_slice(descriptor);
                out.extend_from_slice(rest.take(table(descriptor[8]) + 1)?);
                out.extend_from_slice(rest.blocks()?);
            }
            0x21 => {
                let label = rest.take(1)?[0];
                let blocks = rest.blocks()?;
                let is_loop = blocks.starts_with(b"\x0bNETSCAPE2.0");
                if label == 0xf9 || (label == 0xff && is_loop) {
                    out.extend_from_slice(&[0x21, label]);
                    out.extend_from_slice(blocks);
                }
            }
            _ => return None,
        }
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

/// `None`: it is broken. RFC 9649, 2.
pub fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8]; 7] = [
        b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
    ];
    /// Of `VP8X`: there is Exif, there is XMP.
    const METADATA: u8 = 0x08 | 0x04;
    let mut rest = Rest(bytes);
    let announced = length(rest.take(12)?.get(4..8)?)?;
    rest = Rest(rest.0.get(..announced.checked_sub(4)?)?);
    let mut chunks = Vec::with_capacity(bytes.len());
    while !rest.0.is_empty() {
        let header = rest.take(8)?;
        let size = length(&header[4..])?;
        let payload = rest.take(size)?;
        // The last one may lack its padding.
        let padding = rest.take(size % 2).unwrap_or_default();
        if !KEPT.contains(&&header[..4]) {
            continue;
        }
        let start = chunks.len();
        chunks.extend_from_slice(header);
        chunks.extend_from_slice(payload);
        chunks.extend(padding.iter().map(|_| 0));
        if header.starts_with(b"VP8X") {
            *chunks.get_mut(start + 8)? &= !METADATA;
        }
    }
    let size = u32::try_from(chunks.len() + 4).ok()?;
    Some([b"RIFF", &size.to_le_bytes()[..], b"WEBP", &chunks].concat())
}

fn length(bytes: &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(bytes.try_into().ok()?)).ok()
}

struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// Blocks with their lengths, up to the empty one that ends them.
    fn blocks(&mut self) -> Option<&'a [u8]> {
        let mut at = 0;
        loop {
            let length = usize::from(*self.0.get(at)?);
            at += length + 1;
            if length == 0 {
                return self.take(at);
            }
        }
    }
}
