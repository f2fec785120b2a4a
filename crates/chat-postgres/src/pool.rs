//! The connections of a server to PostgreSQL: as many as the settings say and no more, each for one use at
//! a time.
//!
//! It is ours because a host's database is not a laboratory. When the server has no room for another
//! connection, those that there are go round among all who wait. A session that has died, that only
//! reads since a failover, or whose statements are gone is given up before it can fail anybody. The
//! URL may name several servers. Behind a pooler every statement is in a transaction of its own, and
//! nothing of it is left in the session.

mod address;
mod certificate_file;
mod executor;
mod lent;
mod servers;
mod session;
mod shared;
mod transaction;

use std::{sync::Arc, time::Duration};

use tokio::time::timeout;

pub(crate) use self::{
    address::Address,
    servers::{Servers, warn_of_ignored},
    session::{BEGIN_A_MIGRATION, Session, Use},
    transaction::Transaction,
};
use self::{lent::Lent, shared::Shared};
use crate::{
    PgError, PgOptions,
    error::{did_nothing, is_dead},
};

/// The longest that anything may take that is asked of the database, the wait for a connection included.
const LONGEST: Duration = Duration::from_secs(15);

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct Pool {
    shared: Arc<Shared>,
    purpose: Use,
}

impl Pool {
    /// Opens nothing yet.
    pub fn new(options: &PgOptions) -> Result<Self, PgError> {
        Ok(Self {
            shared: Arc::new(Shared::new(options)?),
            purpose: Use::Others,
        })
    }

    /// The same connections, for changes of conversations.
    pub fn for_changes(&self) -> Self {
        Self {
            purpose: Use::Changes,
            ..self.clone()
        }
    }

    pub fn servers(&self) -> &Servers {
        &self.shared.servers
    }

    /// Connections that are open, and those of them without work.
    pub fn load(&self) -> (u32, usize) {
        self.shared.load()
    }

    /// Whether a session can be had, and why not.
    pub async fn reach(&self) -> Result<(), PgError> {
        self.shared.reach().await
    }

    /// Begins a transaction. A session that turns out to be dead is none that did anything.
    pub async fn begin(&self) -> Result<Transaction, sqlx::Error> {
        loop {
            let mut lent = self.lend().await?;
            let session = lent.session();
            match session.begin(self.purpose).await {
                Ok(()) => return Ok(Transaction::new(lent)),
                Err(error) => {
                    let has_answered = lent.has_answered;
                    self.observe(&error);
                    lent.give_up();
                    if has_answered || !is_dead(&error) {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// Waits for what is asked of the database, within reason. It is given up when another server takes
    /// over from the one that was asked.
    pub async fn ask<T>(
        &self,
        asked: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        self.within(LONGEST, asked).await
    }

    pub async fn within<T>(
        &self,
        limit: Duration,
        asked: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        let over = self.shared.servers.over();
        let done = tokio::select! {
            biased;
            done = timeout(limit, asked) => done,
            () = over.cancelled() => Ok(Err(gone())),
        };
        let done = done.unwrap_or_else(|_| Err(servers::timed_out()));
        done.inspect_err(|error| self.observe(error))
    }

    /// A session that is of no use because of where it is, or of what is left in it, is not the only one.
    pub(crate) fn observe(&self, error: &sqlx::Error) {
        if did_nothing(error) {
            self.shared.servers.doubt();
        }
    }

    /// Ends every connection, when it is free.
    pub async fn close(&self) {
        self.shared.close().await;
    }

    async fn lend(&self) -> Result<Lent, sqlx::Error> {
        let (session, has_answered, permits) = self.shared.take(self.purpose).await?;
        Ok(Lent::new(
            session,
            has_answered,
            self.shared.clone(),
            permits,
        ))
    }
}

/// As if the connection had broken.
fn gone() -> sqlx::Error {
    let why = "another server has taken over";
    std::io::Error::new(std::io::ErrorKind::ConnectionAborted, why).into()
}
