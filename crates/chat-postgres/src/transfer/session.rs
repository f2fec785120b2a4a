//! A session for a command that works for as long as it takes.

use sqlx::{Executor, PgConnection};

use crate::{
    PgError, PgOptions,
    pool::{Servers, Session},
};

/// A lock that somebody else holds is not waited for longer.
const SETTINGS: &str = "\
set statement_timeout = 0; \
set idle_in_transaction_session_timeout = 0; \
set lock_timeout = '60s'";

pub(super) struct Own(Session);

impl Own {
    /// A pooler lends a session for one transaction: what was put aside in it would be gone after that.
    pub async fn open(options: &PgOptions) -> Result<Self, PgError> {
        let mut session = Servers::new(options.url.parse()?).open().await?;
        if session.is_pooled() {
            session.close().await;
            let why = "DATABASE_URL goes through a pooler that lends a session for one transaction; an \
                       import or export needs one of its own: give the address of PostgreSQL itself";
            return Err(PgError::Directory(why.to_owned()));
        }
        session.db().execute(SETTINGS).await?;
        Ok(Self(session))
    }

    pub fn only_reads(&self) -> bool {
        self.0.only_reads()
    }

    pub fn db(&mut self) -> &mut PgConnection {
        self.0.db()
    }

    pub async fn close(self) {
        self.0.close().await;
    }
}
