//! What becomes of an upload whose type is known.

use std::{
    fs,
    io::{self, Write},
};

use chat::{
    attachment::{Attachment, MediaType, Pixels, file_name},
    ids::AttachmentId,
};

use super::{
    Folder, Refused,
    folder::Temporary,
    image::{self, Upright},
};

pub struct Examined {
    pub attachment: Attachment,
    pub file: Temporary,
    pub thumbnail: Option<Temporary>,
}

/// Blocks, for an image as long as decoding takes.
pub fn examine(
    folder: &Folder,
    id: &AttachmentId,
    kind: MediaType,
    name: &str,
    upload: Temporary,
) -> io::Result<Result<Examined, Refused>> {
    let mut attachment = Attachment {
        id: id.clone(),
        name: file_name(name, kind),
        kind,
        size: 0,
        pixels: None,
        has_thumbnail: kind.is_image(),
    };
    let (file, thumbnail) = if kind.is_image() {
        let upright = match image::upright(kind, fs::read(upload.path())?) {
            Ok(upright) => upright,
            Err(refused) => return Ok(Err(refused)),
        };
        let Upright {
            bytes,
            width,
            height,
            thumbnail,
        } = upright;
        attachment.pixels = Some(Pixels { width, height });
        let file = written(folder, id, "image", &bytes)?;
        (file, Some(written(folder, id, "thumbnail", &thumbnail)?))
    } else {
        (upload, None)
    };
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
