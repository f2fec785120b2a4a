//! Pictures for tests.

use image::{
    DynamicImage, Frame, ImageFormat, Rgba, RgbaImage,
    codecs::{
        gif::{GifEncoder, Repeat},
        png::PngEncoder,
    },
};

/// Red on the left, blue on the right.
pub fn picture(width: u32, height: u32) -> DynamicImage {
    let color = |x| {
        if x < width / 2 {
            [255, 0, 0, 255]
        } else {
            [0, 0, 255, 255]
        }
    };
    RgbaImage::from_fn(width, height, |x, _| Rgba(color(x))).into()
}

pub fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

pub fn jpeg() -> Vec<u8> {
    encoded(&picture(64, 32).to_rgb8().into(), ImageFormat::Jpeg)
}

/// Exif that says how the camera was held, and where.
pub fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(b"the secret place");
    exif
}

pub fn jpeg_with(orientation: u8) -> Vec<u8> {
    let (plain, exif) = (jpeg(), exif(orientation));
    let length = u16::try_from(exif.len() + 8).unwrap().to_be_bytes();
    [
        &plain[..2],
        b"\xff\xe1",
        &length,
        b"Exif\0\0",
        &exif,
        &plain[2..],
    ]
    .concat()
}

pub fn gif(frames: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    encoder.set_repeat(Repeat::Infinite).unwrap();
    for _ in 0..frames {
        encoder
            .encode_frame(Frame::new(picture(20, 10).to_rgba8()))
            .unwrap();
    }
    drop(encoder);
    bytes
}

/// A chunk of a PNG.
pub fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
    let named = [name, data].concat();
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], &named, &crc32(&named).to_be_bytes()].concat()
}

pub fn png() -> Vec<u8> {
    encoded(&picture(20, 10), ImageFormat::Png)
}

pub fn webp() -> Vec<u8> {
    encoded(&picture(64, 32), ImageFormat::WebP)
}

/// With these chunks before its pixels and behind them.
pub fn png_with(before: &[u8], behind: &[u8]) -> Vec<u8> {
    let (png, end) = (png(), png().len() - 12);
    [&png[..33], before, &png[33..end], behind, &png[end..]].concat()
}

/// One that moves, with so many pictures.
pub fn apng(frames: u32) -> Vec<u8> {
    let size = [20_u32.to_be_bytes(), 10_u32.to_be_bytes()].concat();
    let control = |sequence: u32| {
        let rest = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10, 0, 0];
        chunk(
            b"fcTL",
            &[&sequence.to_be_bytes()[..], &size, &rest].concat(),
        )
    };
    let still = png();
    let data = still.windows(4).position(|name| name == b"IDAT").unwrap();
    let length = u32::from_be_bytes(still[data - 4..data].try_into().unwrap());
    let pixels = &still[data + 4..data + 4 + usize::try_from(length).unwrap()];
    let header = chunk(b"acTL", &[frames.to_be_bytes(), [0; 4]].concat());
    let mut behind = Vec::new();
    for frame in 1..frames {
        behind.extend(control(2 * frame - 1));
        let sequence = (2 * frame).to_be_bytes();
        behind.extend(chunk(b"fdAT", &[&sequence[..], pixels].concat()));
    }
    png_with(&[header, control(0)].concat(), &behind)
}

/// A PNG that says it is this large, with next to nothing in it.
pub fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let tiny = picture(1, 1);
    tiny.write_with_encoder(PngEncoder::new(&mut bytes))
        .unwrap();
    let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
    bytes[16..24].copy_from_slice(&size);
    let checksum = crc32(&bytes[12..29]).to_be_bytes();
    bytes[29..33].copy_from_slice(&checksum);
    bytes
}

/// ISO 3309, as PNG has it.
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let carry = crc & 1;
            crc >>= 1;
            if carry == 1 {
                crc ^= 0xedb8_8320;
            }
        }
    }
    !crc
}

/// What inflates to so many zeros.
pub fn deflated(megabytes: usize) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![0; 1 << 20];
    for _ in 0..megabytes {
        std::io::Write::write_all(&mut encoder, &zeros).unwrap();
    }
    encoder.finish().unwrap()
}

/// A TIFF of 8 × 4 grey pixels with words, Exif, and a place.
pub fn tiff(is_little: bool) -> Vec<u8> {
    let short = |n: u16| {
        if is_little {
            n.to_le_bytes()
        } else {
            n.to_be_bytes()
        }
    };
    let long = |n: u32| {
        if is_little {
            n.to_le_bytes()
        } else {
            n.to_be_bytes()
        }
    };
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let value = match (kind, count) {
            (3, 1) => [short(u16::try_from(value).unwrap()), [0; 2]].concat(),
            _ => long(value).to_vec(),
        };
        [&short(tag)[..], &short(kind), &long(count), &value].concat()
    };
    let words = b"the secret place of Anna";
    let count = u32::try_from(words.len()).unwrap();
    let (words_at, pixels_at, exif_at, main_at) = (8, 32, 64, 82);
    let exif = [&short(1)[..], &entry(0x927c, 7, count, words_at), &long(0)].concat();
    let entries = [
        entry(256, 3, 1, 8),
        entry(257, 3, 1, 4),
        entry(258, 3, 1, 8),
        entry(259, 3, 1, 1),
        entry(262, 3, 1, 1),
        entry(270, 2, count, words_at),
        entry(273, 4, 1, pixels_at),
        entry(277, 3, 1, 1),
        entry(278, 3, 1, 4),
        entry(279, 4, 1, 32),
        entry(34_665, 4, 1, exif_at),
    ];
    let mark = if is_little { b"II" } else { b"MM" };
    let all = [
        &mark[..],
        &short(42),
        &long(main_at),
        words,
        &[77; 32],
        &exif,
        &short(u16::try_from(entries.len()).unwrap()),
        &entries.concat(),
        &long(0),
    ];
    all.concat()
}

/// A HEIC with Exif, XMP and a picture, each as one item.
pub fn heic() -> Vec<u8> {
    let boxed = |name: &[u8; 4], inside: &[u8]| {
        let size = u32::try_from(inside.len() + 8).unwrap().to_be_bytes();
        [&size[..], name, inside].concat()
    };
    let item =
        |id: u8, kind: &[u8]| boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], kind, b"\0"].concat());
    let items = [
        item(1, b"hvc1"),
        item(2, b"Exif"),
        item(3, b"mime\0application/rdf+xml\0"),
    ]
    .concat();
    let information = boxed(b"iinf", &[&[0, 0, 0, 0, 0, 3], &items[..]].concat());
    let data = [
        b"the picture itself......".to_vec(),
        b"Exif the secret place...".to_vec(),
        b"<x:xmpmeta secret place>".to_vec(),
    ];
    let brands = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    let locations = |start: u32| {
        let mut inside = vec![0, 0, 0, 0, 0x44, 0, 0, 3];
        for (index, data) in data.iter().enumerate() {
            inside.extend([0, u8::try_from(index + 1).unwrap(), 0, 0, 0, 1]);
            let offset = start + u32::try_from(index * 24).unwrap();
            inside.extend(offset.to_be_bytes());
            inside.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        }
        boxed(b"iloc", &inside)
    };
    let meta = |start| {
        boxed(
            b"meta",
            &[&[0; 4], &information[..], &locations(start)].concat(),
        )
    };
    let start = u32::try_from(brands.len() + meta(0).len() + 8).unwrap();
    [brands, meta(start), boxed(b"mdat", &data.concat())].concat()
}
