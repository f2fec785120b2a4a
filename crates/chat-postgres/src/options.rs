//! How to reach the database.

use std::time::Duration;

#[derive(Clone, Debug)]
pub struct PgOptions {
    /// `postgres://…`, a Unix socket as `?host=/folder`; several servers as `a,b`.
    pub url: String,
    /// The same of a replica that pages of history may be read from.
    pub replica_url: Option<String>,
    /// This is one: it need not write.
    pub(crate) is_replica: bool,
    /// All connections that are opened, and as many as half of them at the replica.
    pub connections: u32,
    /// Transactions of changes that run at the same time, at least 1. So many of the connections are kept
    /// for them.
    pub write_workers: usize,
    /// How long a caller waits for a database that does not answer before it counts as gone.
    pub acquire_timeout: Duration,
    /// The same for a database that answers and has no connection free.
    pub slot_timeout: Duration,
}

impl PgOptions {
    /// For the only server of a database: one transaction keeps the disk busy while the other one computes.
    pub const WRITE_WORKERS_ALONE: usize = 2;
    /// For one of several servers, whose transactions do that for each other. More of them would only be smaller.
    pub const WRITE_WORKERS_AMONG_SEVERAL: usize = 1;

    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            replica_url: None,
            is_replica: false,
            connections: 16,
            write_workers: Self::WRITE_WORKERS_ALONE,
            acquire_timeout: Duration::from_secs(3),
            slot_timeout: Duration::from_secs(10),
        }
    }

    /// How to reach the replica. Whatever it does not do at once, the primary does.
    pub(crate) fn of_the_replica(&self) -> Option<Self> {
        Some(Self {
            is_replica: true,
            // One is kept for changes, of which it has none.
            connections: (self.connections / 2).max(1) + 1,
            write_workers: 1,
            acquire_timeout: Duration::from_millis(500),
            slot_timeout: Duration::from_millis(500),
            ..Self::new(self.replica_url.clone()?)
        })
    }

    /// With few connections half of them are for everything else.
    pub(crate) fn changes_at_once(&self) -> usize {
        let half = usize::try_from(self.connections / 2).unwrap_or(usize::MAX);
        self.write_workers.clamp(1, half.max(1))
    }
}
