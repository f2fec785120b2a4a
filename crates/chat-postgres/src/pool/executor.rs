//! Single statements on any session: what sqlx's own pool does, and once more where that is safe.

use futures_util::{StreamExt, TryStreamExt, future::BoxFuture, stream, stream::BoxStream};
use sqlx::{
    Connection, Describe, Either, Execute, Executor, PgConnection, Postgres, SqlStr,
    postgres::{PgArguments, PgQueryResult, PgRow, PgStatement, PgTypeInfo},
};

use super::{Pool, Use};
use crate::error::{did_nothing, is_dead, is_stale};

type Results = Vec<Either<PgQueryResult, PgRow>>;

impl Pool {
    /// What PostgreSQL refused before it began is asked once more.
    async fn run(
        &self,
        sql: SqlStr,
        arguments: Option<PgArguments>,
    ) -> Result<Results, sqlx::Error> {
        match self.try_run(sql.clone(), arguments.clone()).await {
            Err(error) if did_nothing(&error) => {
                self.observe(&error);
                self.try_run(sql, arguments).await
            }
            done => done,
        }
    }

    async fn try_run(
        &self,
        sql: SqlStr,
        arguments: Option<PgArguments>,
    ) -> Result<Results, sqlx::Error> {
        if !self.servers().is_pooled() {
            return self.run_alone(sql, arguments).await;
        }
        let mut transaction = self.begin().await?;
        let results = results(&mut transaction, sql, arguments).await?;
        transaction.commit().await?;
        Ok(results)
    }

    /// What only reads is asked again where its session turns out to be dead. For anything else a session
    /// is tried before.
    async fn run_alone(
        &self,
        sql: SqlStr,
        arguments: Option<PgArguments>,
    ) -> Result<Results, sqlx::Error> {
        let is_harmless = only_reads(sql.as_str());
        loop {
            let mut lent = self.lend().await?;
            let has_answered = lent.has_answered;
            let session = lent.session();
            if !has_answered && !is_harmless && !session.lives().await {
                self.servers().doubt();
                lent.give_up();
                continue;
            }
            let mut done = match session.prepare_for(Use::Others).await {
                Ok(()) => results(&mut session.db, sql.clone(), arguments.clone()).await,
                Err(error) => Err(error),
            };
            if done.as_ref().is_err_and(is_stale) {
                // Another session may have made the same plans.
                done = match session.db.clear_cached_statements().await {
                    Ok(()) => results(&mut session.db, sql.clone(), arguments.clone()).await,
                    Err(error) => Err(error),
                };
            }
            let is_dead = done.as_ref().is_err_and(is_dead);
            if is_dead {
                lent.give_up();
            } else if !done.as_ref().is_err_and(did_nothing) {
                lent.give_on();
            }
            if !(is_dead && is_harmless) || has_answered {
                return done;
            }
        }
    }
}

async fn results(
    db: &mut PgConnection,
    sql: SqlStr,
    arguments: Option<PgArguments>,
) -> Result<Results, sqlx::Error> {
    db.fetch_many((sql, arguments)).try_collect().await
}

/// Whether a statement changes nothing, by the words that it has. One with a word too many is only
/// treated with more care.
fn only_reads(sql: &str) -> bool {
    const CHANGES: [&str; 9] = [
        "insert", "update", "delete", "merge", "truncate", "call", "do", "set", "analyze",
    ];
    let mut words = sql
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty());
    let Some("select" | "with" | "show") = words.next() else {
        return false;
    };
    words.all(|word| !CHANGES.contains(&word) && !word.starts_with("pg_advisory"))
}

impl<'p> Executor<'p> for &'p Pool {
    type Database = Postgres;

    fn fetch_many<'e, 'q: 'e, E>(
        self,
        mut query: E,
    ) -> BoxStream<'e, Result<Either<PgQueryResult, PgRow>, sqlx::Error>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        let results = async move {
            let arguments = query.take_arguments().map_err(sqlx::Error::Encode)?;
            let results = self.run(query.sql(), arguments).await?;
            Ok::<_, sqlx::Error>(stream::iter(results.into_iter().map(Ok)))
        };
        stream::once(results).try_flatten().boxed()
    }

    fn fetch_optional<'e, 'q: 'e, E>(
        self,
        mut query: E,
    ) -> BoxFuture<'e, Result<Option<PgRow>, sqlx::Error>>
    where
        'p: 'e,
        E: 'q + Execute<'q, Postgres>,
    {
        Box::pin(async move {
            let arguments = query.take_arguments().map_err(sqlx::Error::Encode)?;
            let results = self.run(query.sql(), arguments).await?;
            Ok(results.into_iter().find_map(Either::right))
        })
    }

    fn prepare_with<'e>(
        self,
        sql: SqlStr,
        parameters: &'e [PgTypeInfo],
    ) -> BoxFuture<'e, Result<PgStatement, sqlx::Error>>
    where
        'p: 'e,
    {
        Box::pin(async move { self.lend().await?.prepare_with(sql, parameters).await })
    }

    fn describe<'e>(self, sql: SqlStr) -> BoxFuture<'e, Result<Describe<Postgres>, sqlx::Error>>
    where
        'p: 'e,
    {
        Box::pin(async move { self.lend().await?.describe(sql).await })
    }
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pool")
    }
}

#[cfg(test)]
mod tests {
    use super::only_reads;

    #[test]
    fn what_changes_something_is_never_taken_for_what_reads() {
        for reads in [
            "select 1",
            "\n  with a as (select updated_at from t) select * from a",
            "show transaction_read_only",
        ] {
            assert!(only_reads(reads), "{reads}");
        }
        for changes in [
            "insert into t values (1)",
            "with gone as (delete from t returning id) select * from gone",
            "select id from t for update",
            "select pg_advisory_xact_lock(1)",
            "set local jit = off",
            "",
        ] {
            assert!(!only_reads(changes), "{changes}");
        }
    }
}
