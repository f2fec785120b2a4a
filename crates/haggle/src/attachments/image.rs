//! Images: upright, without metadata, with a thumbnail.

use std::io::Cursor;

use chat::attachment::MediaType;
use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, ImageResult,
    Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
    metadata::Orientation,
};

use super::{Refused, strip};

/// Bytes of a decoded image: 50 megapixels in three colours. Larger ones are refused before
/// they are decoded.
pub const DECODED_BYTES: u64 = 160 << 20;
/// Pixels of a side.
const SIDE: u32 = 20_000;
/// Pixels of a thumbnail's longer side.
const THUMBNAIL: u32 = 480;

/// An image that may be shown.
#[derive(Debug)]
pub struct Upright {
    pub bytes: Vec<u8>,
    pub width: i32,
    pub height: i32,
    /// JPEG, or PNG where something shines through.
    pub thumbnail: Vec<u8>,
}

/// Decodes the image and writes it anew, so that nothing else is left in the file. GIF and
/// WebP, which may move, keep their pictures as they are and lose everything beside them.
pub fn upright(kind: MediaType, bytes: Vec<u8>) -> Result<Upright, Refused> {
    // The decoder would show a picture that was cut off with grey in place of the rest.
    if kind == MediaType::Jpeg && !bytes.windows(2).any(|pair| pair == [0xff, 0xd9]) {
        return Err(Refused::Broken);
    }
    let (mut image, orientation, profile) = decode(kind, &bytes)?;
    image.apply_orientation(orientation);
    let is_turned = orientation != Orientation::NoTransforms;
    let written = match kind {
        MediaType::Gif => strip::gif(&bytes).ok_or(Refused::Broken)?,
        MediaType::Webp if !is_turned => strip::webp(&bytes).ok_or(Refused::Broken)?,
        MediaType::Webp => encode(&image, profile.clone(), Format::Webp)?,
        MediaType::Jpeg => encode(&image, profile.clone(), Format::Jpeg(90))?,
        _ => encode(&image, profile.clone(), Format::Png)?,
    };
    drop(bytes);
    let side = |pixels: u32| i32::try_from(pixels).map_err(|_| Refused::TooLarge);
    Ok(Upright {
        bytes: written,
        width: side(image.width())?,
        height: side(image.height())?,
        thumbnail: thumbnail(&image, profile)?,
    })
}

fn decode(
    kind: MediaType,
    bytes: &[u8],
) -> Result<(DynamicImage, Orientation, Option<Vec<u8>>), Refused> {
    let format = match kind {
        MediaType::Png => ImageFormat::Png,
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Webp => ImageFormat::WebP,
        MediaType::Gif => ImageFormat::Gif,
        _ => return Err(Refused::NotAllowed),
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(2 * DECODED_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(refused)?;
    if decoder.total_bytes() > DECODED_BYTES {
        return Err(Refused::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten().filter(is_rgb);
    let image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    Ok((image, orientation, profile))
}

/// A profile of another colour space does not fit what is decoded (ICC.1, 7.2.6).
#[expect(clippy::ptr_arg, reason = "the form that `filter` asks for")]
fn is_rgb(profile: &Vec<u8>) -> bool {
    profile.get(16..20) == Some(b"RGB ")
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the form that `map_err` asks for"
)]
fn refused(error: ImageError) -> Refused {
    match error {
        ImageError::Limits(_) => Refused::TooLarge,
        _ => Refused::Broken,
    }
}

#[derive(Clone, Copy)]
enum Format {
    /// With this quality of 100.
    Jpeg(u8),
    Png,
    Webp,
}

fn encode(
    image: &DynamicImage,
    profile: Option<Vec<u8>>,
    format: Format,
) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    let written = match format {
        Format::Jpeg(quality) => write(
            image,
            profile,
            JpegEncoder::new_with_quality(&mut out, quality),
        ),
        Format::Png => write(image, profile, PngEncoder::new(&mut out)),
        Format::Webp => write(image, profile, WebPEncoder::new_lossless(&mut out)),
    };
    written.map_err(refused)?;
    Ok(out)
}

fn write(
    image: &DynamicImage,
    profile: Option<Vec<u8>>,
    mut encoder: impl ImageEncoder,
) -> ImageResult<()> {
    if let Some(profile) = profile.filter(|_| image.color().has_color()) {
        // Without it the colours are a little off.
        let _ = encoder.set_icc_profile(profile);
    }
    image.write_with_encoder(encoder)
}

fn thumbnail(image: &DynamicImage, profile: Option<Vec<u8>>) -> Result<Vec<u8>, Refused> {
    let is_small = image.width() <= THUMBNAIL && image.height() <= THUMBNAIL;
    let small = if is_small {
        image.clone()
    } else {
        image.thumbnail(THUMBNAIL, THUMBNAIL)
    };
    if small.color().has_alpha() {
        encode(&small.to_rgba8().into(), profile, Format::Png)
    } else {
        encode(&small.to_rgb8().into(), profile, Format::Jpeg(80))
    }
}

#[cfg(test)]
mod tests;
