//! What hangs on people and products that the marketplace has deleted in its own tables goes, where no
//! foreign key sees to it.

use std::time::Duration;

use chat::Chat;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::storage_log::log_storage;

/// Between two looks. Somebody is gone after the second one that misses them.
const EVERY: Duration = Duration::from_secs(10);

/// Until the server drains.
pub async fn remove(chat: Chat, draining: CancellationToken) {
    let mut often = interval(EVERY);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut was_well = true;
    loop {
        tokio::select! {
            () = draining.cancelled() => return,
            _ = often.tick() => {}
        }
        let removed = once(&chat, &draining).await;
        // One line when it begins, not one every ten seconds.
        if let (Err(error), true) = (&removed, was_well) {
            log_storage(error);
        }
        was_well = removed.is_ok();
    }
}

async fn once(chat: &Chat, draining: &CancellationToken) -> Result<(), chat::error::StorageError> {
    while !draining.is_cancelled() {
        let count = chat.directory_editor.remove_orphans().await?;
        if count == 0 {
            return Ok(());
        }
        tracing::info!(
            count,
            "removed what hung on people and products that are gone"
        );
    }
    Ok(())
}
