//! Whoever counts rows before they add one does it alone.

use sqlx::PgConnection;

/// Files that are not sent, in one request or several: they are counted together.
pub(crate) const UPLOADS: &str = "uploads";

/// Until the transaction ends, nobody else counts what this owner has of this kind.
pub(crate) async fn one_at_a_time(
    db: &mut PgConnection,
    kind: &str,
    owner: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 5))",
        kind,
        owner
    )
    .fetch_one(db)
    .await?;
    Ok(())
}
