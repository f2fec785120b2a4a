//! What is written in the old chat that the marketplace still uses comes over while the bridge to it
//! stands.

use std::time::Duration;

use chat_postgres::TakeOver;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use crate::storage_log::log_storage;

/// Between two looks, when nothing came.
const EVERY: Duration = Duration::from_millis(250);
/// After a failure.
const PAUSE: Duration = Duration::from_secs(1);

/// Until the server drains.
pub async fn take_over(mut old_chat: TakeOver, draining: CancellationToken) {
    let mut was_well = true;
    loop {
        if draining.is_cancelled() {
            return;
        }
        // Not given up half-way: what is committed is told.
        let taken = old_chat.step().await;
        // One line when it begins, not one with every look.
        if let (Err(error), true) = (&taken, was_well) {
            log_storage(error);
        }
        was_well = taken.is_ok();
        let pause = match taken {
            Ok(0) => EVERY,
            Ok(_) => continue,
            Err(_) => PAUSE,
        };
        tokio::select! {
            () = draining.cancelled() => return,
            () = sleep(pause) => {}
        }
    }
}
