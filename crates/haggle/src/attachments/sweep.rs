//! Removes uploads that were never sent, and files of conversations that are deleted.

use std::{io, time::Duration};

use chat::{error::StorageError, limits::UNSENT_SECONDS};
use tokio::task::spawn_blocking;

use crate::app::App;

/// Between two looks.
const EVERY: Duration = Duration::from_mins(10);
/// Files that are removed in one go.
const AT_ONCE: i64 = 200;
/// After which nobody is still receiving a file.
const LEFT_BEHIND: Duration = Duration::from_hours(24);

#[derive(Debug, thiserror::Error)]
enum SweepError {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Store(#[from] io::Error),
}

/// Until the server drains.
pub async fn sweep(app: App) {
    let mut often = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            () = app.draining.cancelled() => return,
            _ = often.tick() => {}
        }
        if let Err(error) = once(&app).await {
            tracing::warn!(%error, "uploads that are over could not be removed");
        }
    }
}

/// First they are there for nobody, then their bytes go, then what is known of them: a
/// server that dies between two of these goes on later.
async fn once(app: &App) -> Result<(), SweepError> {
    let uploads = &app.chat.uploads;
    let before = app.chat.clock.now().plus_seconds(-UNSENT_SECONDS);
    while !app.draining.is_cancelled() {
        let ids = uploads.give_up(before, AT_ONCE).await?;
        if ids.is_empty() {
            break;
        }
        let (folder, over) = (app.attachments.folder.clone(), ids.clone());
        let remove = move || over.iter().try_for_each(|id| folder.remove(id));
        blocking(remove).await?;
        uploads.forget(&ids).await?;
        tracing::info!(count = ids.len(), "removed files that are over");
    }
    let folder = app.attachments.folder.clone();
    blocking(move || folder.remove_leftovers(LEFT_BEHIND)).await?;
    Ok(())
}

async fn blocking(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> io::Result<()> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
