//! Images: upright, without metadata, with a thumbnail.

mod bytes;
pub mod claim;
mod gif;
mod heic;
mod jpeg;
mod png;
pub mod survey;
mod tiff;
mod webp;

use std::io::Cursor;

use chat::media_type::MediaType;
use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, ImageResult,
    Limits,
    codecs::{jpeg::JpegEncoder, png::PngEncoder, webp::WebPEncoder},
    metadata::Orientation,
};

use self::claim::{DECODED_BYTES, SIDE, Survey};
use super::Refused;

/// Pixels of a thumbnail's longer side.
const THUMBNAIL: u32 = 480;

/// An image that may be shown.
#[derive(Debug)]
pub struct Upright {
    pub bytes: Vec<u8>,
    /// `None`: nothing here decodes it.
    pub shown: Option<Shown>,
}

/// What was seen of it.
#[derive(Debug)]
pub struct Shown {
    pub width: i32,
    pub height: i32,
    /// JPEG, or PNG where something shines through.
    pub thumbnail: Vec<u8>,
}

/// What an image looks like, and whether it has to be turned.
struct Decoded {
    image: DynamicImage,
    is_turned: bool,
    profile: Option<Vec<u8>>,
}

/// Decodes the image and writes it anew, so that nothing else is left in the file. What may
/// move, or have many pages, keeps its pictures as they are and loses everything beside them.
pub fn upright(kind: MediaType, bytes: Vec<u8>, survey: &Survey) -> Result<Upright, Refused> {
    let broken = Refused::Broken;
    match kind {
        MediaType::Heic => return Ok(unseen(heic::stripped(bytes).ok_or(broken)?)),
        MediaType::Tiff => {
            let seen = survey.is_decodable().then(|| decode(kind, &bytes, true));
            let bytes = tiff::stripped(&bytes).ok_or(broken)?;
            // One in a coding that nothing here knows is as good as others.
            return match seen {
                Some(Ok(decoded)) => shown(bytes, &decoded),
                _ => Ok(unseen(bytes)),
            };
        }
        _ => {}
    }
    // What moves is not turned: nothing here writes it anew.
    let moves = survey.frames > 1;
    let decoded = decode(kind, &bytes, !moves)?;
    let Decoded { image, profile, .. } = &decoded;
    let written = match kind {
        MediaType::Gif => gif::stripped(&bytes).ok_or(broken)?,
        MediaType::Webp if moves || !decoded.is_turned => webp::stripped(&bytes).ok_or(broken)?,
        MediaType::Webp => encode(image, profile.clone(), Format::Webp)?,
        MediaType::Jpeg => encode(image, profile.clone(), Format::Jpeg(90))?,
        _ if moves => png::stripped(&bytes).ok_or(broken)?,
        _ => encode(image, profile.clone(), Format::Png)?,
    };
    drop(bytes);
    shown(written, &decoded)
}

fn unseen(bytes: Vec<u8>) -> Upright {
    Upright { bytes, shown: None }
}

fn shown(bytes: Vec<u8>, decoded: &Decoded) -> Result<Upright, Refused> {
    let side = |pixels: u32| i32::try_from(pixels).map_err(|_| Refused::TooCostly);
    let image = &decoded.image;
    let shown = Shown {
        width: side(image.width())?,
        height: side(image.height())?,
        thumbnail: thumbnail(image, decoded.profile.clone())?,
    };
    let shown = Some(shown);
    Ok(Upright { bytes, shown })
}

fn decode(kind: MediaType, bytes: &[u8], turns: bool) -> Result<Decoded, Refused> {
    let format = match kind {
        MediaType::Png => ImageFormat::Png,
        MediaType::Jpeg => ImageFormat::Jpeg,
        MediaType::Webp => ImageFormat::WebP,
        MediaType::Gif => ImageFormat::Gif,
        MediaType::Tiff => ImageFormat::Tiff,
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
        return Err(Refused::TooCostly);
    }
    let orientation = match decoder.orientation() {
        Ok(orientation) if turns => orientation,
        _ => Orientation::NoTransforms,
    };
    let profile = decoder.icc_profile().ok().flatten().filter(is_rgb);
    let mut image = DynamicImage::from_decoder(decoder).map_err(refused)?;
    image.apply_orientation(orientation);
    Ok(Decoded {
        image,
        is_turned: orientation != Orientation::NoTransforms,
        profile,
    })
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
        ImageError::Limits(_) => Refused::TooCostly,
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
pub mod tests;
