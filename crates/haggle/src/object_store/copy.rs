//! Objects from one store to another, each compared with what it was copied from.

use std::{
    fs::File,
    io::{self, Write},
};

use aws_lc_rs::digest::{Context, Digest, SHA256};
use chat::ids::AttachmentId;
use tokio::task::spawn_blocking;

use super::{Part, Store, Temporary};

/// Bytes that are in memory at a time.
const PIECE: u64 = 1 << 20;

/// What became of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copied {
    /// So many bytes were copied.
    New(u64),
    /// The same bytes were there already.
    There,
    /// There are none to copy.
    Missing,
}

/// An error: it is not there as it should be.
pub async fn copy(from: &Store, to: &Store, id: &AttachmentId, part: Part) -> io::Result<Copied> {
    let Some(size) = from.size(id, part).await? else {
        return Ok(Copied::Missing);
    };
    if to.size(id, part).await? == Some(size) {
        let is_same = digest(to, id, part, size).await?.as_ref()
            == digest(from, id, part, size).await?.as_ref();
        if is_same {
            return Ok(Copied::There);
        }
    }
    let (temporary, written) = spooled(from, to, id, part, size).await?;
    to.keep(temporary, id, part, ()).await?;
    let is_whole = to.size(id, part).await? == Some(size);
    if is_whole && digest(to, id, part, size).await?.as_ref() == written.as_ref() {
        return Ok(Copied::New(size));
    }
    Err(io::Error::other("what was copied is not what is there"))
}

/// Also on this machine first: a place takes whole files.
async fn spooled(
    from: &Store,
    to: &Store,
    id: &AttachmentId,
    part: Part,
    size: u64,
) -> io::Result<(Temporary, Digest)> {
    let (spool, named) = (to.spool().clone(), id.clone());
    let what = format!("moved-{}", part.as_str());
    let made = spawn_blocking(move || spool.temporary_again(&named, &what));
    let (temporary, mut file) = made.await.map_err(io::Error::other)??;
    let mut context = Context::new(&SHA256);
    let mut at = 0;
    while at < size {
        let count = PIECE.min(size - at);
        let bytes = from.read(id, part, (at, count), ()).await?;
        context.update(&bytes);
        file = written(file, bytes).await?;
        at += count;
    }
    Ok((temporary, context.finish()))
}

async fn written(mut file: File, bytes: bytes::Bytes) -> io::Result<File> {
    let write = spawn_blocking(move || file.write_all(&bytes).map(|()| file));
    write.await.map_err(io::Error::other)?
}

async fn digest(store: &Store, id: &AttachmentId, part: Part, size: u64) -> io::Result<Digest> {
    let mut context = Context::new(&SHA256);
    let mut at = 0;
    while at < size {
        let count = PIECE.min(size - at);
        context.update(&store.read(id, part, (at, count), ()).await?);
        at += count;
    }
    Ok(context.finish())
}
