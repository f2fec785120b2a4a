//! Taking jobs, and saying what became of them.

use std::time::Duration;

use chat::{
    ids::NodeId,
    job::{Claim, Ended},
};

use super::row::JobRow;
use crate::pool::Pool;

pub(super) async fn claim(
    db: &Pool,
    node: &NodeId,
    kind: &str,
    lease: Duration,
    limit: i64,
) -> Result<Vec<JobRow>, sqlx::Error> {
    sqlx::query_as!(
        JobRow,
        r#"
        with due as materialized (
          select id
          from haggle.jobs
          where kind = $2
            and dead_at is null
            and due_at <= statement_timestamp()
            and (claimed_until is null or claimed_until <= statement_timestamp())
          order by due_at
          limit $4
          for no key update skip locked
        ),
        claimed as (
          update haggle.jobs j
          set
            claimed_by = $1,
            claimed_until = clock_timestamp() + make_interval(secs => $3),
            attempts = j.attempts + 1
          from due
          where j.id = due.id
          returning j.*
        )
        select
          id as "id!", kind as "kind!", key, payload::text as "payload!", due_at as "due_at!",
          attempts as "attempts!", last_error, dead_at, created_at as "created_at!"
        from claimed
        order by due_at, id
        "#,
        node.as_str(),
        kind,
        lease.as_secs_f64(),
        limit
    )
    .fetch_all(db)
    .await
}

/// `false`: somebody else has it by now, or nobody.
pub(super) async fn end(db: &Pool, claim: &Claim, ended: &Ended) -> Result<bool, sqlx::Error> {
    let (job, node) = (claim.job.as_str(), claim.node.as_str());
    let attempt = i32::try_from(claim.attempt).unwrap_or(i32::MAX);
    let (attempts, pause, error) = match ended {
        Ended::Done => {
            let done = sqlx::query!(
                "delete from haggle.jobs where id = $1 and claimed_by = $2 and attempts = $3",
                job,
                node,
                attempt
            );
            return Ok(done.execute(db).await?.rows_affected() == 1);
        }
        Ended::Dead(error) => {
            let dead = sqlx::query!(
                r#"
                update haggle.jobs
                set dead_at = clock_timestamp(), last_error = $4, claimed_by = null, claimed_until = null
                where id = $1 and claimed_by = $2 and attempts = $3
                "#,
                job,
                node,
                attempt,
                error
            );
            return Ok(dead.execute(db).await?.rows_affected() == 1);
        }
        Ended::Again(pause, error) => (attempt, *pause, Some(error.as_str())),
        Ended::Later(pause) => (attempt - 1, *pause, None),
    };
    let waits = sqlx::query!(
        r#"
        update haggle.jobs
        set
          due_at = clock_timestamp() + make_interval(secs => $5),
          attempts = $4,
          last_error = coalesce($6, last_error),
          claimed_by = null,
          claimed_until = null
        where id = $1 and claimed_by = $2 and attempts = $3
        "#,
        job,
        node,
        attempt,
        attempts,
        pause.as_secs_f64(),
        error
    );
    Ok(waits.execute(db).await?.rows_affected() == 1)
}
