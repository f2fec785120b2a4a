//! Whose turn it is to write into an upload, at this server. The newest request has it: the one
//! before may hang on a connection that is gone.

use std::{sync::Arc, time::Duration};

use chat::ids::UploadId;
use dashmap::DashMap;
use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::timeout,
};
use tokio_util::sync::CancellationToken;

/// Whoever had the turn keeps what has come, for as long at most.
const PATIENCE: Duration = Duration::from_secs(10);

type Uploads = Arc<DashMap<UploadId, Upload>>;

#[derive(Debug, Default)]
struct Upload {
    /// Tells whoever came last that somebody else has come.
    newest: CancellationToken,
    turn: Arc<Mutex<()>>,
}

#[derive(Debug, Default)]
pub struct Turns {
    uploads: Uploads,
}

/// Given back when it is dropped.
#[derive(Debug)]
pub struct WriteTurn {
    id: UploadId,
    uploads: Uploads,
    turn: Arc<Mutex<()>>,
    guard: Option<OwnedMutexGuard<()>>,
    /// Cancelled: somebody else wants it.
    pub wanted: CancellationToken,
}

impl Turns {
    /// `None`: whoever has it does not give it back, or somebody newer has come.
    pub async fn enter(&self, id: &UploadId) -> Option<WriteTurn> {
        let wanted = CancellationToken::new();
        let turn = {
            let mut upload = self.uploads.entry(id.clone()).or_default();
            std::mem::replace(&mut upload.newest, wanted.clone()).cancel();
            upload.turn.clone()
        };
        let mut own = WriteTurn {
            id: id.clone(),
            uploads: self.uploads.clone(),
            turn,
            guard: None,
            wanted,
        };
        let guard = timeout(PATIENCE, own.turn.clone().lock_owned()).await;
        own.guard = Some(guard.ok()?);
        (!own.wanted.is_cancelled()).then_some(own)
    }
}

impl Drop for WriteTurn {
    fn drop(&mut self) {
        self.guard = None;
        // The map has one, and this.
        let is_unused = |_: &UploadId, upload: &Upload| Arc::strong_count(&upload.turn) == 2;
        self.uploads.remove_if(&self.id, is_unused);
    }
}

#[cfg(test)]
mod tests {
    use chat::ids::UploadId;

    use super::Turns;

    #[tokio::test(start_paused = true)]
    async fn the_newest_has_the_turn_once_the_one_before_gives_it_back() {
        let turns = Turns::default();
        let id = UploadId::new("one");
        let first = turns.enter(&id).await.unwrap();
        assert!(!first.wanted.is_cancelled());
        let other = turns.enter(&UploadId::new("other")).await.unwrap();
        let wanted = first.wanted.clone();
        let (second, third, ()) = tokio::join!(turns.enter(&id), turns.enter(&id), async {
            wanted.cancelled().await;
            drop(first);
        });
        assert!(second.is_none(), "somebody newer has come");
        assert!(turns.enter(&id).await.is_none(), "it is not given back");
        drop((third.unwrap(), other));
        assert!(turns.uploads.is_empty(), "nothing is kept of what is over");
    }
}
