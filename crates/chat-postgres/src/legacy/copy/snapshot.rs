//! One view of the old tables for many short transactions.

use sqlx::{AssertSqlSafe, PgConnection, Row};
use tokio::time::{Duration, Instant, sleep};

use crate::{PgError, pool::Session};

/// A transaction that touches an old table is no longer than about this.
const WANTED: Duration = Duration::from_millis(50);
/// Blocks of a table that one transaction reads: at first, at least and at most.
const FIRST_BLOCKS: i64 = 64;
const LEAST_BLOCKS: i64 = 8;
const MOST_BLOCKS: i64 = 16_384;

/// Tries to get the lock of a copy, and the pause between two of them.
const TRIES: usize = 25;
const PAUSE: Duration = Duration::from_millis(200);

/// Holds the snapshot, and no lock on any table of the host.
pub(super) struct Snapshot {
    session: Session,
    id: String,
}

impl Snapshot {
    /// `lock` is held with it. A run that was killed a moment ago may hold it still.
    pub async fn take(mut session: Session, lock: i64) -> Result<Self, PgError> {
        for _ in 0..TRIES {
            if let Some(id) = exported(session.db(), lock).await? {
                return Ok(Self { session, id });
            }
            sleep(PAUSE).await;
        }
        Err(PgError::OldChat(
            "another haggle migrate is copying the old chat: wait for it".to_owned(),
        ))
    }

    /// What begins a transaction that sees what it sees.
    fn begin(&self) -> String {
        format!(
            "begin isolation level repeatable read;
             set transaction snapshot '{}';
             set local lock_timeout = '2s';
             set local statement_timeout = 0;
             set local timezone = 'UTC'",
            self.id
        )
    }

    pub async fn end(mut self) -> Result<(), PgError> {
        sqlx::raw_sql("rollback").execute(self.session.db()).await?;
        self.session.close().await;
        Ok(())
    }
}

/// Nothing: somebody else has the lock.
async fn exported(db: &mut PgConnection, lock: i64) -> Result<Option<String>, PgError> {
    let begin = "
        begin isolation level repeatable read read only;
        set local statement_timeout = 0;
        set local idle_in_transaction_session_timeout = 0";
    sqlx::raw_sql(begin).execute(&mut *db).await?;
    let lock = format!("select pg_try_advisory_xact_lock({lock})");
    let row = sqlx::raw_sql(AssertSqlSafe(lock))
        .fetch_one(&mut *db)
        .await?;
    if !row.try_get::<bool, _>(0)? {
        sqlx::raw_sql("rollback").execute(db).await?;
        return Ok(None);
    }
    let row = sqlx::raw_sql("select pg_export_snapshot()")
        .fetch_one(db)
        .await?;
    Ok(Some(row.try_get(0)?))
}

/// Runs a statement over the blocks of a table, so many at a time. In the statement `:blocks` stands for
/// the condition on the row `o`. `heard` is told how many of how many blocks are read, and the rows that
/// the statement counts.
pub(super) async fn over_blocks(
    db: &mut PgConnection,
    snapshot: Option<&Snapshot>,
    table: u32,
    statement: &str,
    mut heard: impl FnMut(i64, i64, i64),
) -> Result<(), PgError> {
    let all = blocks(db, table).await?;
    let mut from = 0;
    let mut step = FIRST_BLOCKS;
    while from < all {
        let to = (from + step).min(all);
        let condition = format!("o.ctid >= '({from},0)'::tid and o.ctid < '({to},0)'::tid");
        let statement = statement.replace(":blocks", &condition);
        let began = Instant::now();
        let counted = in_transaction(db, snapshot, &statement).await?;
        let took = began.elapsed();
        from = to;
        heard(to, all, counted);
        if took > WANTED {
            step = (step / 2).max(LEAST_BLOCKS);
        } else if took < WANTED / 2 {
            step = (step * 2).min(MOST_BLOCKS);
        }
    }
    Ok(())
}

/// Nothing: there is a transaction already.
async fn in_transaction(
    db: &mut PgConnection,
    snapshot: Option<&Snapshot>,
    statement: &str,
) -> Result<i64, PgError> {
    if let Some(snapshot) = snapshot {
        sqlx::raw_sql(AssertSqlSafe(snapshot.begin()))
            .execute(&mut *db)
            .await?;
    }
    let counted = count(db, statement).await;
    if snapshot.is_some() {
        let end = if counted.is_ok() {
            "commit"
        } else {
            "rollback"
        };
        sqlx::raw_sql(end).execute(&mut *db).await?;
    }
    counted
}

/// What a statement counts.
pub(super) async fn count(db: &mut PgConnection, statement: &str) -> Result<i64, PgError> {
    let row = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
        .fetch_one(db)
        .await?;
    Ok(row.try_get(0)?)
}

/// Of the largest of its partitions: a condition on blocks is one on each of them.
async fn blocks(db: &mut PgConnection, table: u32) -> Result<i64, PgError> {
    // Not prepared: with a pooler between, no statement outlives its transaction.
    let blocks = format!(
        "select coalesce(max(pg_relation_size(part)), 0) / current_setting('block_size')::int8
         from (
           select {table}::oid::regclass as part
           union
           select relid from pg_partition_tree({table}::oid::regclass) where isleaf
         ) parts"
    );
    count(db, &blocks).await
}
