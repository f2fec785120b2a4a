//! Changes that the people in a conversation hear of.

use std::{fmt, sync::Arc};

use chat::{
    ids::ConversationId,
    publisher::Publisher,
    storage::{Result, Storage, Writer},
};

use crate::{PgStorage, error::storage_error, write::queue::WriteQueue};

/// Owns the way by which the world hears of a change.
pub struct PgWriter {
    pub(crate) storage: Arc<PgStorage>,
    pub(crate) queue: WriteQueue,
}

impl fmt::Debug for PgWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PgWriter")
    }
}

impl Storage for PgStorage {
    type Writer = PgWriter;

    /// Runs until [`PgWriter::close`].
    fn writer(self: &Arc<Self>, publisher: Arc<dyn Publisher>) -> Arc<PgWriter> {
        let pool = self.pool.for_changes();
        Arc::new(PgWriter {
            queue: WriteQueue::start(&pool, self.changes_at_once, publisher, self.wakes.clone()),
            storage: self.clone(),
        })
    }
}

impl Writer for PgWriter {}

impl PgWriter {
    /// Finishes the changes that wait. Before the storage closes.
    pub async fn close(&self) {
        self.queue.close().await;
    }

    /// Changes that wait.
    pub fn waiting(&self) -> usize {
        self.queue.waiting()
    }

    /// A change, in time. Waits until it is known where the caller may read. One that failed may
    /// have been committed all the same, and then nobody has heard of it.
    pub(crate) async fn change<T>(
        &self,
        conversation: &ConversationId,
        change: impl Future<Output = std::result::Result<T, sqlx::Error>>,
    ) -> Result<T> {
        let done = self.change_many(change).await;
        if done.is_err() {
            self.queue.unconfirmed([conversation.clone()]);
        }
        done
    }

    /// The same of many conversations, by a change that itself says which of them are in doubt.
    pub(crate) async fn change_many<T>(
        &self,
        change: impl Future<Output = std::result::Result<T, sqlx::Error>>,
    ) -> Result<T> {
        let done = self.storage.pool.ask(change).await;
        self.queue.settle().await;
        done.map_err(storage_error)
    }
}
