//! The endpoints.

use std::time::Duration;

use chat::{
    ids::EndpointId,
    limits::WEBHOOK_ENDPOINTS,
    storage::Result as Stored,
    timestamp::Timestamp,
    webhook::{Endpoint, EndpointChange, EndpointLoad, Filter, NewEndpoint, delivery_job},
};
use sqlx::{PgExecutor, types::time::OffsetDateTime};

use crate::{PgStorage, pool::Pool};

pub(super) struct EndpointRow {
    pub id: String,
    pub url: String,
    pub events: Vec<String>,
    pub is_active: bool,
    pub failing_since: Option<OffsetDateTime>,
    pub from_settings: bool,
    pub created_at: OffsetDateTime,
}

impl From<EndpointRow> for Endpoint {
    fn from(row: EndpointRow) -> Self {
        Self {
            id: EndpointId::new(row.id),
            url: row.url,
            events: Filter(row.events),
            is_active: row.is_active,
            failing_since: row.failing_since.map(Timestamp::from),
            from_settings: row.from_settings,
            created_at: row.created_at.into(),
        }
    }
}

pub(super) async fn all(db: &Pool) -> Result<Vec<Endpoint>, sqlx::Error> {
    let rows = sqlx::query_as!(
        EndpointRow,
        r#"
        select id, url, events, is_active, failing_since, from_settings, created_at
        from haggle.webhook_endpoints
        order by created_at, id
        "#
    );
    let rows = rows.fetch_all(db).await?;
    Ok(rows.into_iter().map(Endpoint::from).collect())
}

pub(super) async fn one(db: &Pool, id: &EndpointId) -> Result<Option<Endpoint>, sqlx::Error> {
    let all = all(db).await?;
    Ok(all.into_iter().find(|endpoint| endpoint.id == *id))
}

pub(super) async fn loads(db: &Pool) -> Result<Vec<EndpointLoad>, sqlx::Error> {
    let endpoints = all(db).await?;
    let counts = sqlx::query!(
        r#"
        select
          endpoint_id,
          count(*) filter (where state = 'waiting') as "waiting!",
          count(*) filter (where state = 'failed') as "failed!"
        from haggle.webhook_deliveries
        where state <> 'delivered'
        group by endpoint_id
        "#
    );
    let counts = counts.fetch_all(db).await?;
    let load = |endpoint: Endpoint| {
        let count = counts
            .iter()
            .find(|count| count.endpoint_id == endpoint.id.as_str());
        EndpointLoad {
            waiting: count.map_or(0, |count| count.waiting),
            failed: count.map_or(0, |count| count.failed),
            endpoint,
        }
    };
    Ok(endpoints.into_iter().map(load).collect())
}

pub(super) async fn add(db: &Pool, new: &NewEndpoint) -> Result<Option<Endpoint>, sqlx::Error> {
    let mut transaction = db.begin().await?;
    // Two at once do not become one too many.
    sqlx::query!("lock table haggle.webhook_endpoints in share row exclusive mode")
        .execute(&mut *transaction)
        .await?;
    let row = sqlx::query_as!(
        EndpointRow,
        r#"
        insert into haggle.webhook_endpoints (id, url, events, secret)
        select $1, $2, $3, $4
        where (select count(*) from haggle.webhook_endpoints where not from_settings) < $5
        returning id, url, events, is_active, failing_since, from_settings, created_at
        "#,
        new.id.as_str(),
        new.url,
        &new.events.0,
        new.secret,
        WEBHOOK_ENDPOINTS
    )
    .fetch_optional(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(row.map(Endpoint::from))
}

pub(super) async fn change(
    db: &Pool,
    id: &EndpointId,
    change: &EndpointChange,
) -> Result<Option<Endpoint>, sqlx::Error> {
    let row = sqlx::query_as!(
        EndpointRow,
        r#"
        update haggle.webhook_endpoints
        set
          url = coalesce($2, url),
          events = coalesce($3, events),
          is_active = coalesce($4, is_active),
          -- Another address, or another chance.
          failing_since = case when $2 <> url or ($4 and not is_active) then null else failing_since end
        where id = $1
        returning id, url, events, is_active, failing_since, from_settings, created_at
        "#,
        id.as_str(),
        change.url,
        change.events.as_ref().map(|events| events.0.as_slice()),
        change.is_active
    );
    Ok(row.fetch_optional(db).await?.map(Endpoint::from))
}

/// Rows that are removed in one transaction.
const STEP: i64 = 5_000;

/// An endpoint may have millions of deliveries, more than one transaction removes in its time. They go in
/// steps, and what has gone stays gone when the next one fails.
pub(super) async fn remove(storage: &PgStorage, id: &EndpointId) -> Stored<bool> {
    let db = &storage.pool;
    if !storage.ask(wants_nothing(db, id)).await? {
        return Ok(false);
    }
    let is_full = |removed: u64| i64::try_from(removed).is_ok_and(|removed| removed >= STEP);
    while is_full(storage.ask(remove_jobs(db, id)).await?) {}
    while is_full(storage.ask(remove_deliveries(db, id)).await?) {}
    storage.ask(remove_itself(db, id)).await
}

/// So that nothing is added to what goes. `false`: there is none.
async fn wants_nothing(db: &Pool, id: &EndpointId) -> Result<bool, sqlx::Error> {
    let silenced = sqlx::query!(
        "update haggle.webhook_endpoints set events = '{}' where id = $1",
        id.as_str()
    );
    Ok(silenced.execute(db).await?.rows_affected() == 1)
}

async fn remove_jobs(db: impl PgExecutor<'_>, id: &EndpointId) -> Result<u64, sqlx::Error> {
    let removed = sqlx::query!(
        r#"
        delete from haggle.jobs
        where id in (
          select id
          from haggle.jobs
          where kind = $1
          limit $2
        )
        "#,
        delivery_job(id),
        STEP
    );
    Ok(removed.execute(db).await?.rows_affected())
}

async fn remove_deliveries(db: &Pool, id: &EndpointId) -> Result<u64, sqlx::Error> {
    let removed = sqlx::query!(
        r#"
        delete from haggle.webhook_deliveries
        where id in (
          select id
          from haggle.webhook_deliveries
          where endpoint_id = $1
          limit $2
        )
        "#,
        id.as_str(),
        STEP
    );
    Ok(removed.execute(db).await?.rows_affected())
}

async fn remove_itself(db: &Pool, id: &EndpointId) -> Result<bool, sqlx::Error> {
    let mut transaction = db.begin().await?;
    let removed = sqlx::query!(
        "delete from haggle.webhook_endpoints where id = $1",
        id.as_str()
    );
    let removed = removed.execute(&mut *transaction).await?.rows_affected() == 1;
    // Those of an event that was on its way.
    remove_jobs(&mut *transaction, id).await?;
    transaction.commit().await?;
    Ok(removed)
}

pub(super) async fn rotate(
    db: &Pool,
    id: &EndpointId,
    secret: &str,
    both_for: Duration,
) -> Result<Option<Endpoint>, sqlx::Error> {
    let row = sqlx::query_as!(
        EndpointRow,
        r#"
        update haggle.webhook_endpoints
        set
          secret = $2,
          old_secret = secret,
          old_secret_until = clock_timestamp() + make_interval(secs => $3)
        where id = $1
        returning id, url, events, is_active, failing_since, from_settings, created_at
        "#,
        id.as_str(),
        secret,
        both_for.as_secs_f64()
    );
    Ok(row.fetch_optional(db).await?.map(Endpoint::from))
}

pub(super) async fn keep_that_of_settings(
    storage: &PgStorage,
    endpoint: Option<&NewEndpoint>,
) -> Stored<()> {
    let Some(endpoint) = endpoint else {
        let gone =
            sqlx::query_scalar!("select id from haggle.webhook_endpoints where from_settings");
        for id in storage.ask(gone.fetch_all(&storage.pool)).await? {
            remove(storage, &EndpointId::new(id)).await?;
        }
        return Ok(());
    };
    storage.ask(keep(&storage.pool, endpoint)).await
}

async fn keep(db: &Pool, endpoint: &NewEndpoint) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        insert into haggle.webhook_endpoints as e (id, url, events, secret, from_settings)
        values ($1, $2, $3, $4, true)
        on conflict (id) do update
        set
          url = excluded.url,
          -- Others where it was about to be removed.
          events = excluded.events,
          secret = excluded.secret,
          is_active = e.is_active or e.url <> excluded.url,
          failing_since = case when e.url = excluded.url then e.failing_since end
        where e.url <> excluded.url or e.secret <> excluded.secret or e.events <> excluded.events
        "#,
        endpoint.id.as_str(),
        endpoint.url,
        &endpoint.events.0,
        endpoint.secret
    )
    .execute(db)
    .await?;
    Ok(())
}
