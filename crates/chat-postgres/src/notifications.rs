//! What people missed while they were away.

use async_trait::async_trait;
use chat::{
    ids::{ConversationId, NotificationId, UserId},
    notification::Notification,
    storage::{Notifications, Result as Stored},
    timestamp::Timestamp,
};
use sqlx::types::time::OffsetDateTime;

use crate::{PgStorage, pool::Pool, read::notifications::say_what_about};

#[async_trait]
impl Notifications for PgStorage {
    async fn page(
        &self,
        user: &UserId,
        unread_only: bool,
        after: Option<&NotificationId>,
        limit: i64,
    ) -> Stored<Option<(Vec<Notification>, bool)>> {
        if unread_only && after.is_none() {
            return self.batched.unread(user, limit).await.map(Some);
        }
        self.ask(page(&self.pool, user, unread_only, after, limit))
            .await
    }

    async fn mark_read(
        &self,
        user: &UserId,
        ids: Option<&[NotificationId]>,
        now: Timestamp,
    ) -> Stored<u64> {
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
        .execute(&self.pool);
        let done = self.ask(done).await?;
        Ok(done.rows_affected())
    }
}

struct Row {
    id: String,
    conversation_id: String,
    count: i32,
    is_read: bool,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

async fn page(
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
          -- One look at the key for each: `not exists` would be a join.
          and not coalesce(
            (
              select haggle.is_muted_by(notifications.user_id, c)
              from haggle.conversations c
              where c.id = notifications.conversation_id
            ),
            false
          )
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
    let mut rows: Vec<_> = rows.into_iter().map(Notification::from).collect();
    say_what_about(db, &mut [(user, &mut rows)]).await?;
    Ok(Some((rows, has_more)))
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

impl From<Row> for Notification {
    fn from(row: Row) -> Self {
        Self {
            id: NotificationId::new(row.id),
            conversation: ConversationId::new(row.conversation_id),
            count: row.count.into(),
            title: String::new(),
            sender_name: String::new(),
            preview: String::new(),
            is_read: row.is_read,
            created_at: row.created_at.into(),
            updated_at: row.updated_at.into(),
        }
    }
}
