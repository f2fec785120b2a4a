//! A conversation that one change has for itself: the turn of its worker, and the lock on its row.

use chat::{event::Event, ids::ConversationId};
use sqlx::PgConnection;
use tokio::sync::MutexGuard;

use super::{queue::WriteQueue, transaction::wait_for};
use crate::{PgWriter, pool::Transaction};

/// Dropped, it changed nothing.
pub(crate) struct Held<'a> {
    transaction: Transaction,
    queue: &'a WriteQueue,
    _turn: MutexGuard<'a, ()>,
}

impl<'a> Held<'a> {
    pub async fn take(
        writer: &'a PgWriter,
        conversation: &ConversationId,
    ) -> Result<Self, sqlx::Error> {
        let turn = writer.queue.turn(conversation).await;
        let mut transaction = writer.storage.pool.begin().await?;
        wait_for(&mut transaction, &[conversation.to_string()]).await?;
        Ok(Self {
            transaction,
            queue: &writer.queue,
            _turn: turn,
        })
    }

    pub fn db(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }

    /// Commits, and publishes in this order.
    pub async fn commit(self, events: Vec<Event>) -> Result<(), sqlx::Error> {
        self.transaction.commit().await?;
        for event in events {
            self.queue.publish(event);
        }
        Ok(())
    }
}
