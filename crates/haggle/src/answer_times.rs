//! How long suppliers usually take to answer is worked out now and then, by one server for all.

use std::time::Duration;

use chat::Chat;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::storage_log::log_storage;

/// Between two looks, of whichever server.
const EVERY: Duration = Duration::from_mins(15);
/// Between two questions whether one is due.
const ASK_EVERY: Duration = Duration::from_mins(1);

/// Until the server drains.
pub async fn work_out(chat: Chat, draining: CancellationToken) {
    let mut often = interval(ASK_EVERY);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut was_well = true;
    loop {
        tokio::select! {
            () = draining.cancelled() => return,
            _ = often.tick() => {}
        }
        let worked = tokio::select! {
            () = draining.cancelled() => return,
            worked = chat.answer_times.work_out(EVERY) => worked,
        };
        // One line when it begins, not one a minute.
        if let (Err(error), true) = (&worked, was_well) {
            log_storage(error);
        }
        was_well = worked.is_ok();
    }
}
