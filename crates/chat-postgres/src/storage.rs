//! One PostgreSQL database: what is read of it, and changes that no socket hears of from here.

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use chat::{
    error::StorageError,
    storage::{Health, Result},
};

use crate::{
    PgError, PgOptions,
    error::storage_error,
    jobs::Wakes,
    migrate::Owned,
    pool::{self, Pool},
    read::batched_reads::BatchedReads,
    replica::{Replica, ReplicaReads},
};

/// Needs no publisher. What the people in a conversation hear of is changed through a
/// [`crate::PgWriter`].
pub struct PgStorage {
    pub(crate) pool: Pool,
    pub(crate) replica: Option<Replica>,
    pub(crate) batched: BatchedReads,
    /// Which tables of the directory are Haggle's.
    pub(crate) owned: Owned,
    /// Transactions of changes that run at the same time.
    pub(crate) changes_at_once: usize,
    /// Whom new jobs concern.
    pub(crate) wakes: Wakes,
}

impl fmt::Debug for PgStorage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PgStorage")
    }
}

/// For an answer to whoever asks whether the database can be used.
const PING: Duration = Duration::from_secs(2);

impl PgStorage {
    /// Connects to a migrated database.
    pub async fn connect(options: &PgOptions) -> std::result::Result<Arc<Self>, PgError> {
        let pool = Pool::new(options)?;
        pool::warn_of_ignored(pool.servers());
        pool.reach().await?;
        let owned = Owned::read(&pool).await?;
        let replica = Replica::new(options)?;
        Ok(Arc::new(Self {
            batched: BatchedReads::start(&pool),
            pool,
            replica,
            owned,
            changes_at_once: options.changes_at_once(),
            wakes: Wakes::default(),
        }))
    }

    /// Answers what is being asked and closes every connection. After its writer.
    pub async fn close(&self) {
        self.batched.close().await;
        if let Some(replica) = &self.replica {
            replica.close().await;
        }
        self.pool.close().await;
    }

    /// The key that signs links to files: 32 bytes, the same for every server on this database.
    pub async fn link_key(&self) -> std::result::Result<Vec<u8>, PgError> {
        let key = sqlx::query_scalar!("select key from haggle.keys where name = 'links'");
        Ok(key.fetch_one(&self.pool).await?)
    }

    /// The key that proves addresses and links of mails, the same for every server on this database.
    pub async fn mail_key(&self) -> std::result::Result<Vec<u8>, PgError> {
        let key = sqlx::query_scalar!("select key from haggle.keys where name = 'mail'");
        Ok(key.fetch_one(&self.pool).await?)
    }

    /// Connections open, and those of them without work.
    pub fn connections(&self) -> (u32, usize) {
        self.pool.load()
    }

    /// Pages from the replica, where there is one.
    pub fn replica_reads(&self) -> Option<ReplicaReads> {
        self.replica.as_ref().map(Replica::reads)
    }

    /// What was asked of the database, in time.
    pub(crate) async fn ask<T>(
        &self,
        asked: impl Future<Output = std::result::Result<T, sqlx::Error>>,
    ) -> Result<T> {
        self.pool.ask(asked).await.map_err(storage_error)
    }
}

#[async_trait]
impl Health for PgStorage {
    async fn ping(&self) -> Result<()> {
        let asked = sqlx::query_scalar("show transaction_read_only").fetch_one(&self.pool);
        let setting: String = self.pool.within(PING, asked).await.map_err(storage_error)?;
        if setting == "on" {
            self.pool.servers().doubt();
            return Err(StorageError::Unavailable(PgError::OnlyReads.into()));
        }
        Ok(())
    }
}
