//! A conversation that one change has for itself: the turn of its worker, and the lock on its row.

use chat::{event::Event, ids::ConversationId, webhook::Happened};
use sqlx::PgConnection;
use tokio::sync::MutexGuard;

use super::{queue::WriteQueue, transaction::wait_for};
use crate::{
    PgWriter,
    pool::Transaction,
    webhooks::announce::{announce, wanted},
};

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

    /// Commits with what webhooks hear of it, and publishes in this order.
    pub async fn commit(self, events: Vec<Event>) -> Result<(), sqlx::Error> {
        self.commit_with(events, Vec::new()).await
    }

    /// The same, with what webhooks hear beside that.
    pub async fn commit_with(
        mut self,
        events: Vec<Event>,
        beside: Vec<Happened>,
    ) -> Result<(), sqlx::Error> {
        let wanted = wanted(&mut self.transaction).await?;
        if !wanted.is_empty() {
            let happened = events.iter().filter_map(|event| Happened::of(&event.kind));
            announce(&mut self.transaction, &wanted, happened.chain(beside)).await?;
        }
        self.transaction.commit().await?;
        self.queue.wake();
        for event in events {
            self.queue.publish(event);
        }
        Ok(())
    }
}
