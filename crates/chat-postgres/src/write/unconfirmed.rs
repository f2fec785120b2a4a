//! Conversations whose readers may not have heard of a change: nobody knows how its commit ended,
//! or the database went away between the commit and the news.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chat::{bus::Bus, ids::ConversationId};
use tokio::{sync::Notify, time::sleep};

use crate::pool::Pool;
use crate::write::announce::announce;

/// Between two tries to tell them.
const RETRY: Duration = Duration::from_secs(1);

/// The doubts of one lane.
#[derive(Default)]
pub(crate) struct Doubts {
    open: Mutex<Open>,
    wake: Notify,
}

#[derive(Default)]
struct Open {
    conversations: HashSet<ConversationId>,
    /// Where to tell; there when there is something to tell.
    bus: Option<Arc<dyn Bus>>,
}

impl Doubts {
    pub fn add(&self, conversation: ConversationId, bus: &Arc<dyn Bus>) {
        let mut open = self.open();
        open.conversations.insert(conversation);
        open.bus = Some(bus.clone());
        drop(open);
        self.wake.notify_one();
    }

    /// Waits until it is time for [`Self::settle`]. Nothing is lost when it is dropped.
    pub async fn due(&self) {
        while self.open().conversations.is_empty() {
            self.wake.notified().await;
        }
        sleep(RETRY).await;
    }

    /// Tells everybody how these conversations are now. What cannot be told stays. The caller has
    /// the turn of the lane.
    pub async fn settle(&self, db: &Pool) {
        let (conversations, bus) = {
            let open = self.open();
            (open.conversations.clone(), open.bus.clone())
        };
        let Some(bus) = bus.filter(|_| !conversations.is_empty()) else {
            return;
        };
        if db.ask(announce(db, &conversations, &bus)).await.is_ok() {
            let settled = |id: &ConversationId| !conversations.contains(id);
            self.open().conversations.retain(settled);
        }
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        // Nothing under this lock panics half-way.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
