//! Lists of conversations, newest activity first.

use std::time::Duration;

use chat::{
    conversation::Conversation,
    ids::UserId,
    storage::{ListPage, ListQuery, Scope},
};
use sqlx::types::time::OffsetDateTime;

use crate::cards;
use crate::pool::Pool;

pub(crate) async fn list(db: &Pool, query: &ListQuery) -> Result<ListPage, sqlx::Error> {
    let mut ids = match &query.scope {
        Scope::Of(user) => ids_of(db, query, user.as_str()).await?,
        Scope::All => ids_of_all(db, query).await?,
    };
    let limit = usize::try_from(query.limit).unwrap_or(0);
    let has_more = ids.len() > limit;
    ids.truncate(limit);
    Ok(ListPage {
        conversations: cards::load(db, &ids).await?,
        has_more,
    })
}

/// Finds the text in a `like` pattern literally.
fn pattern(query: &ListQuery) -> Option<String> {
    let escape = |text: &String| {
        let text = text
            .replace('\\', r"\\")
            .replace('%', r"\%")
            .replace('_', r"\_");
        format!("%{text}%")
    };
    query.search.as_ref().map(escape)
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
    sqlx::query_scalar!(
        r#"
        select id as "id!"
        from haggle.named_conversations
        where (buyer_id = $1 or supplier_id = $1 or admin_id = $1)
          and ($2::varchar is null or type = $2)
          and (
            $3::text is null
            or buyer_name ilike $3
            or supplier_name ilike $3
            or admin_name ilike $3
            or product_name ilike $3
            or last_message ilike $3
          )
          and ($4::timestamptz is null or (coalesce(last_message_at, created_at), id) < ($4, $5::varchar))
        order by coalesce(last_message_at, created_at) desc, id desc
        limit $6
        "#,
        user,
        query.kind.map(chat::conversation::Kind::as_str),
        pattern(query),
        active_at,
        id,
        query.limit + 1
    )
    .fetch_all(db)
    .await
}

/// The same over everything: in the order of the index on the hour, sorted inside each hour.
async fn ids_of_all(db: &Pool, query: &ListQuery) -> Result<Vec<String>, sqlx::Error> {
    let (active_at, id) = cursor(query);
    sqlx::query_scalar!(
        r#"
        select id as "id!"
        from haggle.named_conversations
        where ($1::varchar is null or type = $1)
          and (
            $2::text is null
            or buyer_name ilike $2
            or supplier_name ilike $2
            or admin_name ilike $2
            or product_name ilike $2
            or last_message ilike $2
          )
          and active_hour <= coalesce(date_bin('1 hour', $3::timestamptz, timestamptz '1970-01-01 00:00:00+00'), 'infinity')
          and ($3::timestamptz is null or (coalesce(last_message_at, created_at), id) < ($3, $4::varchar))
        order by active_hour desc, coalesce(last_message_at, created_at) desc, id desc
        limit $5
        "#,
        query.kind.map(chat::conversation::Kind::as_str),
        pattern(query),
        active_at,
        id,
        query.limit + 1
    )
    .fetch_all(db)
    .await
}

/// What changed of these users' conversations in so many seconds before now.
pub(crate) async fn changed_within(
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
    cards::load(db, &ids).await
}

pub(crate) async fn unread_count(db: &Pool, user: &str) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"
        select coalesce(sum(
          case $1
            when buyer_id then unread_count_buyer
            when supplier_id then unread_count_supplier
            else unread_count_admin
          end
        ), 0)::bigint as "count!"
        from haggle.conversations
        where buyer_id = $1 or supplier_id = $1 or admin_id = $1
        "#,
        user
    )
    .fetch_one(db)
    .await
}
