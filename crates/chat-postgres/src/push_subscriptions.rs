//! Browsers that want to show what was missed.

use async_trait::async_trait;
use chat::{
    ids::UserId,
    limits::PUSH_SUBSCRIPTIONS,
    push::{JOB, PushSubscription},
    storage::{PushSubscriptions, Result},
    timestamp::Timestamp,
};

use crate::{PgStorage, chores::Chore, pool::Pool, turns::one_at_a_time};

#[async_trait]
impl PushSubscriptions for PgStorage {
    async fn subscribe(
        &self,
        user: &UserId,
        subscription: &PushSubscription,
        now: Timestamp,
    ) -> Result<()> {
        self.ask(subscribe(&self.pool, user, subscription, now))
            .await
    }

    async fn unsubscribe(&self, user: Option<&UserId>, endpoint: &str) -> Result<bool> {
        let done = sqlx::query!(
            r#"
            delete from haggle.push_subscriptions
            where endpoint = $1 and ($2::varchar is null or user_id = $2)
            "#,
            endpoint,
            user.map(UserId::as_str)
        )
        .execute(&self.pool);
        Ok(self.ask(done).await?.rows_affected() > 0)
    }

    async fn subscriptions(&self, user: &UserId) -> Result<Vec<PushSubscription>> {
        let rows = sqlx::query_as!(
            PushSubscription,
            r#"
            select endpoint, p256dh, auth
            from haggle.push_subscriptions
            where user_id = $1
            order by created_at desc, endpoint desc
            "#,
            user.as_str()
        )
        .fetch_all(&self.pool);
        self.ask(rows).await
    }

    async fn collect_pushes(&self, now: Timestamp) -> Result<u64> {
        let count = self.ask(collect(&self.pool, now)).await?;
        if count > 0 {
            self.wakes.wake([JOB]);
        }
        Ok(count)
    }
}

const LOOKS: Chore = Chore {
    name: "push",
    again_seconds: 60,
    oldest_seconds: 60 * 60,
};

async fn collect(db: &Pool, now: Timestamp) -> std::result::Result<u64, sqlx::Error> {
    let mut transaction = db.begin().await?;
    let Some(look) = LOOKS.look(&mut transaction, now).await? else {
        return Ok(0);
    };
    let made = sqlx::query!(
        r#"
        with news as (
          select n.user_id, n.conversation_id, n.up_to_seq
          from haggle.notifications n
          left join haggle.digests d on d.conversation_id = n.conversation_id and d.user_id = n.user_id
          where n.updated_hour >= date_bin('1 hour', $1::timestamptz, timestamptz '1970-01-01 00:00:00+00')
            and n.updated_at >= $1
            and not n.is_read
            and n.up_to_seq > coalesce(d.pushed_seq, 0)
            and exists (select from haggle.push_subscriptions s where s.user_id = n.user_id)
        ),
        noted as (
          insert into haggle.digests as d (conversation_id, user_id, pushed_seq)
          select conversation_id, user_id, up_to_seq
          from news
          order by conversation_id, user_id
          on conflict (conversation_id, user_id)
          do update set pushed_seq = excluded.pushed_seq
        )
        insert into haggle.jobs (id, kind, key, payload, due_at)
        select
          haggle.uuidv7(),
          $2,
          md5(s.endpoint || ' ' || news.conversation_id),
          jsonb_build_object(
            'user', news.user_id, 'conversation', news.conversation_id, 'endpoint', s.endpoint
          ),
          clock_timestamp()
        from news
        join haggle.push_subscriptions s on s.user_id = news.user_id
        left join haggle.preferences p on p.user_id = news.user_id
        where coalesce(p.push, true)
        on conflict (kind, key) where key is not null and dead_at is null do nothing
        "#,
        look.since.date_time(),
        JOB
    )
    .execute(&mut *transaction)
    .await?;
    look.end(&mut transaction).await?;
    transaction.commit().await?;
    Ok(made.rows_affected())
}

async fn subscribe(
    db: &Pool,
    user: &UserId,
    subscription: &PushSubscription,
    now: Timestamp,
) -> std::result::Result<(), sqlx::Error> {
    let mut transaction = db.begin().await?;
    // One after the other for a person, so that there are never too many.
    let person = sqlx::query!(
        r#"
        insert into haggle.participants as p (user_id)
        select $1::varchar
        where exists (select from haggle.directory_users where key = haggle.user_key($1))
        on conflict (user_id)
        do nothing
        "#,
        user.as_str()
    );
    person.execute(&mut *transaction).await?;
    let known = sqlx::query!(
        "select user_id from haggle.participants where user_id = $1 for share",
        user.as_str()
    );
    if known.fetch_optional(&mut *transaction).await?.is_none() {
        return Ok(());
    }
    one_at_a_time(&mut transaction, "push_subscriptions", user.as_str()).await?;
    sqlx::query!(
        r#"
        insert into haggle.push_subscriptions as s (endpoint, user_id, p256dh, auth, created_at)
        values ($1, $2, $3, $4, $5)
        on conflict (endpoint)
        do update set
          user_id = excluded.user_id,
          p256dh = excluded.p256dh,
          auth = excluded.auth,
          created_at = excluded.created_at
        "#,
        &subscription.endpoint,
        user.as_str(),
        &subscription.p256dh,
        &subscription.auth,
        now.date_time()
    )
    .execute(&mut *transaction)
    .await?;
    sqlx::query!(
        r#"
        delete from haggle.push_subscriptions
        where endpoint in (
          select endpoint
          from haggle.push_subscriptions
          where user_id = $1
          order by created_at desc, endpoint desc
          offset $2
        )
        "#,
        user.as_str(),
        i64::try_from(PUSH_SUBSCRIPTIONS).unwrap_or(i64::MAX)
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await
}
