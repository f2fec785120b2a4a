//! A replica from which pages of history are read, where the marketplace has one.
//!
//! It is behind by some time, so it answers only who is known to have seen no more than it has: the
//! conversation was read from the primary a moment ago, to find out who may see it, and a page comes from
//! the replica if that has the conversation at this `rev` or a later one. Every durable change raises
//! `rev`, corrections and read marks too, and a replica applies commits in their order. Lists and counts
//! are never asked here.

use std::{
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chat::{
    ids::ConversationId,
    storage::{Anchor, HistoryPage},
};
use tokio::time::Instant;

use crate::{
    PgError, PgOptions,
    pool::{self, Pool},
    read::{
        history::{Page, page},
        source::Source,
    },
};

/// What takes longer, the primary is asked for.
const PATIENCE: Duration = Duration::from_secs(2);
/// For so long it is left alone when it did not answer.
const REST: Duration = Duration::from_secs(5);

pub(crate) struct Replica {
    pool: Pool,
    rests_until: Mutex<Option<Instant>>,
    answered: AtomicU64,
    passed_on: AtomicU64,
}

/// Pages since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReplicaReads {
    /// From the replica.
    pub answered: u64,
    /// That the primary was asked for, because the replica was behind or away.
    pub passed_on: u64,
}

impl Replica {
    /// Opens nothing yet.
    pub fn new(options: &PgOptions) -> Result<Option<Self>, PgError> {
        let Some(options) = options.of_the_replica() else {
            return Ok(None);
        };
        let pool = Pool::new(&options)?;
        pool::warn_of_ignored(pool.servers());
        Ok(Some(Self {
            pool,
            rests_until: Mutex::default(),
            answered: AtomicU64::default(),
            passed_on: AtomicU64::default(),
        }))
    }

    /// A page of the conversation at this `rev` or later; `None`: the primary has to be asked.
    pub async fn page(
        &self,
        conversation: &ConversationId,
        anchor: &Anchor,
        limit: i64,
        known_rev: i64,
    ) -> Option<HistoryPage> {
        let found = self.ask(conversation, anchor, limit, known_rev).await;
        let counter = match found {
            Some(_) => &self.answered,
            None => &self.passed_on,
        };
        counter.fetch_add(1, Ordering::Relaxed);
        found
    }

    async fn ask(
        &self,
        conversation: &ConversationId,
        anchor: &Anchor,
        limit: i64,
        known_rev: i64,
    ) -> Option<HistoryPage> {
        if self.rests() {
            return None;
        }
        let asked = async {
            // One session for all of it: another may be at a replica that is further behind.
            let mut session = self.pool.begin().await?;
            let mut one = Source::Session(&mut session);
            let page = page(&mut one, conversation, anchor, limit, Some(known_rev)).await?;
            session.commit().await?;
            Ok(page)
        };
        match self.pool.within(PATIENCE, asked).await {
            Ok(Page::Found(page)) => Some(page),
            // A message that it does not know yet may be the one.
            Ok(Page::NoSuchMessage | Page::Behind) => None,
            Err(error) => {
                tracing::warn!(%error, "the replica did not answer; the primary is asked for now");
                *self.rests_until() = Some(Instant::now() + REST);
                None
            }
        }
    }

    pub fn reads(&self) -> ReplicaReads {
        ReplicaReads {
            answered: self.answered.load(Ordering::Relaxed),
            passed_on: self.passed_on.load(Ordering::Relaxed),
        }
    }

    pub async fn close(&self) {
        self.pool.close().await;
    }

    fn rests(&self) -> bool {
        self.rests_until()
            .is_some_and(|until| Instant::now() < until)
    }

    fn rests_until(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.rests_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}
