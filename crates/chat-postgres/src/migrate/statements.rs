//! Statements that are no migration, in its transaction.

use sqlx::{AssertSqlSafe, PgConnection};

use super::migration::Migration;
use crate::PgError;

/// Of the schema `haggle`.
pub(super) async fn has_table(db: &mut PgConnection, table: &str) -> Result<bool, PgError> {
    let found = "select exists (
        select from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'haggle' and c.relname = $1)";
    Ok(sqlx::query_scalar(found).bind(table).fetch_one(db).await?)
}

/// Makes it where it is missing.
pub(super) async fn schema(db: &mut PgConnection, done: &mut Migration) -> Result<(), PgError> {
    let there = "select to_regnamespace('haggle') is not null";
    if sqlx::query_scalar(there).fetch_one(&mut *db).await? {
        return Ok(());
    }
    done.steps.push("create the schema haggle".into());
    execute(db, include_str!("../../directory/schema.sql")).await
}

pub(super) async fn execute(db: &mut PgConnection, statements: &str) -> Result<(), PgError> {
    // The text is a file of this crate with quoted names from the settings in it.
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
        .execute(db)
        .await?;
    Ok(())
}
