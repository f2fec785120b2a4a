//! The outbox.

mod claiming;
mod listing;
mod row;
mod wakes;

use std::time::Duration;

use async_trait::async_trait;
use chat::{
    ids::{JobId, NodeId},
    job::{Claim, Ended, Job, JobLoad, JobQuery, KindLoad, NewJob},
    storage::{Jobs, Result as Stored},
};
use sqlx::PgConnection;

use self::row::jobs;
pub(crate) use self::wakes::Wakes;
use crate::PgStorage;

/// Writes jobs in the caller's transaction. After its commit, [`Wakes::wake`].
pub(crate) async fn add(db: &mut PgConnection, jobs: &[NewJob]) -> Result<(), sqlx::Error> {
    if jobs.is_empty() {
        return Ok(());
    }
    let kinds: Vec<String> = jobs.iter().map(|job| job.kind.to_string()).collect();
    let keys: Vec<Option<String>> = jobs.iter().map(|job| job.key.clone()).collect();
    let payloads: Vec<String> = jobs.iter().map(|job| job.payload.to_string()).collect();
    let after: Vec<f64> = jobs.iter().map(|job| job.after.as_secs_f64()).collect();
    sqlx::query!(
        r#"
        insert into haggle.jobs (id, kind, key, payload, due_at)
        select haggle.uuidv7(), kind, key, payload::jsonb, clock_timestamp() + make_interval(secs => after)
        from unnest($1::varchar[], $2::varchar[], $3::text[], $4::double precision[])
          with ordinality as job (kind, key, payload, after, ord)
        order by ord
        on conflict (kind, key) where key is not null and dead_at is null do nothing
        "#,
        &kinds,
        &keys as &[Option<String>],
        &payloads,
        &after
    )
    .execute(db)
    .await?;
    Ok(())
}

#[async_trait]
impl Jobs for PgStorage {
    async fn add(&self, jobs: &[NewJob]) -> Stored<()> {
        let added = async {
            let mut transaction = self.pool.begin().await?;
            add(&mut transaction, jobs).await?;
            transaction.commit().await
        };
        self.ask(added).await?;
        self.wakes.wake(jobs.iter().map(|job| &*job.kind));
        Ok(())
    }

    async fn claim(
        &self,
        node: &NodeId,
        kind: &str,
        lease: Duration,
        limit: i64,
    ) -> Stored<Vec<Job>> {
        let claimed = claiming::claim(&self.pool, node, kind, lease, limit);
        jobs(self.ask(claimed).await?)
    }

    async fn end(&self, claim: &Claim, ended: &Ended) -> Stored<bool> {
        self.ask(claiming::end(&self.pool, claim, ended)).await
    }

    async fn added(&self, kind: &str) {
        self.wakes.woken(kind).await;
    }

    async fn list(&self, query: &JobQuery) -> Stored<Vec<Job>> {
        jobs(self.ask(listing::list(&self.pool, query)).await?)
    }

    async fn replay(&self, job: Option<&JobId>) -> Stored<u64> {
        let kinds = self.ask(listing::replay(&self.pool, job)).await?;
        self.wakes.wake(kinds.iter().map(String::as_str));
        Ok(kinds.len() as u64)
    }

    async fn load(&self) -> Stored<JobLoad> {
        let kinds = self.load_by_kind().await?;
        Ok(JobLoad {
            waiting: kinds.iter().map(|kind| kind.load.waiting).sum(),
            failed: kinds.iter().map(|kind| kind.load.failed).sum(),
            oldest: kinds.iter().filter_map(|kind| kind.load.oldest).min(),
        })
    }

    async fn load_by_kind(&self) -> Stored<Vec<KindLoad>> {
        self.ask(listing::load(&self.pool)).await
    }

    async fn forget_dead(&self, older_than: Duration) -> Stored<u64> {
        self.ask(listing::forget_dead(&self.pool, older_than)).await
    }
}
