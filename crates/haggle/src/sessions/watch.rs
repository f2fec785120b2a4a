//! The watch: a logout, an expiry or another user in a session closes the sockets that live by it.

use std::{sync::Arc, time::Duration};

use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::registry::Sessions;
use crate::storage_log::log_storage;

const EVERY: Duration = Duration::from_secs(1);

/// Looks every second, until the server drains.
pub async fn watch(sessions: Arc<Sessions>, draining: CancellationToken) {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut was_well = true;
    loop {
        let looked = tokio::select! {
            () = draining.cancelled() => return,
            _ = tick.tick() => sessions.close_ended().await,
        };
        // One line when it begins, not one a second.
        if let (Err(error), true) = (&looked, was_well) {
            log_storage(error);
        }
        was_well = looked.is_ok();
    }
}
