//! Filling the index of messages, after their commit. Each server takes in what it committed itself; now and then
//! one of them looks for what nobody did: what came with an import, or was committed by a server that is gone.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chat::{
    Chat,
    error::StorageError,
    event::{Event, EventKind},
    ids::ConversationId,
    publisher::Publisher,
};
use futures_util::future::BoxFuture;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;

use crate::storage_log::log_storage;

/// Between two looks at what was committed here. What comes in between shares a row of the index.
const EVERY: Duration = Duration::from_secs(2);
/// Between two looks for what nobody took in.
const SWEEP_EVERY: Duration = Duration::from_mins(1);
/// Conversations of one transaction.
const TOGETHER: usize = 100;
/// The index has one part in so many of this task's time, so that sends do not feel it,
const REST: u32 = 8;
/// but is never without for longer.
const LONGEST_REST: Duration = Duration::from_millis(400);
/// Conversations that are remembered; of more a sweep knows.
const MOST: usize = 50_000;

/// Conversations in which something is new.
#[derive(Debug, Default)]
pub struct Unindexed {
    conversations: Mutex<HashSet<ConversationId>>,
}

impl Unindexed {
    fn add(&self, conversation: &ConversationId) {
        let mut all = self.locked();
        if all.len() < MOST && !all.contains(conversation) {
            all.insert(conversation.clone());
        }
    }

    fn take(&self) -> Vec<ConversationId> {
        std::mem::take(&mut *self.locked()).into_iter().collect()
    }

    fn locked(&self) -> MutexGuard<'_, HashSet<ConversationId>> {
        // Nothing under this lock panics half-way.
        let conversations = self.conversations.lock();
        conversations.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Notes what is committed here on its way to the sockets.
pub struct NotingPublisher {
    inner: Arc<dyn Publisher>,
    unindexed: Arc<Unindexed>,
}

impl NotingPublisher {
    pub fn new(inner: Arc<dyn Publisher>, unindexed: Arc<Unindexed>) -> Self {
        Self { inner, unindexed }
    }
}

impl Publisher for NotingPublisher {
    fn publish(&self, event: Event) {
        if let EventKind::Message { message, .. } | EventKind::MessageUpdated { message, .. } =
            &event.kind
        {
            self.unindexed.add(&message.conversation);
        }
        self.inner.publish(event);
    }

    fn settled(&self) -> Option<BoxFuture<'static, ()>> {
        self.inner.settled()
    }
}

/// Until the server drains.
pub async fn fill(chat: Chat, unindexed: Arc<Unindexed>, draining: CancellationToken) {
    let mut often = interval(EVERY);
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut swept: Option<Instant> = None;
    let mut was_well = true;
    loop {
        tokio::select! {
            () = draining.cancelled() => return,
            _ = often.tick() => {}
        }
        let is_due = swept.is_none_or(|swept| swept.elapsed() >= SWEEP_EVERY);
        let filled = tokio::select! {
            () = draining.cancelled() => return,
            filled = once(&chat, &unindexed, is_due) => filled,
        };
        if is_due && filled.is_ok() {
            swept = Some(Instant::now());
        }
        // One line when it begins, not one every two seconds.
        if let (Err(error), true) = (&filled, was_well) {
            log_storage(error);
        }
        was_well = filled.is_ok();
    }
}

async fn once(chat: &Chat, unindexed: &Unindexed, sweeps: bool) -> Result<(), StorageError> {
    take_in(chat, unindexed, unindexed.take()).await?;
    if !sweeps {
        return Ok(());
    }
    let mut after = None;
    loop {
        let (behind, next) = chat.search.unindexed(after.as_ref()).await?;
        for some in behind.chunks(TOGETHER) {
            take_in(chat, unindexed, some.to_vec()).await?;
            // Meanwhile people write.
            take_in(chat, unindexed, unindexed.take()).await?;
        }
        if next.is_none() {
            return Ok(());
        }
        after = next;
    }
}

async fn take_in(
    chat: &Chat,
    unindexed: &Unindexed,
    conversations: Vec<ConversationId>,
) -> Result<(), StorageError> {
    let mut rest = &conversations[..];
    while !rest.is_empty() {
        let (some, others) = rest.split_at(TOGETHER.min(rest.len()));
        let start = Instant::now();
        match chat.search.index(some).await {
            Ok(left) => left.iter().for_each(|id| unindexed.add(id)),
            Err(error) => {
                for id in rest {
                    unindexed.add(id);
                }
                return Err(error);
            }
        }
        rest = others;
        sleep((start.elapsed() * REST).min(LONGEST_REST)).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{MOST, Unindexed};
    use chat::ids::ConversationId;

    #[test]
    fn there_is_room_for_so_many() {
        let unindexed = Unindexed::default();
        for number in 0..=MOST {
            unindexed.add(&ConversationId::new(number.to_string()));
            unindexed.add(&ConversationId::new(number.to_string()));
        }
        assert_eq!(unindexed.take().len(), MOST);
        assert!(unindexed.take().is_empty());
    }
}
