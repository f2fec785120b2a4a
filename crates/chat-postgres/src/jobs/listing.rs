//! What waits and what failed, for those who look after it.

use std::time::Duration;

use chat::{
    ids::JobId,
    job::{JobLoad, JobQuery, KindLoad},
    timestamp::Timestamp,
};

use super::row::JobRow;
use crate::pool::Pool;

pub(super) async fn list(db: &Pool, query: &JobQuery) -> Result<Vec<JobRow>, sqlx::Error> {
    sqlx::query_as!(
        JobRow,
        r#"
        select
          id, kind, key, payload::text as "payload!", due_at, attempts, last_error, dead_at, created_at
        from haggle.jobs
        where (dead_at is not null) = $1
          and ($2::varchar is null or id > $2)
        order by id
        limit $3
        "#,
        query.dead,
        query.after.as_ref().map(JobId::as_str),
        query.limit
    )
    .fetch_all(db)
    .await
}

/// Returns their kinds.
pub(super) async fn replay(db: &Pool, job: Option<&JobId>) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        with dead as (
          -- Of several with one key the newest.
          select distinct on (kind, coalesce('key ' || key, id)) id
          from haggle.jobs j
          where dead_at is not null
            and ($1::varchar is null or id = $1)
            and (
              key is null
              or not exists (
                select from haggle.jobs w
                where w.kind = j.kind and w.key = j.key and w.dead_at is null
              )
            )
          order by kind, coalesce('key ' || key, id), id desc
        )
        update haggle.jobs j
        set dead_at = null, due_at = clock_timestamp(), attempts = 0
        from dead
        where j.id = dead.id
        returning j.kind
        "#,
        job.map(JobId::as_str)
    )
    .fetch_all(db)
    .await
}

pub(super) async fn load(db: &Pool) -> Result<Vec<KindLoad>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select
          split_part(kind, ':', 1) as "kind!",
          count(*) filter (where dead_at is null) as "waiting!",
          count(*) filter (where dead_at is not null) as "failed!",
          min(due_at) filter (where dead_at is null and due_at <= statement_timestamp()) as oldest,
          coalesce(
            extract(epoch from statement_timestamp() - min(due_at) filter (where dead_at is null)),
            0
          )::bigint as "late_seconds!"
        from haggle.jobs
        group by 1
        order by 1
        "#
    )
    .fetch_all(db)
    .await?;
    let load = rows.into_iter().map(|row| KindLoad {
        kind: row.kind,
        load: JobLoad {
            waiting: row.waiting,
            failed: row.failed,
            oldest: row.oldest.map(Timestamp::from),
        },
        late_seconds: row.late_seconds.max(0),
    });
    Ok(load.collect())
}

pub(super) async fn forget_dead(db: &Pool, older_than: Duration) -> Result<u64, sqlx::Error> {
    let forgotten = sqlx::query!(
        "delete from haggle.jobs where dead_at < clock_timestamp() - make_interval(secs => $1)",
        older_than.as_secs_f64()
    );
    Ok(forgotten.execute(db).await?.rows_affected())
}
