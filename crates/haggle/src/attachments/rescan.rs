//! Looks again at files that are held, since the scanner was away when they came.

use std::{io, time::Duration};

use chat::{
    Chat, attachment::Verdict, error::StorageError, ids::AttachmentId, limits::SCAN_SECONDS,
};
use futures_util::StreamExt;
use tokio_util::sync::CancellationToken;

use super::Stored;
use crate::{
    object_store::{Part, Store},
    scanner::{Found, Scanner},
};

/// Between two looks.
const EVERY: Duration = Duration::from_secs(5);
/// Files that are taken in one go.
const AT_ONCE: i64 = 4;

#[derive(Debug, thiserror::Error)]
enum RescanError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Store(#[from] io::Error),
}

#[derive(Debug)]
struct Rescan {
    chat: Chat,
    store: Store,
    stored: Stored,
    scanner: Scanner,
}

/// Until the server drains.
pub async fn rescan(
    chat: Chat,
    store: Store,
    stored: Stored,
    scanner: Scanner,
    draining: CancellationToken,
) {
    let rescan = Rescan {
        chat,
        store,
        stored,
        scanner,
    };
    let mut often = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            () = draining.cancelled() => return,
            _ = often.tick() => {}
        }
        // A file that was begun is looked at again in its time.
        tokio::select! {
            () = draining.cancelled() => return,
            done = rescan.due() => if let Err(error) = done {
                tracing::warn!(%error, "held files could not be looked at");
            }
        }
    }
}

impl Rescan {
    /// All that is due. Nothing is taken while the scanner is away, so what is held waits no longer
    /// than it is.
    async fn due(&self) -> Result<(), RescanError> {
        if self.scanner.version().await.is_err() {
            return Ok(());
        }
        loop {
            let now = self.chat.clock.now();
            let until = now.plus_seconds(SCAN_SECONDS);
            let ids = self.chat.files.take_held(now, until, AT_ONCE).await?;
            if ids.is_empty() {
                return Ok(());
            }
            for id in &ids {
                if let Err(error) = self.look(id).await {
                    tracing::warn!(%error, %id, "a file stays held");
                }
            }
        }
    }

    async fn look(&self, id: &AttachmentId) -> Result<(), RescanError> {
        let Some(size) = self.stored.size(id, Part::File).await? else {
            // It is not there as a whole yet, or has just gone.
            return Ok(());
        };
        let bytes = self.stored.stream(id, Part::File, (0, size)).await?;
        match self.scanner.scan(bytes.boxed()).await? {
            Found::Nothing => {
                self.chat.held_files.settle(id, Verdict::Clean).await?;
                tracing::info!(%id, "a file that was held is clean");
            }
            Found::Something(name) => {
                // First it is there for nobody, then its bytes go.
                if self.chat.held_files.settle(id, Verdict::Infected).await? {
                    tracing::warn!(%id, name, "a file that was held is infected, and removed");
                    self.store.remove(id).await?;
                }
            }
        }
        Ok(())
    }
}
