//! Where the bytes of files are: a folder, or a bucket of whatever speaks S3. An object is named by
//! the id of its file only, and is there whole or not at all.
//!
//! What arrives is written to a file of this machine first (the spool): it is looked at before
//! anybody else can see it.

mod bucket;
mod copy;
mod folder;
mod https;

use std::{io, time::Duration};

use bytes::Bytes;
use chat::ids::{AttachmentId, UploadId};
use tokio::task::spawn_blocking;

use self::bucket::Bucket;
pub use self::copy::{Copied, copy};
pub use self::folder::{Folder, Part, Temporary, protect};
use crate::settings::{Settings, StoreAddress};

/// Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    /// Of this machine. Objects are here too where there is no bucket.
    spool: Folder,
    bucket: Option<Bucket>,
}

impl Store {
    /// Asks nobody. The reason reads on after the name of the setting.
    pub fn of(settings: &Settings) -> Result<Self, String> {
        Self::at(settings, settings.object_store.as_ref())
    }

    /// At another address than the settings say. `None`: in the data folder.
    pub fn at(settings: &Settings, address: Option<&StoreAddress>) -> Result<Self, String> {
        let own = || Folder::at(&settings.data_dir.join("attachments"));
        let (spool, bucket) = match address {
            None => (own(), None),
            Some(StoreAddress::Folder(path)) => (Folder::at(path), None),
            Some(StoreAddress::Bucket(address)) => (own(), Some(Bucket::new(address)?)),
        };
        Ok(Self { spool, bucket })
    }

    /// What arrives at this machine.
    pub fn spool(&self) -> &Folder {
        &self.spool
    }

    /// Most bytes that are read at a time. A bucket is asked once for each of these.
    pub fn piece_bytes(&self) -> u64 {
        match self.bucket {
            None => 64 << 10,
            Some(_) => 256 << 10,
        }
    }

    /// For operators.
    pub fn describe(&self) -> String {
        match &self.bucket {
            None => self.spool.root().display().to_string(),
            Some(bucket) => bucket.to_string(),
        }
    }

    /// Bytes of an object. `None`: there is no such object.
    pub async fn size(&self, id: &AttachmentId, part: Part) -> io::Result<Option<u64>> {
        if let Some(bucket) = &self.bucket {
            return bucket.size(&name(id, part)).await;
        }
        let (folder, id) = (self.spool.clone(), id.clone());
        blocking(move || folder.size(&id, part)).await
    }

    /// So many bytes of an object, from here; all of them, or an error. `held` is given back when
    /// nothing is open any more, also when nobody waits for this.
    pub async fn read(
        &self,
        id: &AttachmentId,
        part: Part,
        (from, count): (u64, u64),
        held: impl Send + 'static,
    ) -> io::Result<Bytes> {
        if let Some(bucket) = &self.bucket {
            let read = bucket.read(&name(id, part), from, count).await;
            drop(held);
            return read;
        }
        let (folder, id) = (self.spool.clone(), id.clone());
        let read = move || {
            let read = folder.read(&id, part, from, count);
            drop(held);
            read
        };
        Ok(blocking(read).await?.into())
    }

    /// Moves a whole file to its place, durably. It goes on when nobody waits for it any more.
    pub async fn keep(
        &self,
        file: Temporary,
        id: &AttachmentId,
        part: Part,
        held: impl Send + 'static,
    ) -> io::Result<()> {
        if let Some(bucket) = &self.bucket {
            return bucket.put(name(id, part), file, held).await;
        }
        let (folder, id) = (self.spool.clone(), id.clone());
        let keep = move || {
            let kept = file.keep(&folder, &id, part);
            drop(held);
            kept
        };
        blocking(keep).await
    }

    /// Removes all of it; what is not there is no error.
    pub async fn remove(&self, id: &AttachmentId) -> io::Result<()> {
        if let Some(bucket) = &self.bucket {
            for part in Part::ALL {
                bucket.remove(&name(id, part)).await?;
            }
            return Ok(());
        }
        let (folder, id) = (self.spool.clone(), id.clone());
        blocking(move || folder.remove(&id)).await
    }

    /// Keeps a piece of an upload that comes in several requests, as [`Self::keep`] does.
    pub async fn keep_piece(
        &self,
        file: Temporary,
        upload: &UploadId,
        piece: &str,
    ) -> io::Result<()> {
        if let Some(bucket) = &self.bucket {
            return bucket.put(piece_name(upload, piece), file, ()).await;
        }
        let (folder, upload, piece) = (self.spool.clone(), upload.clone(), piece.to_owned());
        blocking(move || file.keep_piece(&folder, &upload, &piece)).await
    }

    /// So many bytes of a piece, from here.
    pub async fn read_piece(
        &self,
        (upload, piece): (&UploadId, &str),
        (from, count): (u64, u64),
    ) -> io::Result<Bytes> {
        if let Some(bucket) = &self.bucket {
            return bucket.read(&piece_name(upload, piece), from, count).await;
        }
        let (folder, upload, piece) = (self.spool.clone(), upload.clone(), piece.to_owned());
        let read = move || folder.read_piece((&upload, &piece), (from, count));
        Ok(blocking(read).await?.into())
    }

    pub async fn remove_piece(&self, upload: &UploadId, piece: &str) -> io::Result<()> {
        if let Some(bucket) = &self.bucket {
            return bucket.remove(&piece_name(upload, piece)).await;
        }
        let (folder, upload, piece) = (self.spool.clone(), upload.clone(), piece.to_owned());
        blocking(move || folder.remove_piece(&upload, &piece)).await
    }

    /// All of an upload, also what nobody knows of.
    pub async fn remove_pieces(&self, upload: &UploadId) -> io::Result<()> {
        if let Some(bucket) = &self.bucket {
            return bucket.remove_below(&piece_name(upload, "")).await;
        }
        let (folder, upload) = (self.spool.clone(), upload.clone());
        blocking(move || folder.remove_pieces(&upload)).await
    }

    /// Puts something, reads it again and removes it.
    pub async fn probe(&self) -> io::Result<()> {
        let folder = self.spool.clone();
        blocking(move || folder.probe()).await?;
        match &self.bucket {
            Some(bucket) => bucket.probe().await,
            None => Ok(()),
        }
    }

    /// Closes what an earlier version left open to others.
    pub async fn close_to_others(&self) -> io::Result<()> {
        let folder = self.spool.clone();
        blocking(move || folder.close_to_others()).await
    }

    /// Removes what a server left behind that died while it received.
    pub async fn remove_leftovers(&self, older_than: Duration) -> io::Result<()> {
        let folder = self.spool.clone();
        blocking(move || folder.remove_leftovers(older_than)).await
    }

    /// Until everything that is being kept is kept.
    pub async fn settle(&self) {
        if let Some(bucket) = &self.bucket {
            bucket.settle().await;
        }
    }
}

/// Ids are made by us; a name is still made of nothing else.
fn name(id: &AttachmentId, part: Part) -> String {
    format!("{}.{}", folder::name_of(id), part.as_str())
}

fn piece_name(upload: &UploadId, piece: &str) -> String {
    format!(
        "resumable/{}/{}",
        folder::plain(upload.as_str()),
        folder::plain(piece)
    )
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
