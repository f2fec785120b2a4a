//! A transaction on a session of the pool. Dropped before its commit, it is rolled back.

use std::ops::{Deref, DerefMut};

use sqlx::PgConnection;

use super::lent::Lent;

pub(crate) struct Transaction(Lent);

impl Transaction {
    pub(super) fn new(lent: Lent) -> Self {
        Self(lent)
    }

    /// After an error nobody knows whether it happened.
    pub async fn commit(mut self) -> Result<(), sqlx::Error> {
        self.0.session().end("commit").await?;
        self.0.give_on();
        Ok(())
    }
}

impl Deref for Transaction {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.0
    }
}

impl DerefMut for Transaction {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}
