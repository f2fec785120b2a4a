//! A session while somebody uses it.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};

use sqlx::{Connection, PgConnection};
use tokio::time::timeout;

use super::{
    session::Session,
    shared::{Permits, Shared},
};

/// For putting a session in order that somebody let go of in the middle.
const TIDY: Duration = Duration::from_secs(5);

/// A session in somebody's hands. Unless it was left clean, it is put in order before it is given on.
pub(crate) struct Lent {
    session: Option<Session>,
    shared: Arc<Shared>,
    /// Just now: what goes wrong with it is no old age.
    pub(super) has_answered: bool,
    is_clean: bool,
    _permits: Permits,
}

impl Lent {
    pub(super) fn new(
        session: Session,
        has_answered: bool,
        shared: Arc<Shared>,
        permits: Permits,
    ) -> Self {
        Self {
            session: Some(session),
            shared,
            has_answered,
            is_clean: false,
            _permits: permits,
        }
    }

    pub(super) fn session(&mut self) -> &mut Session {
        self.session
            .as_mut()
            .expect("it is there until it is dropped")
    }

    /// It is of no use to anybody.
    pub(super) fn give_up(mut self) {
        if let Some(session) = self.session.take() {
            self.shared.spawn(session.close());
        }
    }

    /// It may be given on as it is.
    pub(super) fn give_on(mut self) {
        self.is_clean = true;
    }
}

impl Deref for Lent {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        let session = self.session.as_ref();
        &session.expect("it is there until it is dropped").db
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.session().db
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(mut session) = self.session.take() else {
            return;
        };
        if self.is_clean {
            self.shared.release(session);
            return;
        }
        let shared = self.shared.clone();
        self.shared.spawn(async move {
            match timeout(TIDY, tidy(&mut session)).await {
                Ok(Ok(())) => shared.release(session),
                _ => session.close().await,
            }
        });
    }
}

/// Ends what was begun. What was prepared may be why it failed.
async fn tidy(session: &mut Session) -> Result<(), sqlx::Error> {
    session.db.ping().await?;
    session.end("rollback").await?;
    session.db.clear_cached_statements().await
}
