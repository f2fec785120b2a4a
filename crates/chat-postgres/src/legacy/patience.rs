//! Short transactions on tables that others use all the time.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::time::sleep;

use crate::{PgError, pool::BEGIN_A_MIGRATION};

/// A lock on a table is not waited for longer: whoever writes there meanwhile waits behind us.
const LOCK_TIMEOUT: &str = "set local lock_timeout = '100ms'";
/// Tries to get the locks of one transaction, and the pause between two of them.
const TRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(200);

/// Does it in one transaction, again and again until the locks are free.
pub(super) async fn patiently<T>(
    db: &mut PgConnection,
    work: impl AsyncFn(&mut PgConnection) -> Result<T, PgError>,
) -> Result<T, PgError> {
    let mut tried = 1;
    loop {
        let mut transaction = db.begin_with(BEGIN_A_MIGRATION).await?;
        execute(&mut transaction, LOCK_TIMEOUT).await?;
        let done = work(&mut transaction).await;
        // Behind a pooler the session is somebody else's in a moment.
        let forgotten = transaction.clear_cached_statements().await;
        match done {
            Ok(done) => {
                forgotten?;
                transaction.commit().await?;
                return Ok(done);
            }
            Err(error) if is_worth_another(&error) && tried < TRIES => {
                transaction.rollback().await?;
                tried += 1;
            }
            Err(error) => {
                transaction.rollback().await?;
                return Err(error);
            }
        }
        sleep(PAUSE).await;
    }
}

/// Two transactions that met badly change nothing.
fn is_worth_another(error: &PgError) -> bool {
    let met_badly = |error: &sqlx::Error| crate::error::is_conflict(error);
    error.is_locked() || matches!(error, PgError::Statement(error) if met_badly(error))
}

/// Statements of this crate, with quoted names of the host in them.
pub(super) async fn execute(db: &mut PgConnection, statements: &str) -> Result<(), PgError> {
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
        .execute(db)
        .await?;
    Ok(())
}
