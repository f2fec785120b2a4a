//! What an image asks for, read from its structure before any of it is decoded.

use super::{
    claim::{FRAME_PIXELS, FRAMES, PROFILE_BYTES, SCANS, Survey},
    gif, jpeg, png, tiff, webp,
};
use crate::attachments::Refused;
use chat::media_type::MediaType;

/// Looks at the structure only. Whatever is cut off is broken.
pub fn survey(kind: MediaType, bytes: &[u8]) -> Result<Survey, Refused> {
    let survey = match kind {
        MediaType::Png => png::survey(bytes),
        MediaType::Jpeg => jpeg::survey(bytes),
        MediaType::Gif => gif::survey(bytes),
        MediaType::Webp => webp::survey(bytes),
        MediaType::Tiff => tiff::survey(bytes),
        // It is not decoded.
        MediaType::Heic => return Ok(Survey::default()),
        _ => return Err(Refused::NotAllowed),
    };
    let survey = survey.ok_or(Refused::Broken)?;
    let is_affordable = survey.profile <= PROFILE_BYTES
        && survey.scans <= SCANS
        && survey.frames <= FRAMES
        && survey.frame_pixels <= FRAME_PIXELS
        && (kind == MediaType::Tiff || survey.is_decodable());
    match survey {
        _ if !is_affordable => Err(Refused::TooCostly),
        survey if survey.lacks_data => Err(Refused::Broken),
        survey => Ok(survey),
    }
}
