//! Offers whose time is over are ended, and everybody in the conversation is told.

use std::time::Duration;

use chat::{Chat, answer_offer::expire_offers, error::StorageError};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::storage_log::log_storage;

/// Between two looks: it is told within five seconds, also when one look takes its time.
const EVERY: Duration = Duration::from_secs(2);

/// Until the server drains. Every server looks, and one of them ends an offer.
pub async fn expire(chat: Chat, draining: CancellationToken) {
    let mut often = interval(EVERY);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut was_well = true;
    loop {
        tokio::select! {
            () = draining.cancelled() => return,
            _ = often.tick() => {}
        }
        let expired = once(&chat, &draining).await;
        // One line when it begins, not one with every look.
        if let (Err(error), true) = (&expired, was_well) {
            log_storage(error);
        }
        was_well = expired.is_ok();
    }
}

async fn once(chat: &Chat, draining: &CancellationToken) -> Result<(), StorageError> {
    while !draining.is_cancelled() && expire_offers(chat).await? > 0 {}
    Ok(())
}
