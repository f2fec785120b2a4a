//! What is owed to the old tables, when all of it has to be there.

use std::time::Duration;

use sqlx::PgConnection;
use tokio::time::sleep;

use crate::{PgError, legacy::patience::patiently};

/// Tries before somebody is told what is in the way, and the pause between two of them.
const TRIES: usize = 50;
const PAUSE: Duration = Duration::from_millis(200);

/// Until nothing is owed.
pub(crate) async fn settle(db: &mut PgConnection) -> Result<(), PgError> {
    let mut before = i64::MAX;
    let mut in_vain = 0;
    loop {
        let owed: i64 = patiently(db, async |db| {
            let owed = "select haggle.legacy_settle(1000)";
            Ok(sqlx::query_scalar(owed).fetch_one(db).await?)
        })
        .await?;
        if owed == 0 {
            return Ok(());
        }
        in_vain = if owed < before { 0 } else { in_vain + 1 };
        before = owed;
        if in_vain == TRIES {
            return Err(PgError::OldChat(format!(
                "{owed} rows of the old tables cannot be written: the old application holds them in a transaction that does not end; end it, and try again"
            )));
        }
        sleep(PAUSE).await;
    }
}
