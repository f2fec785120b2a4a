//! Notification rows: what people missed while they were away.

use chat::{
    ids::{ConversationId, NotificationId, UserId},
    notification::Notification,
    timestamp::Timestamp,
};
use sqlx::types::time::OffsetDateTime;

use crate::leases::at;
use crate::pool::Pool;

struct Row {
    id: String,
    conversation_id: String,
    count: i32,
    is_read: bool,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

pub(crate) async fn page(
    db: &Pool,
    user: &UserId,
    unread_only: bool,
    after: Option<&NotificationId>,
    limit: i64,
) -> Result<Option<(Vec<Notification>, bool)>, sqlx::Error> {
    let after = match after {
        None => None,
        Some(id) => match position(db, user, id).await? {
            None => return Ok(None),
            found => found,
        },
    };
    let mut rows = sqlx::query_as!(
        Row,
        r#"
        select id, conversation_id, count, is_read, created_at, updated_at
        from haggle.notifications
        where user_id = $1
          and (not $2::boolean or not is_read)
          and updated_hour <= coalesce(date_bin('1 hour', $3::timestamptz, timestamptz '1970-01-01 00:00:00+00'), 'infinity')
          and ($3::timestamptz is null or (updated_at, id) < ($3, $4::varchar))
        order by updated_hour desc, updated_at desc, id desc
        limit $5
        "#,
        user.as_str(),
        unread_only,
        after.as_ref().map(|(at, _)| *at),
        after.as_ref().map(|(_, id)| id.as_str()),
        limit + 1
    )
    .fetch_all(db)
    .await?;
    let limit = usize::try_from(limit).unwrap_or(0);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    Ok(Some((
        rows.into_iter().map(Notification::from).collect(),
        has_more,
    )))
}

/// The newest unread ones of each of these users, at most so many, and whether there are more.
pub(crate) async fn unread(
    db: &Pool,
    asked: &[(UserId, i64)],
) -> Result<Vec<(Vec<Notification>, bool)>, sqlx::Error> {
    let users: Vec<String> = asked.iter().map(|(user, _)| user.to_string()).collect();
    let most: Vec<i64> = asked.iter().map(|(_, most)| *most).collect();
    let rows = sqlx::query!(
        r#"
        select
          wanted.place as "place!",
          n.id as "id!",
          n.conversation_id as "conversation_id!",
          n.count as "count!",
          n.created_at as "created_at!",
          n.updated_at as "updated_at!"
        from unnest($1::varchar[], $2::bigint[]) with ordinality as wanted (user_id, most, place)
        cross join lateral (
          select id, conversation_id, count, created_at, updated_at, updated_hour
          from haggle.notifications
          where user_id = wanted.user_id and not is_read
          order by updated_hour desc, updated_at desc, id desc
          limit wanted.most + 1
        ) n
        order by wanted.place, n.updated_hour desc, n.updated_at desc, n.id desc
        "#,
        &users,
        &most
    )
    .fetch_all(db)
    .await?;
    let mut answers = vec![(Vec::new(), false); asked.len()];
    for row in rows {
        at(&mut answers, row.place).0.push(Notification {
            id: NotificationId::new(row.id),
            conversation: ConversationId::new(row.conversation_id),
            count: row.count.into(),
            is_read: false,
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        });
    }
    for ((page, has_more), most) in answers.iter_mut().zip(most) {
        let most = usize::try_from(most).unwrap_or(0);
        *has_more = page.len() > most;
        page.truncate(most);
    }
    Ok(answers)
}

async fn position(
    db: &Pool,
    user: &UserId,
    id: &NotificationId,
) -> Result<Option<(OffsetDateTime, String)>, sqlx::Error> {
    let row = sqlx::query!(
        "select updated_at, id from haggle.notifications where id = $1 and user_id = $2",
        id.as_str(),
        user.as_str()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.updated_at, row.id)))
}

pub(crate) async fn read(
    db: &Pool,
    user: &UserId,
    ids: Option<&[NotificationId]>,
    now: Timestamp,
) -> Result<u64, sqlx::Error> {
    let ids: Option<Vec<String>> = ids.map(|ids| ids.iter().map(ToString::to_string).collect());
    let done = sqlx::query!(
        r#"
        update haggle.notifications
        set is_read = true, updated_at = $3
        where user_id = $1
          and not is_read
          and ($2::varchar[] is null or id = any($2))
        "#,
        user.as_str(),
        ids.as_deref(),
        now.date_time()
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

impl From<Row> for Notification {
    fn from(row: Row) -> Self {
        Self {
            id: NotificationId::new(row.id),
            conversation: ConversationId::new(row.conversation_id),
            count: row.count.into(),
            is_read: row.is_read,
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        }
    }
}
