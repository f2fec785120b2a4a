use chat::attachment::MediaType;
use image::{
    DynamicImage, Frame, ImageFormat, Rgba, RgbaImage,
    codecs::{
        gif::{GifEncoder, Repeat},
        png::PngEncoder,
    },
};

use super::{Upright, upright};
use crate::attachments::Refused;

/// Red on the left, blue on the right.
fn picture(width: u32, height: u32) -> DynamicImage {
    let color = |x| {
        if x < width / 2 {
            [255, 0, 0, 255]
        } else {
            [0, 0, 255, 255]
        }
    };
    RgbaImage::from_fn(width, height, |x, _| Rgba(color(x))).into()
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn jpeg() -> Vec<u8> {
    encoded(&picture(64, 32).to_rgb8().into(), ImageFormat::Jpeg)
}

/// Exif that says how the camera was held, and where.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(b"the secret place");
    exif
}

fn jpeg_with(orientation: u8) -> Vec<u8> {
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

fn has(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

#[test]
fn a_photo_is_turned_upright_and_forgets_the_place() {
    let photo = jpeg_with(6);
    assert!(has(&photo, b"secret place"));
    let Upright {
        bytes,
        width,
        height,
        thumbnail,
    } = upright(MediaType::Jpeg, photo).unwrap();
    assert_eq!((width, height), (32, 64));
    for bytes in [&bytes, &thumbnail] {
        assert!(!has(bytes, b"Exif") && !has(bytes, b"secret"));
        let image = image::load_from_memory(bytes).unwrap().to_rgb8();
        assert_eq!(image.dimensions(), (32, 64));
        // Turned clockwise: what was left is on top.
        let (top, bottom) = (image.get_pixel(16, 5), image.get_pixel(16, 58));
        assert!(top[0] > 200 && top[2] < 60, "{top:?}");
        assert!(bottom[2] > 200 && bottom[0] < 60, "{bottom:?}");
    }
}

#[test]
fn a_png_keeps_its_pixels_and_nothing_else() {
    let image = picture(700, 350);
    let mut bytes = encoded(&image, ImageFormat::Png);
    bytes.extend_from_slice(b"<script>alert(1)</script>");
    let shown = upright(MediaType::Png, bytes).unwrap();
    assert!(!has(&shown.bytes, b"script"));
    assert_eq!(image::load_from_memory(&shown.bytes).unwrap(), image);
    assert_eq!((shown.width, shown.height), (700, 350));
    let thumbnail = image::load_from_memory(&shown.thumbnail).unwrap();
    assert_eq!((thumbnail.width(), thumbnail.height()), (480, 240));
}

#[test]
fn a_gif_goes_on_moving_without_its_comment() {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    encoder.set_repeat(Repeat::Infinite).unwrap();
    for _ in 0..3 {
        encoder
            .encode_frame(Frame::new(picture(20, 10).to_rgba8()))
            .unwrap();
    }
    drop(encoder);
    assert_eq!(bytes.pop(), Some(0x3b));
    bytes.extend_from_slice(b"\x21\xfe\x09<b>hi</b>\0\x3b<script>");
    let shown = upright(MediaType::Gif, bytes.clone()).unwrap();
    assert!(!has(&shown.bytes, b"<b>") && !has(&shown.bytes, b"script"));
    assert!(has(&shown.bytes, b"NETSCAPE2.0"));
    let frames = |bytes: &[u8]| bytes.windows(3).filter(|w| w == b"\x21\xf9\x04").count();
    assert_eq!(frames(&shown.bytes), 3);
    assert_eq!((shown.width, shown.height), (20, 10));
    let cut = bytes.len() / 2;
    assert_eq!(
        upright(MediaType::Gif, bytes[..cut].to_vec()).unwrap_err(),
        Refused::Broken
    );
}

#[test]
fn a_webp_loses_what_it_says_of_the_camera() {
    let plain = encoded(&picture(64, 32), ImageFormat::WebP);
    let chunk = |name: &[u8; 4], payload: &[u8]| {
        let size = u32::try_from(payload.len()).unwrap().to_le_bytes();
        let padding = vec![0; payload.len() % 2];
        [&name[..], &size, payload, &padding].concat()
    };
    let with = |orientation| {
        let chunks = [
            chunk(b"VP8X", &[0x18, 0, 0, 0, 63, 0, 0, 31, 0, 0]),
            plain[12..].to_vec(),
            chunk(b"EXIF", &exif(orientation)),
            chunk(b"XMP ", b"the secret place"),
        ]
        .concat();
        let size = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
        [b"RIFF", &size[..], b"WEBP", &chunks, b"<script>"].concat()
    };
    for (orientation, size) in [(1, (64, 32)), (8, (32, 64))] {
        let shown = upright(MediaType::Webp, with(orientation)).unwrap();
        assert_eq!((shown.width, shown.height), size);
        let image = image::load_from_memory(&shown.bytes).unwrap();
        assert_eq!(
            (
                i32::try_from(image.width()).unwrap(),
                i32::try_from(image.height()).unwrap()
            ),
            size
        );
        for gone in [&b"secret"[..], b"EXIF", b"XMP ", b"script"] {
            assert!(!has(&shown.bytes, gone));
        }
    }
}

#[test]
fn what_is_cut_off_is_broken() {
    let png = encoded(&picture(64, 32), ImageFormat::Png);
    let webp = encoded(&picture(64, 32), ImageFormat::WebP);
    for (kind, bytes) in [
        (MediaType::Png, png),
        (MediaType::Jpeg, jpeg()),
        (MediaType::Webp, webp),
    ] {
        for length in [12, bytes.len() / 2, bytes.len() - 20] {
            let refused = upright(kind, bytes[..length].to_vec()).unwrap_err();
            assert_eq!(refused, Refused::Broken, "{kind:?} {length}");
        }
    }
}

/// A PNG that says it is this large, with next to nothing in it.
fn bomb(width: u32, height: u32) -> Vec<u8> {
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
fn crc32(bytes: &[u8]) -> u32 {
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

#[test]
fn a_picture_that_would_fill_the_memory_is_not_decoded() {
    for (width, height) in [
        (19_000, 19_000),
        (4_000_000, 1),
        (1, 30_000),
        (60_000, 60_000),
    ] {
        let refused = upright(MediaType::Png, bomb(width, height)).unwrap_err();
        assert_eq!(refused, Refused::TooLarge, "{width} x {height}");
    }
}
