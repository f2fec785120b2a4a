//! What becomes of an upload whose type is known.

use std::{
    fs,
    io::{self, Write},
};

use chat::{
    attachment::{Attachment, FileState, Pixels, file_name},
    ids::AttachmentId,
};

use super::{
    Refused,
    image::{self, Upright, claim::Survey},
    sniff::Sniffed,
};
use crate::object_store::{Folder, Temporary};

pub struct Examined {
    pub attachment: Attachment,
    pub file: Temporary,
    pub thumbnail: Option<Temporary>,
}

/// Blocks, for an image as long as decoding takes. `survey`: it is an image.
pub fn examine(
    folder: &Folder,
    id: &AttachmentId,
    sniffed: Sniffed,
    name: &str,
    upload: Temporary,
    survey: Option<&Survey>,
) -> io::Result<Result<Examined, Refused>> {
    let Sniffed { kind, charset } = sniffed;
    let mut attachment = Attachment {
        id: id.clone(),
        name: file_name(name, kind),
        kind,
        charset,
        size: 0,
        pixels: None,
        has_thumbnail: false,
        state: FileState::Open,
        link: None,
    };
    let (mut file, mut thumbnail) = (upload, None);
    if let Some(survey) = survey {
        let upright = match image::upright(kind, fs::read(file.path())?, survey) {
            Ok(upright) => upright,
            Err(refused) => return Ok(Err(refused)),
        };
        let Upright { bytes, shown } = upright;
        file = written(folder, id, "image", &bytes)?;
        if let Some(shown) = shown {
            attachment.pixels = Some(Pixels {
                width: shown.width,
                height: shown.height,
            });
            attachment.has_thumbnail = true;
            thumbnail = Some(written(folder, id, "thumbnail", &shown.thumbnail)?);
        }
    }
    let size = fs::metadata(file.path())?.len();
    attachment.size = i64::try_from(size).unwrap_or(i64::MAX);
    Ok(Ok(Examined {
        attachment,
        file,
        thumbnail,
    }))
}

fn written(folder: &Folder, id: &AttachmentId, what: &str, bytes: &[u8]) -> io::Result<Temporary> {
    let (temporary, mut file) = folder.temporary(id, what)?;
    file.write_all(bytes)?;
    Ok(temporary)
}
