//! Keeps the host's own columns of who is online as presence is. It follows the keeper of the leases at
//! its own pace: nobody waits for it, and whatever it misses, the next look at everybody finds, also
//! after a server has died.

use std::time::Duration;

use chat::error::StorageError;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::{context::Context, in_time};
use crate::storage_log::log_storage;

/// Between two looks at everybody.
const EVERY: Duration = Duration::from_secs(10);
/// Comings and goings of a moment are one statement.
const GATHER: Duration = Duration::from_millis(200);

/// Until the server drains; what changes after that the keeper of the leases has written.
pub async fn mirror_to_host(context: Context) {
    let mirror = &context.presence.host_mirror;
    mirror.switch_on();
    let mut often = interval(EVERY);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let written = tokio::select! {
            () = context.draining.cancelled() => return,
            _ = often.tick() => in_time(context.chat.leases.mirror(None)).await.map(drop),
            () = mirror.wake.notified() => {
                sleep(GATHER).await;
                write_changed(&context).await
            }
        };
        if let Err(error) = written {
            log_storage(&error);
        }
    }
}

/// All that is known to have changed.
pub async fn write_changed(context: &Context) -> Result<(), StorageError> {
    loop {
        let users = context.presence.host_mirror.take();
        if users.is_empty() {
            return Ok(());
        }
        in_time(context.chat.leases.mirror(Some(&users))).await?;
    }
}
