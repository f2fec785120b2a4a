//! Writes what the audit counted instead of writing it: see [`chat::audit::AuditTrail`].

use std::time::Duration;

use chat::Chat;
use tokio_util::sync::CancellationToken;

/// Between two looks; a minute is over by this much too late at most.
const EVERY: Duration = Duration::from_secs(5);

/// Until the server drains.
pub async fn write(chat: Chat, draining: CancellationToken) {
    let mut often = tokio::time::interval(EVERY);
    loop {
        tokio::select! {
            () = draining.cancelled() => return,
            _ = often.tick() => write_counts(&chat, false).await,
        }
    }
}

/// The minutes that are not over, too.
pub async fn write_all(chat: &Chat) {
    write_counts(chat, true).await;
}

async fn write_counts(chat: &Chat, all: bool) {
    if let Err(error) = chat.audit.write_counts(&*chat.clock, all).await {
        tracing::warn!(%error, "repeats could not be added to the audit; trying again");
    }
}
