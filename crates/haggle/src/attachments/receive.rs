//! From the wire to a file beside the others, piece by piece.

use std::io;

use bytes::Bytes;
use chat::{attachment::Attachment, ids::AttachmentId};
use tokio::{fs::File, io::AsyncWriteExt, sync::SemaphorePermit, task::spawn_blocking};

use super::{
    Attachments, Folder, Part, Refused,
    examine::{Examined, examine},
    folder::Temporary,
    sniff::sniff,
};

/// An upload that is arriving.
#[derive(Debug)]
pub struct Incoming<'a> {
    attachments: &'a Attachments,
    id: AttachmentId,
    temporary: Temporary,
    file: File,
    bytes: u64,
    _place: SemaphorePermit<'a>,
}

/// An upload that may be kept.
#[derive(Debug)]
pub struct Accepted {
    pub attachment: Attachment,
    folder: Folder,
    file: Temporary,
    thumbnail: Option<Temporary>,
}

impl Attachments {
    /// Waits for a place among the uploads that are arriving.
    pub async fn receive(&self, id: AttachmentId) -> io::Result<Incoming<'_>> {
        let place = self.uploads.acquire().await.map_err(io::Error::other)?;
        let (folder, named) = (self.folder.clone(), id.clone());
        let made = spawn_blocking(move || folder.temporary(&named, "upload")).await;
        let (temporary, file) = made.map_err(io::Error::other)??;
        Ok(Incoming {
            attachments: self,
            id,
            temporary,
            file: File::from_std(file),
            bytes: 0,
            _place: place,
        })
    }
}

impl Incoming<'_> {
    /// `false`: that is more than an upload may have.
    pub async fn write(&mut self, piece: &Bytes) -> io::Result<bool> {
        self.bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if self.bytes > self.attachments.most_bytes {
            return Ok(false);
        }
        self.file.write_all(piece).await?;
        Ok(true)
    }

    /// Looks at the whole. An image is turned upright and loses its metadata.
    pub async fn finish(mut self, name: String) -> io::Result<Result<Accepted, Refused>> {
        if self.bytes == 0 {
            return Ok(Err(Refused::Empty));
        }
        self.file.flush().await?;
        drop(self.file);
        let Self { id, temporary, .. } = self;
        let (path, given) = (temporary.path().to_owned(), name.clone());
        // The file stays while a task reads it, also when the caller goes away.
        let sniffed = spawn_blocking(move || (sniff(&path, &given), temporary)).await;
        let (kind, temporary) = sniffed.map_err(io::Error::other)?;
        let kind = match kind? {
            Ok(kind) => kind,
            Err(refused) => return Ok(Err(refused)),
        };
        let _turn = if kind.is_image() {
            let images = &self.attachments.images;
            Some(images.acquire().await.map_err(io::Error::other)?)
        } else {
            None
        };
        let folder = self.attachments.folder.clone();
        let examined = move || {
            let examined = examine(&folder, &id, kind, &name, temporary)?;
            Ok(examined.map(|examined| {
                let Examined {
                    attachment,
                    file,
                    thumbnail,
                } = examined;
                Accepted {
                    attachment,
                    folder,
                    file,
                    thumbnail,
                }
            }))
        };
        spawn_blocking(examined).await.map_err(io::Error::other)?
    }
}

impl Accepted {
    /// Once storage knows of it, so that nothing is kept that nobody would remove.
    pub async fn keep(self) -> io::Result<()> {
        let keep = move || {
            let id = &self.attachment.id;
            if let Some(thumbnail) = self.thumbnail {
                thumbnail.keep(&self.folder, id, Part::Thumbnail)?;
            }
            self.file.keep(&self.folder, id, Part::File)
        };
        spawn_blocking(keep).await.map_err(io::Error::other)?
    }
}
