mod samples;

use chat::media_type::MediaType;
use image::{AnimationDecoder, ImageFormat, codecs::png::PngDecoder};

pub use self::samples::{apng, gif, heic, jpeg, png, tiff, webp};
use self::samples::{bomb, chunk, deflated, encoded, exif, jpeg_with, picture, png_with};
use super::{Shown, Upright, survey};
use crate::attachments::Refused;

/// As an upload is looked at.
fn upright(kind: MediaType, bytes: Vec<u8>) -> Result<Upright, Refused> {
    let survey = survey::survey(kind, &bytes)?;
    super::upright(kind, bytes, &survey)
}

fn shown(kind: MediaType, bytes: Vec<u8>) -> (Vec<u8>, Shown) {
    let Upright { bytes, shown } = upright(kind, bytes).unwrap();
    (bytes, shown.unwrap())
}

fn has(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

#[test]
fn a_photo_is_turned_upright_and_forgets_the_place() {
    let photo = jpeg_with(6);
    assert!(has(&photo, b"secret place"));
    let (bytes, shown) = shown(MediaType::Jpeg, photo);
    assert_eq!((shown.width, shown.height), (32, 64));
    for bytes in [&bytes, &shown.thumbnail] {
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
    let (bytes, shown) = shown(MediaType::Png, bytes);
    assert!(!has(&bytes, b"script"));
    assert_eq!(image::load_from_memory(&bytes).unwrap(), image);
    assert_eq!((shown.width, shown.height), (700, 350));
    let thumbnail = image::load_from_memory(&shown.thumbnail).unwrap();
    assert_eq!((thumbnail.width(), thumbnail.height()), (480, 240));
}

fn gif_frames(bytes: &[u8]) -> usize {
    bytes.windows(3).filter(|w| w == b"\x21\xf9\x04").count()
}

#[test]
fn a_gif_goes_on_moving_without_its_comment() {
    let mut bytes = gif(3);
    assert_eq!(bytes.pop(), Some(0x3b));
    bytes.extend_from_slice(b"\x21\xfe\x09<b>hi</b>\0\x3b<script>");
    let (out, shown) = shown(MediaType::Gif, bytes.clone());
    assert!(!has(&out, b"<b>") && !has(&out, b"script"));
    assert!(has(&out, b"NETSCAPE2.0"));
    assert_eq!(gif_frames(&out), 3);
    assert_eq!((shown.width, shown.height), (20, 10));
    let cut = bytes.len() / 2;
    assert_eq!(
        upright(MediaType::Gif, bytes[..cut].to_vec()).unwrap_err(),
        Refused::Broken
    );
}

#[test]
fn a_gif_without_its_last_byte_is_whole() {
    let whole = gif(3);
    let (out, _) = shown(MediaType::Gif, whole[..whole.len() - 1].to_vec());
    assert_eq!(out, whole);
    let cut = whole[..whole.len() - 2].to_vec();
    assert_eq!(upright(MediaType::Gif, cut).unwrap_err(), Refused::Broken);
}

#[test]
fn a_png_that_moves_goes_on_moving_without_its_words() {
    let mut bytes = apng(3);
    let words = chunk(b"tEXt", b"Comment\0the secret place");
    let at = bytes.len() - 12;
    bytes.splice(at..at, words);
    let (out, shown) = shown(MediaType::Png, bytes);
    assert!(!has(&out, b"secret"));
    assert_eq!((shown.width, shown.height), (20, 10));
    let decoder = PngDecoder::new(std::io::Cursor::new(&out)).unwrap();
    assert!(decoder.is_apng().unwrap());
    let frames = decoder.apng().unwrap().into_frames().collect_frames();
    assert_eq!(frames.unwrap().len(), 3);
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
        let (bytes, shown) = shown(MediaType::Webp, with(orientation));
        assert_eq!((shown.width, shown.height), size);
        let image = image::load_from_memory(&bytes).unwrap();
        assert_eq!(
            (
                i32::try_from(image.width()).unwrap(),
                i32::try_from(image.height()).unwrap()
            ),
            size
        );
        for gone in [&b"secret"[..], b"EXIF", b"XMP ", b"script"] {
            assert!(!has(&bytes, gone));
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

#[test]
fn a_picture_that_would_fill_the_memory_is_not_decoded() {
    for (width, height) in [
        (19_000, 19_000),
        (4_000_000, 1),
        (1, 30_000),
        (60_000, 60_000),
    ] {
        let refused = upright(MediaType::Png, bomb(width, height)).unwrap_err();
        assert_eq!(refused, Refused::TooCostly, "{width} x {height}");
    }
}

#[test]
fn a_jpeg_cut_off_behind_its_thumbnail_is_broken() {
    let thumbnail = jpeg();
    let exif = [b"Exif\0\0", &exif(1)[..], &thumbnail].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let large = encoded(&picture(640, 320).to_rgb8().into(), ImageFormat::Jpeg);
    let photo = [&large[..2], b"\xff\xe1", &length, &exif, &large[2..]].concat();
    shown(MediaType::Jpeg, photo.clone());
    let head = 6 + exif.len();
    for length in (head..photo.len() - 1).step_by(97) {
        let refused = upright(MediaType::Jpeg, photo[..length].to_vec()).unwrap_err();
        assert_eq!(refused, Refused::Broken, "{length}");
    }
}

#[test]
fn an_image_without_its_last_part_is_broken() {
    let mut animated = apng(3);
    animated.truncate(animated.len() - 12);
    let mut png = png();
    png.truncate(png.len() - 12);
    let webp = encoded(&picture(64, 32), ImageFormat::WebP);
    let tiff = encoded(&picture(64, 32), ImageFormat::Tiff);
    for (kind, bytes) in [
        (MediaType::Png, png),
        (MediaType::Png, animated),
        (MediaType::Webp, webp[..webp.len() - 2].to_vec()),
        (MediaType::Tiff, tiff[..tiff.len() - 2].to_vec()),
    ] {
        assert_eq!(
            upright(kind, bytes).unwrap_err(),
            Refused::Broken,
            "{kind:?}"
        );
    }
}

#[test]
fn a_profile_that_inflates_beyond_measure_is_not_inflated() {
    let (small, large) = (deflated(3), deflated(40));
    let png = |packed: &[u8]| {
        let profile = [b"p\0\0", packed].concat();
        png_with(&chunk(b"iCCP", &profile), b"")
    };
    shown(MediaType::Png, png(&small));
    let refused = upright(MediaType::Png, png(&large)).unwrap_err();
    assert_eq!(refused, Refused::TooCostly);
    // Words are not inflated at all.
    let words = [b"a\0\0", &large[..]].concat();
    let more = [b"a\0\x01\0\0\0", &large[..]].concat();
    let words = [chunk(b"zTXt", &words), chunk(b"iTXt", &more)].concat();
    let (out, _) = shown(MediaType::Png, png_with(&words, &words));
    assert!(out.len() < 1_000);

    let segment = [b"ICC_PROFILE\0\x01\x50", &vec![0; 65_000][..]].concat();
    let length = u16::try_from(segment.len() + 2).unwrap().to_be_bytes();
    let segment = [b"\xff\xe2", &length[..], &segment].concat();
    let jpeg = |segments| [&jpeg()[..2], &segment.repeat(segments), &jpeg()[2..]].concat();
    shown(MediaType::Jpeg, jpeg(3));
    let refused = upright(MediaType::Jpeg, jpeg(70)).unwrap_err();
    assert_eq!(refused, Refused::TooCostly);

    let plain = encoded(&picture(64, 32), ImageFormat::WebP);
    let profile = vec![0; (4 << 20) + 2];
    let size = u32::try_from(profile.len()).unwrap().to_le_bytes();
    let extended = b"VP8X\x0a\0\0\0\x30\0\0\0\x3f\0\0\x1f\0\0";
    let chunks = [extended, &b"ICCP"[..], &size, &profile, &plain[12..]].concat();
    let size = u32::try_from(chunks.len() + 4).unwrap().to_le_bytes();
    let webp = [b"RIFF", &size[..], b"WEBP", &chunks].concat();
    assert_eq!(
        upright(MediaType::Webp, webp).unwrap_err(),
        Refused::TooCostly
    );
}

#[test]
fn a_picture_with_fewer_bits_than_blocks_is_not_decoded() {
    let mut bytes = jpeg();
    let frame = bytes
        .windows(2)
        .position(|marker| marker == b"\xff\xc0")
        .unwrap();
    let size = [7_300_u16.to_be_bytes(), 7_200_u16.to_be_bytes()].concat();
    bytes[frame + 5..frame + 9].copy_from_slice(&size);
    let refused = survey::survey(MediaType::Jpeg, &bytes).unwrap_err();
    assert_eq!(refused, Refused::Broken);
    // Nor a PNG whose lines cannot be in what it has.
    let refused = survey::survey(MediaType::Png, &bomb(6_000, 6_000)).unwrap_err();
    assert_eq!(refused, Refused::Broken);
}

#[test]
fn too_many_passes_and_frames_cost_too_much() {
    let plain = jpeg();
    let scan = plain
        .windows(2)
        .position(|marker| marker == b"\xff\xda")
        .unwrap();
    let scans = plain[scan..plain.len() - 2].repeat(101);
    let bytes = [&plain[..scan], &scans, b"\xff\xd9"].concat();
    let refused = survey::survey(MediaType::Jpeg, &bytes).unwrap_err();
    assert_eq!(refused, Refused::TooCostly);
    for (kind, bytes) in [(MediaType::Gif, gif(2_001)), (MediaType::Png, apng(2_001))] {
        let refused = survey::survey(kind, &bytes).unwrap_err();
        assert_eq!(refused, Refused::TooCostly, "{kind:?}");
    }
    // Few of them, each as large as a wall.
    let mut wall = gif(30);
    let wide = 9_000_u16.to_le_bytes();
    for at in (0..wall.len() - 10).rev() {
        if wall[at..].starts_with(b"\x2c\0\0\0\0\x14\0\x0a\0") {
            wall[at + 5..at + 7].copy_from_slice(&wide);
            wall[at + 7..at + 9].copy_from_slice(&wide);
        }
    }
    let refused = survey::survey(MediaType::Gif, &wall).unwrap_err();
    assert_eq!(refused, Refused::TooCostly);
}

#[test]
fn a_tiff_keeps_its_pixels_and_forgets_the_place() {
    for is_little in [true, false] {
        let bytes = tiff(is_little);
        assert!(has(&bytes, b"secret"));
        let (out, shown) = shown(MediaType::Tiff, bytes.clone());
        assert!(!has(&out, b"secret") && out.len() == bytes.len());
        assert_eq!((shown.width, shown.height), (8, 4));
        let image = image::load_from_memory(&out).unwrap().to_luma8();
        assert!(image.pixels().all(|pixel| pixel.0 == [77]));
        // Directories that lead to each other.
        let mut endless = bytes.clone();
        let (next, main) = (bytes.len() - 4, bytes[4..8].to_vec());
        endless[next..].copy_from_slice(&main);
        upright(MediaType::Tiff, endless).unwrap();
    }
}

#[test]
fn a_heic_keeps_its_picture_and_forgets_the_place() {
    let bytes = heic();
    let Upright { bytes: out, shown } = upright(MediaType::Heic, bytes.clone()).unwrap();
    assert!(shown.is_none());
    assert_eq!(out.len(), bytes.len());
    assert!(has(&bytes, b"secret") && !has(&out, b"secret"));
    assert!(has(&out, b"the picture itself"));
}
