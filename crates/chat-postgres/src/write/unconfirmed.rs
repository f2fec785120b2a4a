//! Conversations whose readers may not have heard of a change: nobody knows how its commit ended,
//! or the database went away between the commit and the news.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chat::{ids::ConversationId, publisher::Publisher};
use tokio::{sync::Notify, time::sleep};

use super::announce::announce;
use crate::pool::Pool;

/// Between two tries to tell them.
const RETRY: Duration = Duration::from_secs(1);

/// Those of one worker.
#[derive(Default)]
pub(crate) struct Unconfirmed {
    conversations: Mutex<HashSet<ConversationId>>,
    wake: Notify,
}

impl Unconfirmed {
    pub fn add(&self, conversation: ConversationId) {
        self.locked().insert(conversation);
        self.wake.notify_one();
    }

    /// Waits until it is time for [`Self::settle`]. Nothing is lost when it is dropped.
    pub async fn due(&self) {
        while self.locked().is_empty() {
            self.wake.notified().await;
        }
        sleep(RETRY).await;
    }

    /// Tells everybody how these conversations are now. What cannot be told stays. The caller has
    /// the turn of the worker.
    pub async fn settle(&self, db: &Pool, publisher: &dyn Publisher) {
        let conversations = self.locked().clone();
        if conversations.is_empty() {
            return;
        }
        if db
            .ask(announce(db, publisher, &conversations))
            .await
            .is_ok()
        {
            let is_settled = |id: &ConversationId| conversations.contains(id);
            self.locked().retain(|id| !is_settled(id));
        }
    }

    fn locked(&self) -> MutexGuard<'_, HashSet<ConversationId>> {
        // Nothing under this lock panics half-way.
        let conversations = self.conversations.lock();
        conversations.unwrap_or_else(PoisonError::into_inner)
    }
}
