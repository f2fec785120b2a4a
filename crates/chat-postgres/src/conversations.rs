//! Conversations, and their lists, newest activity first.

use std::time::Duration;

use async_trait::async_trait;
use chat::{
    conversation::{Conversation, Kind},
    ids::{ConversationId, UserId},
    search,
    storage::{Conversations, ListCounts, ListPage, ListQuery, Result as Stored, Scope},
};
use sqlx::types::time::OffsetDateTime;

use crate::{PgStorage, pool::Pool, read::conversations};

#[async_trait]
impl Conversations for PgStorage {
    async fn get(&self, id: &ConversationId) -> Stored<Option<Conversation>> {
        self.ask(conversations::load_one(&self.pool, id.as_str()))
            .await
    }

    async fn list(&self, query: &ListQuery) -> Stored<ListPage> {
        self.ask(list(&self.pool, query)).await
    }

    async fn counts(&self, query: &ListQuery) -> Stored<ListCounts> {
        self.ask(counts(&self.pool, query)).await
    }

    async fn changed_within(&self, users: &[UserId], time: Duration) -> Stored<Vec<Conversation>> {
        self.ask(changed_within(&self.pool, users, time)).await
    }
}

async fn list(db: &Pool, query: &ListQuery) -> Result<ListPage, sqlx::Error> {
    let mut ids = match &query.scope {
        Scope::Of(user) => ids_of(db, query, user.as_str()).await?,
        Scope::All => ids_of_all(db, query).await?,
    };
    let limit = usize::try_from(query.limit).unwrap_or(0);
    let has_more = ids.len() > limit;
    ids.truncate(limit);
    Ok(ListPage {
        conversations: conversations::load(db, &ids).await?,
        has_more,
    })
}

/// What must all be found, folded; `None` finds everything.
fn words(query: &ListQuery) -> Option<Vec<String>> {
    let search = query.search.as_ref()?;
    Some(search::words(search).map(search::fold).collect())
}

fn cursor(query: &ListQuery) -> (Option<OffsetDateTime>, Option<&str>) {
    let cursor = query.cursor.as_ref();
    (
        cursor.map(|cursor| cursor.active_at.date_time()),
        cursor.map(|cursor| cursor.id.as_str()),
    )
}

/// One more than the limit, to know whether there are more.
async fn ids_of(db: &Pool, query: &ListQuery, user: &str) -> Result<Vec<String>, sqlx::Error> {
    let (active_at, id) = cursor(query);
    let words = words(query);
    sqlx::query_scalar!(
        r#"
        select id as "id!"
        from haggle.named_conversations
        where (buyer_id = $1 or supplier_id = $1 or admin_id = $1)
          and ($2::varchar is null or type = $2)
          and (not $7::boolean or (admin_id is null and type <> 'buyer_supplier'))
          and ($4::timestamptz is null or (coalesce(last_message_at, created_at), id) < ($4, $5::varchar))
          and (
            $3::text[] is null
            or haggle.words_in(folded_names || E'\n' || folded_preview, $3) = (1::bigint << cardinality($3)) - 1
          )
        order by coalesce(last_message_at, created_at) desc, id desc
        limit $6
        "#,
        user,
        query.kind.map(Kind::as_str),
        words.as_deref(),
        active_at,
        id,
        query.limit + 1,
        query.waiting
    )
    .fetch_all(db)
    .await
}

/// The same over everything: in the order of the index on the hour, sorted inside each hour.
async fn ids_of_all(db: &Pool, query: &ListQuery) -> Result<Vec<String>, sqlx::Error> {
    if query.waiting {
        return ids_that_wait(db, query).await;
    }
    let (active_at, id) = cursor(query);
    let words = words(query);
    sqlx::query_scalar!(
        r#"
        with found as materialized (
          select haggle.names_with($2::text[]) as names
        )
        select id as "id!"
        from haggle.named_conversations
        where ($1::varchar is null or type = $1)
          and active_hour <= coalesce(date_bin('1 hour', $3::timestamptz, timestamptz '1970-01-01 00:00:00+00'), 'infinity')
          and ($3::timestamptz is null or (coalesce(last_message_at, created_at), id) < ($3, $4::varchar))
          and (
            $2::text[] is null
            or haggle.is_found(
              buyer_id, supplier_id, admin_id, product_id, folded_preview, (select names from found), $2
            )
          )
        order by active_hour desc, coalesce(last_message_at, created_at) desc, id desc
        limit $5
        "#,
        query.kind.map(Kind::as_str),
        words.as_deref(),
        active_at,
        id,
        query.limit + 1
    )
    .fetch_all(db)
    .await
}

/// The same over those that no administrator has taken, which have an index of their own.
async fn ids_that_wait(db: &Pool, query: &ListQuery) -> Result<Vec<String>, sqlx::Error> {
    let (active_at, id) = cursor(query);
    let words = words(query);
    sqlx::query_scalar!(
        r#"
        with found as materialized (
          select haggle.names_with($2::text[]) as names
        )
        select id as "id!"
        from haggle.named_conversations
        where admin_id is null
          and type <> 'buyer_supplier'
          and ($1::varchar is null or type = $1)
          and active_hour <= coalesce(date_bin('1 hour', $3::timestamptz, timestamptz '1970-01-01 00:00:00+00'), 'infinity')
          and ($3::timestamptz is null or (coalesce(last_message_at, created_at), id) < ($3, $4::varchar))
          and (
            $2::text[] is null
            or haggle.is_found(
              buyer_id, supplier_id, admin_id, product_id, folded_preview, (select names from found), $2
            )
          )
        order by active_hour desc, coalesce(last_message_at, created_at) desc, id desc
        limit $5
        "#,
        query.kind.map(Kind::as_str),
        words.as_deref(),
        active_at,
        id,
        query.limit + 1
    )
    .fetch_all(db)
    .await
}

/// By each filter, of those that the scope and the search leave.
async fn counts(db: &Pool, query: &ListQuery) -> Result<ListCounts, sqlx::Error> {
    match &query.scope {
        Scope::Of(user) => counts_of(db, query, user.as_str()).await,
        Scope::All => counts_of_all(db, query).await,
    }
}

async fn counts_of(db: &Pool, query: &ListQuery, user: &str) -> Result<ListCounts, sqlx::Error> {
    let words = words(query);
    sqlx::query_as!(
        ListCounts,
        r#"
        select
          count(*) as "all!",
          count(*) filter (where admin_id is null and type <> 'buyer_supplier') as "waiting!",
          count(*) filter (where type = 'buyer_supplier') as "buyer_supplier!",
          count(*) filter (where type = 'buyer_admin') as "buyer_admin!",
          count(*) filter (where type = 'support') as "support!"
        from haggle.named_conversations
        where (buyer_id = $1 or supplier_id = $1 or admin_id = $1)
          and (
            $2::text[] is null
            or haggle.words_in(folded_names || E'\n' || folded_preview, $2) = (1::bigint << cardinality($2)) - 1
          )
        "#,
        user,
        words.as_deref()
    )
    .fetch_one(db)
    .await
}

async fn counts_of_all(db: &Pool, query: &ListQuery) -> Result<ListCounts, sqlx::Error> {
    let words = words(query);
    sqlx::query_as!(
        ListCounts,
        r#"
        with found as materialized (
          select haggle.names_with($1::text[]) as names
        )
        select
          count(*) as "all!",
          count(*) filter (where admin_id is null and type <> 'buyer_supplier') as "waiting!",
          count(*) filter (where type = 'buyer_supplier') as "buyer_supplier!",
          count(*) filter (where type = 'buyer_admin') as "buyer_admin!",
          count(*) filter (where type = 'support') as "support!"
        from haggle.named_conversations
        where
          $1::text[] is null
          or haggle.is_found(
            buyer_id, supplier_id, admin_id, product_id, folded_preview, (select names from found), $1
          )
        "#,
        words.as_deref()
    )
    .fetch_one(db)
    .await
}

/// What changed of these users' conversations in so many seconds before now.
async fn changed_within(
    db: &Pool,
    users: &[UserId],
    time: Duration,
) -> Result<Vec<Conversation>, sqlx::Error> {
    let users: Vec<String> = users.iter().map(ToString::to_string).collect();
    let ids = sqlx::query_scalar!(
        r#"
        select id as "id!"
        from haggle.conversations
        where (buyer_id = any($1) or supplier_id = any($1) or admin_id = any($1))
          and changed_at > clock_timestamp() - make_interval(secs => $2)
        "#,
        &users,
        time.as_secs_f64()
    )
    .fetch_all(db)
    .await?;
    conversations::load(db, &ids).await
}
