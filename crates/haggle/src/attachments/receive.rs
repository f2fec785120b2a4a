//! From the wire to a file beside the others, piece by piece.

use std::{fs, io, sync::Arc};

use bytes::Bytes;
use chat::{
    attachment::{Attachment, FileState},
    ids::{AttachmentId, UserId},
};
use tokio::{
    fs::File,
    io::AsyncWriteExt,
    sync::OwnedSemaphorePermit,
    task::{JoinError, spawn_blocking},
};
use tokio_util::io::ReaderStream;

use super::{
    Attachments, Busy, Refused, Stored,
    admission::Place,
    examine::{Examined, examine},
    image::{claim::Survey, survey::survey},
    sniff::sniff,
};
use crate::{
    object_store::{Part, Store, Temporary},
    scanner::Found,
};

/// Bytes of a file that the scanner is shown at a time.
const SCANNED_PIECE: usize = 64 << 10;

/// Why an upload comes to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    #[error("{0}")]
    Refused(Refused),
    /// The scanner calls what it found like this.
    #[error("infected: {0}")]
    Infected(String),
    #[error("no place")]
    Busy(Busy),
    #[error(transparent)]
    Store(#[from] io::Error),
}

impl From<Refused> for Failed {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Busy> for Failed {
    fn from(busy: Busy) -> Self {
        Self::Busy(busy)
    }
}

/// A place among the uploads that arrive.
#[derive(Debug)]
pub struct Reception<'a> {
    attachments: &'a Attachments,
    person: UserId,
    shared: OwnedSemaphorePermit,
    own: Place,
}

/// An upload that is arriving.
#[derive(Debug)]
pub struct Incoming<'a> {
    reception: Reception<'a>,
    id: AttachmentId,
    temporary: Temporary,
    file: File,
    bytes: u64,
}

/// An upload that may be kept.
#[derive(Debug)]
pub struct Accepted {
    pub attachment: Attachment,
    store: Store,
    stored: Stored,
    file: Temporary,
    thumbnail: Option<Temporary>,
}

impl Attachments {
    /// Waits a while for a place: first for one of this person's, then for one of all.
    pub async fn reception(&self, person: &UserId) -> Result<Reception<'_>, Busy> {
        let own = self.people.enter(person).await?;
        let shared = self.uploads.enter(own.is_first()).await?;
        Ok(Reception {
            attachments: self,
            person: person.clone(),
            shared,
            own,
        })
    }
}

impl<'a> Reception<'a> {
    pub async fn receive(self, id: AttachmentId) -> io::Result<Incoming<'a>> {
        let (folder, named) = (self.attachments.store.spool().clone(), id.clone());
        let made = spawn_blocking(move || folder.temporary(&named, "upload")).await;
        let (temporary, file) = made.map_err(io::Error::other)??;
        Ok(Incoming {
            reception: self,
            id,
            temporary,
            file: File::from_std(file),
            bytes: 0,
        })
    }
}

impl Incoming<'_> {
    /// `false`: that is more than an upload may have.
    pub async fn write(&mut self, piece: &Bytes) -> io::Result<bool> {
        self.bytes += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if self.bytes > self.reception.attachments.most_bytes {
            return Ok(false);
        }
        self.file.write_all(piece).await?;
        Ok(true)
    }

    /// Looks at the whole. An image is turned upright and loses its metadata; it waits for a
    /// decoder, and gives its place among the arriving back for that time. Nothing else does.
    pub async fn finish(mut self, name: String) -> Result<Accepted, Failed> {
        if self.bytes == 0 {
            return Err(Refused::Empty.into());
        }
        self.file.flush().await?;
        drop(self.file);
        let Reception {
            attachments,
            person,
            shared,
            own: _own,
        } = self.reception;
        let (id, temporary) = (self.id, self.temporary);
        let budget = &attachments.budget;

        let looking = Arc::new((shared, budget.look().await?));
        let given = name.clone();
        // The file stays while a task reads it, also when the caller goes away.
        let sniffing = move || Ok((sniff(temporary.path(), &given)?, temporary));
        let (sniffed, temporary) = work(sniffing, looking.clone()).await?;
        let sniffed = sniffed?;
        if !attachments.allowed.contains(&sniffed.kind) {
            return Err(Refused::NotAllowed.into());
        }
        let (store, stored) = (attachments.store.clone(), attachments.stored.clone());
        let examining = move |temporary: Temporary, survey: Option<&Survey>| {
            let examined = examine(store.spool(), &id, sniffed, &name, temporary, survey)?;
            Ok(examined.map(|examined| Accepted::of(examined, store, stored)))
        };
        if !sniffed.kind.is_raster() {
            let examined = work(move || examining(temporary, None), looking).await??;
            return scanned(examined, attachments).await;
        }

        drop(looking);
        let turn = Arc::new(budget.turn(&person).await?);
        let share = budget.share(self.bytes).await?.ok_or(Refused::TooCostly)?;
        let surveying = move || {
            let bytes = fs::read(temporary.path())?;
            Ok((survey(sniffed.kind, &bytes), temporary))
        };
        let (found, temporary): (Result<Survey, Refused>, _) =
            work(surveying, (share, turn.clone())).await?;
        let found = found?;
        let memory = found.memory(self.bytes);
        let share = budget.share(memory).await?.ok_or(Refused::TooCostly)?;
        let decoding = move || examining(temporary, Some(&found));
        scanned(work(decoding, (share, turn)).await??, attachments).await
    }
}

/// What the scanner cannot say now is held, until it can.
async fn scanned(mut accepted: Accepted, attachments: &Attachments) -> Result<Accepted, Failed> {
    let Some(scanner) = &attachments.scanner else {
        return Ok(accepted);
    };
    let bytes = tokio::fs::File::open(accepted.file.path()).await?;
    match scanner
        .scan(ReaderStream::with_capacity(bytes, SCANNED_PIECE))
        .await
    {
        Ok(Found::Nothing) => Ok(accepted),
        Ok(Found::Something(name)) => Err(Failed::Infected(name)),
        Err(error) => {
            tracing::warn!(%error, "a file is held: the scanner does not say whether it is clean");
            accepted.attachment.state = FileState::Held;
            Ok(accepted)
        }
    }
}

/// On a thread that may block. What it holds is given back when it is over, not when the
/// caller goes away. A decoder that gives up on a file says that this is broken.
async fn work<T: Send + 'static>(
    what: impl FnOnce() -> io::Result<T> + Send + 'static,
    held: impl Send + 'static,
) -> Result<T, Failed> {
    let done = spawn_blocking(move || {
        let done = what();
        drop(held);
        done
    });
    match done.await {
        Ok(done) => Ok(done?),
        Err(error) => Err(given_up(&error)),
    }
}

fn given_up(error: &JoinError) -> Failed {
    if error.is_panic() {
        tracing::error!("a file could not be read");
        return Refused::Broken.into();
    }
    Failed::Store(io::Error::other("the server ends"))
}

impl Accepted {
    fn of(examined: Examined, store: Store, stored: Stored) -> Self {
        let Examined {
            attachment,
            file,
            thumbnail,
        } = examined;
        Self {
            attachment,
            store,
            stored,
            file,
            thumbnail,
        }
    }

    /// Once storage knows of it, so that nothing is kept that nobody would remove.
    pub async fn keep(self) -> io::Result<()> {
        let permit = Arc::new(self.stored.permit().await?);
        let id = &self.attachment.id;
        if let Some(thumbnail) = self.thumbnail {
            let kept = self
                .store
                .keep(thumbnail, id, Part::Thumbnail, permit.clone());
            kept.await?;
        }
        self.store.keep(self.file, id, Part::File, permit).await
    }
}
