//! Events on their way to the endpoints.

use std::time::Duration;

use chat::{
    ids::{DeliveryId, EndpointId, JobId},
    timestamp::Timestamp,
    webhook::{
        Attempt, Delivery, DeliveryCursor, DeliveryPage, DeliveryState, Endpoint, Rendered, ToSend,
    },
};
use sqlx::types::time::OffsetDateTime;

use super::endpoints::EndpointRow;
use crate::pool::Pool;

/// Returns the kinds of the jobs that were written.
pub(super) async fn fan_out(db: &Pool, event: &Rendered) -> Result<Vec<String>, sqlx::Error> {
    let family = event.name.split('.').next().unwrap_or_default();
    let wanting = vec!["*".to_owned(), event.name.clone(), format!("{family}.*")];
    sqlx::query_scalar!(
        r#"
        with wanting as (
          select id
          from haggle.webhook_endpoints
          where is_active and events && $5::text[]
        ),
        event as (
          insert into haggle.webhook_events (id, type, body, created_at)
          select $1::varchar, $2, $3, $4
          where exists (select from wanting)
          on conflict (id) do nothing
        ),
        made as (
          insert into haggle.webhook_deliveries (id, endpoint_id, event_id, created_at)
          select haggle.uuidv7(), id, $1::varchar, $4
          from wanting
          on conflict (event_id, endpoint_id) do nothing
          returning id, endpoint_id
        )
        insert into haggle.jobs (id, kind, key, payload, due_at)
        select
          haggle.uuidv7(), 'webhook:' || endpoint_id, id, jsonb_build_object('delivery', id), clock_timestamp()
        from made
        returning kind
        "#,
        event.id.as_str(),
        event.name,
        event.body,
        event.at.date_time(),
        &wanting
    )
    .fetch_all(db)
    .await
}

pub(super) async fn to_send(
    db: &Pool,
    delivery: &DeliveryId,
) -> Result<Option<ToSend>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select
          v.id as event_id, v.body, e.secret,
          case when e.old_secret_until > statement_timestamp() then e.old_secret end as old_secret,
          e.id, e.url, e.events, e.is_active, e.failing_since, e.from_settings, e.created_at
        from haggle.webhook_deliveries d
        join haggle.webhook_events v on v.id = d.event_id
        join haggle.webhook_endpoints e on e.id = d.endpoint_id
        where d.id = $1 and d.state = 'waiting'
        "#,
        delivery.as_str()
    );
    let row = row.fetch_optional(db).await?;
    Ok(row.map(|row| ToSend {
        event: JobId::new(row.event_id),
        body: row.body,
        secrets: std::iter::once(row.secret).chain(row.old_secret).collect(),
        endpoint: Endpoint::from(EndpointRow {
            id: row.id,
            url: row.url,
            events: row.events,
            is_active: row.is_active,
            failing_since: row.failing_since,
            from_settings: row.from_settings,
            created_at: row.created_at,
        }),
    }))
}

pub(super) async fn attempted(
    db: &Pool,
    delivery: &DeliveryId,
    attempt: &Attempt,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        with noted as (
          update haggle.webhook_deliveries
          set
            state = $2, attempts = $3, last_attempt_at = clock_timestamp(), status = $4, error = $5
          where id = $1
          returning endpoint_id
        )
        update haggle.webhook_endpoints e
        set
          failing_since = case when $2 = 'delivered' then null else coalesce(failing_since, clock_timestamp()) end,
          is_active = is_active and not $6
        from noted
        where e.id = noted.endpoint_id
          -- No row is written anew for each delivery that goes well.
          and ($6 or (failing_since is null) <> ($2 = 'delivered'))
        "#,
        delivery.as_str(),
        attempt.state.as_str(),
        i32::try_from(attempt.number).unwrap_or(i32::MAX),
        attempt.status.map(i32::from),
        attempt.error,
        attempt.switches_off
    )
    .execute(db)
    .await?;
    Ok(())
}

struct DeliveryRow {
    id: String,
    event_id: String,
    name: String,
    state: String,
    attempts: i32,
    created_at: OffsetDateTime,
    last_attempt_at: Option<OffsetDateTime>,
    next_attempt_at: Option<OffsetDateTime>,
    status: Option<i32>,
    error: Option<String>,
}

impl From<DeliveryRow> for Delivery {
    fn from(row: DeliveryRow) -> Self {
        Self {
            id: DeliveryId::new(row.id),
            event: JobId::new(row.event_id),
            name: row.name,
            state: DeliveryState::parse(&row.state).expect("a check constraint holds the state"),
            attempts: u32::try_from(row.attempts).unwrap_or(0),
            created_at: row.created_at.into(),
            last_attempt_at: row.last_attempt_at.map(Timestamp::from),
            next_attempt_at: row.next_attempt_at.map(Timestamp::from),
            status: row.status.and_then(|status| u16::try_from(status).ok()),
            error: row.error,
        }
    }
}

pub(super) async fn page(
    db: &Pool,
    endpoint: &EndpointId,
    cursor: Option<&DeliveryCursor>,
    limit: i64,
) -> Result<DeliveryPage, sqlx::Error> {
    let mut rows = sqlx::query_as!(
        DeliveryRow,
        r#"
        select
          d.id, d.event_id, v.type as name, d.state, d.attempts, d.created_at, d.last_attempt_at,
          case when d.state = 'waiting' then j.due_at end as next_attempt_at, d.status, d.error
        from haggle.webhook_deliveries d
        join haggle.webhook_events v on v.id = d.event_id
        left join haggle.jobs j on j.kind = 'webhook:' || d.endpoint_id and j.key = d.id and j.dead_at is null
        where d.endpoint_id = $1
          and ($2::timestamptz is null or (d.created_at, d.id) < ($2, $3::varchar))
        order by d.created_at desc, d.id desc
        limit $4
        "#,
        endpoint.as_str(),
        cursor.map(|cursor| cursor.at.date_time()),
        cursor.map(|cursor| cursor.id.as_str()),
        limit + 1
    )
    .fetch_all(db)
    .await?;
    let limit = usize::try_from(limit).unwrap_or(0);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    Ok(DeliveryPage {
        deliveries: rows.into_iter().map(Delivery::from).collect(),
        has_more,
    })
}

/// Returns the kind of its job, too.
pub(super) async fn replay(
    db: &Pool,
    delivery: &DeliveryId,
) -> Result<(Option<String>, Option<Delivery>), sqlx::Error> {
    let mut transaction = db.begin().await?;
    let row = sqlx::query!(
        r#"
        update haggle.webhook_deliveries d
        set state = 'waiting', attempts = 0
        from haggle.webhook_events v
        where d.id = $1 and v.id = d.event_id
        returning
          d.id, d.event_id, v.type as name, d.state, d.attempts, d.created_at, d.last_attempt_at,
          d.status, d.error, d.endpoint_id
        "#,
        delivery.as_str()
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(row) = row else {
        return Ok((None, None));
    };
    let kind = format!("webhook:{}", row.endpoint_id);
    sqlx::query!(
        "delete from haggle.jobs where kind = $1 and key = $2 and dead_at is not null",
        kind,
        row.id
    )
    .execute(&mut *transaction)
    .await?;
    let due_at = sqlx::query_scalar!(
        r#"
        insert into haggle.jobs as j (id, kind, key, payload, due_at)
        values (haggle.uuidv7(), $1, $2::varchar, jsonb_build_object('delivery', $2::varchar), clock_timestamp())
        on conflict (kind, key) where key is not null and dead_at is null
        -- One that is being tried counts as it stands.
        do update set
          due_at = case when j.claimed_until > clock_timestamp() then j.due_at else excluded.due_at end,
          attempts = case when j.claimed_until > clock_timestamp() then j.attempts else 0 end
        returning due_at
        "#,
        kind,
        row.id
    )
    .fetch_one(&mut *transaction)
    .await?;
    transaction.commit().await?;
    let delivery = Delivery::from(DeliveryRow {
        id: row.id,
        event_id: row.event_id,
        name: row.name,
        state: row.state,
        attempts: row.attempts,
        created_at: row.created_at,
        last_attempt_at: row.last_attempt_at,
        next_attempt_at: Some(due_at),
        status: row.status,
        error: row.error,
    });
    Ok((Some(kind), Some(delivery)))
}

pub(super) async fn forget(
    db: &Pool,
    older_than: Duration,
    limit: i64,
) -> Result<u64, sqlx::Error> {
    let forgotten = sqlx::query!(
        r#"
        delete from haggle.webhook_events
        where id in (
          select id
          from haggle.webhook_events
          where created_at < statement_timestamp() - make_interval(secs => $1)
          order by created_at
          limit $2
        )
        "#,
        older_than.as_secs_f64(),
        limit
    );
    Ok(forgotten.execute(db).await?.rows_affected())
}
