//! What comes of an upload in one request, until it is kept.

use std::io;

use bytes::Bytes;
use chat::{
    ids::{AttachmentId, UploadId},
    storage::PartialUpload,
};
use tokio::{
    fs::File,
    io::{AsyncReadExt, AsyncWriteExt},
    task::spawn_blocking,
};

use super::Incoming;
use crate::object_store::{Store, Temporary};

/// So much is kept at a time: a server that is killed loses no more of a request.
pub const PIECE_BYTES: i64 = 5 << 20;
/// A smaller one is made larger by what comes next, or there would be any number of them.
const LEAST_BYTES: i64 = 1 << 20;
/// Bytes that are copied at a time.
const COPIED: usize = 256 << 10;

#[derive(Debug)]
pub struct Piece {
    store: Store,
    /// Of the piece alone.
    name: String,
    temporary: Temporary,
    file: File,
    from: i64,
    to: i64,
    /// The last one before, which is part of this one now.
    replaced: Option<String>,
}

/// Where the bytes of a piece stand in its upload, as its name says.
fn span(name: &str) -> Option<(i64, i64)> {
    let mut numbers = name.split('-').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

fn broken() -> io::Error {
    io::Error::other("a piece of an upload has another size than its name says")
}

impl Piece {
    /// Behind what is here already. `id` is nobody else's.
    pub async fn behind(store: &Store, upload: &PartialUpload, id: String) -> io::Result<Self> {
        let (spool, named) = (store.spool().clone(), AttachmentId::new(id.as_str()));
        let made = spawn_blocking(move || spool.temporary(&named, "piece")).await;
        let (temporary, file) = made.map_err(io::Error::other)??;
        let mut piece = Self {
            store: store.clone(),
            name: id,
            temporary,
            file: File::from_std(file),
            from: upload.received,
            to: upload.received,
            replaced: None,
        };
        let last = upload.pieces.last();
        let small = last.and_then(|name| Some((name, span(name)?)));
        if let Some((name, (from, to))) = small.filter(|(_, (from, to))| to - from < LEAST_BYTES) {
            let count = u64::try_from(to - from).map_err(io::Error::other)?;
            let bytes = store.read_piece((&upload.id, name), (0, count)).await?;
            piece.file.write_all(&bytes).await?;
            piece.from = from;
            piece.replaced = Some(name.clone());
        }
        Ok(piece)
    }

    /// Where it ends in its upload.
    pub fn to(&self) -> i64 {
        self.to
    }

    pub fn is_full(&self) -> bool {
        self.to - self.from >= PIECE_BYTES
    }

    pub async fn write(&mut self, bytes: &Bytes) -> io::Result<()> {
        self.file.write_all(bytes).await?;
        self.to += i64::try_from(bytes.len()).map_err(io::Error::other)?;
        Ok(())
    }

    /// Keeps it. The pieces of its upload from now on, and the one that is none any more.
    pub async fn keep(
        mut self,
        upload: &PartialUpload,
    ) -> io::Result<(Vec<String>, Option<String>)> {
        self.file.flush().await?;
        let name = format!("{}-{}-{}", self.from, self.to, self.name);
        self.store
            .keep_piece(self.temporary, &upload.id, &name)
            .await?;
        let mut pieces = upload.pieces.clone();
        if self.replaced.is_some() {
            pieces.pop();
        }
        pieces.push(name);
        Ok((pieces, self.replaced))
    }

    /// Hands all of its upload on, itself last. `false`: that is more than an upload may have.
    pub async fn hand_on(
        mut self,
        upload: &PartialUpload,
        incoming: &mut Incoming<'_>,
    ) -> io::Result<bool> {
        self.file.flush().await?;
        let mut whole = upload.pieces.as_slice();
        if self.replaced.is_some() {
            whole = whole.split_last().map_or(whole, |(_, others)| others);
        }
        for name in whole {
            if !copy(&self.store, &upload.id, name, incoming).await? {
                return Ok(false);
            }
        }
        let mut file = File::open(self.temporary.path()).await?;
        let mut bytes = vec![0; COPIED];
        loop {
            let count = file.read(&mut bytes).await?;
            if count == 0 {
                return Ok(true);
            }
            if !incoming
                .write(&Bytes::copy_from_slice(&bytes[..count]))
                .await?
            {
                return Ok(false);
            }
        }
    }
}

async fn copy(
    store: &Store,
    upload: &UploadId,
    name: &str,
    incoming: &mut Incoming<'_>,
) -> io::Result<bool> {
    let (from, to) = span(name).ok_or_else(broken)?;
    let size = u64::try_from(to - from).map_err(io::Error::other)?;
    let mut at = 0;
    while at < size {
        let count = (size - at).min(COPIED as u64);
        let bytes = store.read_piece((upload, name), (at, count)).await?;
        if !incoming.write(&bytes).await? {
            return Ok(false);
        }
        at += count;
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn a_name_says_where_its_bytes_stand() {
        assert_eq!(span("5-12-01900000-0000-7000"), Some((5, 12)));
        assert_eq!(span("x-12-0"), None);
    }
}
