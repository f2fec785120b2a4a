//! Stored files as they are read. Each piece opens its file and closes it again, so a download that
//! nobody reads holds none open, and few are open at a time.

use std::{io, sync::Arc, time::Duration};

use bytes::Bytes;
use chat::ids::AttachmentId;
use futures_util::stream::{self, BoxStream, StreamExt};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use crate::object_store::{Part, Store};

/// For as long a request waits until a file may be opened.
const PATIENCE: Duration = Duration::from_secs(5);
/// The same for what was begun: giving up would cut an answer off.
const LONG_PATIENCE: Duration = Duration::from_mins(1);

/// The store, and how many of its files may be open.
#[derive(Clone, Debug)]
pub struct Stored {
    store: Store,
    open: Arc<Semaphore>,
}

/// A part of a stored file, from here up to there.
#[derive(Clone, Debug)]
struct Piece {
    id: AttachmentId,
    part: Part,
    from: u64,
    end: u64,
}

impl Stored {
    pub fn new(store: Store, open: usize) -> Self {
        let open = Arc::new(Semaphore::new(open));
        Self { store, open }
    }

    /// `None`: there is no such file.
    pub async fn size(&self, id: &AttachmentId, part: Part) -> io::Result<Option<u64>> {
        self.store.size(id, part).await
    }

    /// All that comes behind the first piece is read when it is asked for. An error of the kind
    /// `TimedOut`: too many files are open.
    pub async fn stream(
        &self,
        id: &AttachmentId,
        part: Part,
        (from, count): (u64, u64),
    ) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
        let mut rest = Piece {
            id: id.clone(),
            part,
            from,
            end: from + count,
        };
        let first = self.read(&mut rest, PATIENCE).await?;
        let store = self.clone();
        let others = stream::try_unfold(rest, move |mut rest| {
            let store = store.clone();
            async move {
                if rest.from == rest.end {
                    return Ok(None);
                }
                let piece = store.read(&mut rest, LONG_PATIENCE).await?;
                Ok(Some((piece, rest)))
            }
        });
        Ok(stream::once(async { Ok(first) }).chain(others).boxed())
    }

    /// The first bytes of a file.
    pub async fn beginning(&self, id: &AttachmentId, part: Part, count: u64) -> io::Result<Bytes> {
        let mut piece = Piece {
            id: id.clone(),
            part,
            from: 0,
            end: count,
        };
        self.read(&mut piece, PATIENCE).await
    }

    /// To open one file at a time, for somebody who has been promised that it will be done.
    pub async fn permit(&self) -> io::Result<OwnedSemaphorePermit> {
        self.wait(LONG_PATIENCE).await
    }

    /// One piece, behind which `rest` begins then.
    async fn read(&self, rest: &mut Piece, patience: Duration) -> io::Result<Bytes> {
        let permit = self.wait(patience).await?;
        let count = (rest.end - rest.from).min(self.store.piece_bytes());
        let range = (rest.from, count);
        let bytes = self.store.read(&rest.id, rest.part, range, permit).await?;
        rest.from += count;
        Ok(bytes)
    }

    async fn wait(&self, patience: Duration) -> io::Result<OwnedSemaphorePermit> {
        let permit = timeout(patience, self.open.clone().acquire_owned()).await;
        permit
            .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
            .map_err(io::Error::other)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{ErrorKind, Write};

    use chat::ids::AttachmentId;
    use futures_util::{StreamExt, TryStreamExt};

    use super::Stored;
    use crate::{
        object_store::{Folder, Part, Store},
        settings::{Purpose, Settings, Sources, StoreAddress},
    };

    /// Bytes that are read at a time.
    const PIECE: u64 = 64 << 10;

    fn store(root: &std::path::Path, bytes: &[u8]) -> (Stored, AttachmentId) {
        let (folder, id) = (Folder::at(root), AttachmentId::new("some-id"));
        let settings = Settings::check(Sources::default(), Purpose::Other).unwrap();
        let address = StoreAddress::Folder(root.to_owned());
        let store = Store::at(&settings, Some(&address)).unwrap();
        let (temporary, mut file) = folder.temporary(&id, "upload").unwrap();
        file.write_all(bytes).unwrap();
        temporary.keep(&folder, &id, Part::File).unwrap();
        (Stored::new(store, 1), id)
    }

    #[tokio::test(start_paused = true)]
    async fn a_download_that_nobody_reads_holds_no_file_open() {
        let root = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..3 * PIECE + 5).map(|n| n.to_le_bytes()[0]).collect();
        let (stored, id) = store(root.path(), &bytes);
        let count = bytes.len() as u64;
        let mut unread = Vec::new();
        for _ in 0..20 {
            unread.push(stored.stream(&id, Part::File, (0, count)).await.unwrap());
        }
        assert_eq!(stored.open.available_permits(), 1);
        for download in unread {
            let pieces: Vec<_> = download.try_collect().await.unwrap();
            assert_eq!(pieces.concat(), bytes);
        }
        let part = stored.stream(&id, Part::File, (PIECE - 1, 3)).await;
        let part: Vec<_> = part.unwrap().try_collect().await.unwrap();
        let from = usize::try_from(PIECE).unwrap() - 1;
        assert_eq!(part.concat(), bytes[from..from + 3]);
    }

    #[tokio::test(start_paused = true)]
    async fn who_finds_no_room_is_told_and_what_is_gone_ends_the_answer() {
        let root = tempfile::tempdir().unwrap();
        let (stored, id) = store(root.path(), &vec![7; usize::try_from(2 * PIECE).unwrap()]);
        let taken = stored.permit().await.unwrap();
        let refused = stored.stream(&id, Part::File, (0, 1)).await.err().unwrap();
        assert_eq!(refused.kind(), ErrorKind::TimedOut);
        drop(taken);
        let download = stored.stream(&id, Part::File, (0, 2 * PIECE)).await;
        let mut download = download.unwrap();
        download.next().await.unwrap().unwrap();
        stored.store.remove(&id).await.unwrap();
        download.next().await.unwrap().unwrap_err();
        assert_eq!(stored.size(&id, Part::File).await.unwrap(), None);
    }
}
