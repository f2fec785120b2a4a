//! One step of a server: what waits, some conversations at the same time.

use std::{sync::Arc, time::Duration};

use chat::{ids::ConversationId, storage::Result as Stored};
use futures_util::{StreamExt, stream};
use tokio::time::Instant;

use super::{
    conversation, messages,
    moved::{Bridge, look},
    notes::{self, Became, Waiting},
};
use crate::{PgWriter, error::storage_error};

/// How long it is believed which chat is moved, and what its tables are.
const KNOWN: Duration = Duration::from_secs(5);
/// Conversations at the same time.
const TOGETHER: usize = 4;

/// One server's part of it.
#[derive(Debug)]
pub struct TakeOver {
    writer: Arc<PgWriter>,
    bridge: Option<Arc<Bridge>>,
    looked: Option<Instant>,
}

impl TakeOver {
    pub fn new(writer: Arc<PgWriter>) -> Self {
        Self {
            writer,
            bridge: None,
            looked: None,
        }
    }

    /// Takes over what waits, and pays what is owed to the old tables. Returns how many changes it took;
    /// none where there is no bridge.
    pub async fn step(&mut self) -> Stored<usize> {
        let stepped = self.try_step().await;
        if stepped.is_err() {
            // The tables may be others by now.
            self.looked = None;
        }
        stepped.map_err(storage_error)
    }

    async fn try_step(&mut self) -> Result<usize, sqlx::Error> {
        let Some(bridge) = self.bridge().await? else {
            return Ok(0);
        };
        let db = &self.writer.storage.pool;
        db.ask(notes::settle(db)).await?;
        let waiting = db.ask(notes::waiting(db, bridge.is_copied)).await?;
        let taken = stream::iter(waiting).map(|old| self.take(&bridge, old));
        let mut taken = taken.buffer_unordered(TOGETHER);
        let (mut count, mut failed) = (0, None);
        // One that cannot be taken keeps none of the others.
        while let Some(taken) = taken.next().await {
            match taken {
                Ok(taken) => count += taken,
                Err(error) => failed = Some(error),
            }
        }
        match failed {
            Some(error) if count == 0 => Err(error),
            _ => Ok(count),
        }
    }

    async fn bridge(&mut self) -> Result<Option<Arc<Bridge>>, sqlx::Error> {
        if self.looked.is_some_and(|looked| looked.elapsed() < KNOWN) {
            return Ok(self.bridge.clone());
        }
        let db = &self.writer.storage.pool;
        self.bridge = db.ask(look(db)).await?.map(Arc::new);
        self.looked = Some(Instant::now());
        Ok(self.bridge.clone())
    }

    /// One old conversation, with what was written there.
    async fn take(&self, bridge: &Bridge, old: Waiting) -> Result<usize, sqlx::Error> {
        let writer = &*self.writer;
        let db = &writer.storage.pool;
        let became = db.ask(notes::became(db, &old.id)).await?;
        let turn = match &became {
            Became::Conversation(here) => here.clone(),
            Became::Nothing | Became::Refused => old.id.clone(),
        };
        let turn = ConversationId::new(turn);
        let _turn = writer.queue.turn(&turn).await;
        let taken = match became {
            Became::Nothing => db.ask(conversation::begin(writer, bridge, &old)).await,
            Became::Refused => db.ask(notes::refuse(db, &old)).await,
            Became::Conversation(_) => db.ask(messages::take(writer, bridge, &old.id, &turn)).await,
        };
        if taken.is_err() {
            writer.queue.unconfirmed([turn.clone()]);
        }
        taken
    }
}
