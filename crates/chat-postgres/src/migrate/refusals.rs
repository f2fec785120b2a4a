//! What PostgreSQL says against a statement, in a migration that goes on.

use sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgDatabaseError};

use super::table::Table;
use crate::PgError;

/// Of its own, so that the transaction outlives what goes wrong. Nothing when all is well.
pub(super) async fn refusal(
    db: &mut PgConnection,
    probe: String,
) -> Result<Option<Box<PgDatabaseError>>, PgError> {
    let mut savepoint = db.begin().await?;
    let probed = sqlx::raw_sql(AssertSqlSafe(probe))
        .execute(&mut *savepoint)
        .await;
    savepoint.rollback().await?;
    match probed {
        Ok(_) => Ok(None),
        Err(sqlx::Error::Database(refused)) => match refused.try_downcast::<PgDatabaseError>() {
            Ok(refused) => Ok(Some(refused)),
            Err(other) => Err(sqlx::Error::Database(other).into()),
        },
        Err(error) => Err(error.into()),
    }
}

pub(super) fn denied(table: &Table, refused: &PgDatabaseError, role: &str) -> String {
    denied_to(table.setting(), "select", table, refused, role)
}

pub(super) fn denied_to(
    setting: &str,
    right: &str,
    table: &Table,
    refused: &PgDatabaseError,
    role: &str,
) -> String {
    format!(
        "{setting}: {}; grant {right} on {} to {role}",
        refused.message(),
        table.quoted()
    )
}
