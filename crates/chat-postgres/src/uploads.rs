//! Uploaded files: what is known of them.

use async_trait::async_trait;
use chat::{
    attachment::{Attachment, Charset, Kept},
    ids::{AttachmentId, UserId},
    limits::UNSENT_UPLOADS,
    storage::{Result, Uploads},
    timestamp::Timestamp,
};

use crate::{
    PgStorage,
    pool::Pool,
    read::attachments::{AttachmentRow, by_id},
    turns::{UPLOADS, one_at_a_time},
};

#[async_trait]
impl Uploads for PgStorage {
    async fn has_room(&self, owner: &UserId) -> Result<bool> {
        let waiting = sqlx::query_scalar!(
            r#"
            select (
              select count(*)
              from haggle.attachments
              where owner_id = $1
                and conversation_id is null
                and message_id is null
                and not given_up
            ) + (
              select count(*)
              from haggle.partial_uploads
              where owner_id = $1
                and attachment_id is null
                and not given_up
            ) as "count!"
            "#,
            owner.as_str()
        )
        .fetch_one(&self.pool);
        let waiting = self.ask(waiting).await?;
        Ok(waiting < UNSENT_UPLOADS)
    }

    async fn add(&self, owner: &UserId, attachment: &Attachment, now: Timestamp) -> Result<bool> {
        self.ask(add(&self.pool, owner, attachment, now)).await
    }

    async fn unsent(&self, owner: &UserId, ids: &[AttachmentId]) -> Result<Vec<Attachment>> {
        let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let rows = sqlx::query_as!(
            AttachmentRow,
            r#"
            select id, owner_id, name, type, charset, size, width, height, has_thumbnail, url, state, conversation_id,
              is_taken_back
            from haggle.attachments
            where id = any($1)
              and owner_id = $2
              and message_id is null
              and not given_up
            "#,
            &texts,
            owner.as_str()
        )
        .fetch_all(&self.pool);
        let rows = self.ask(rows).await?;
        let found = by_id(rows);
        Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
    }

    async fn find(&self, id: &AttachmentId) -> Result<Option<Kept>> {
        let row = sqlx::query_as!(
            AttachmentRow,
            r#"
            select id, owner_id, name, type, charset, size, width, height, has_thumbnail, url, state, conversation_id,
              is_taken_back
            from haggle.attachments
            where id = $1
              and not given_up
              and url is null
              and (message_id is null) = (conversation_id is null)
            "#,
            id.as_str()
        )
        .fetch_optional(&self.pool);
        let row = self.ask(row).await?;
        Ok(row.map(Kept::from))
    }

    async fn give_up(&self, before: Timestamp, limit: i64) -> Result<Vec<AttachmentId>> {
        let ids = sqlx::query_scalar!(
            r#"
            with over as (
              select id
              from haggle.attachments
              where conversation_id is null
                and (given_up or message_id is not null or created_at < $1)
              order by id
              limit $2
              -- Whoever sends one right now has it.
              for update skip locked
            )
            update haggle.attachments a
            set given_up = true
            from over
            where a.id = over.id
            returning a.id
            "#,
            before.date_time(),
            limit
        )
        .fetch_all(&self.pool);
        let ids = self.ask(ids).await?;
        Ok(ids.into_iter().map(AttachmentId::new).collect())
    }

    async fn forget(&self, ids: &[AttachmentId]) -> Result<()> {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let done = sqlx::query!(
            "delete from haggle.attachments where id = any($1) and given_up",
            &ids
        )
        .execute(&self.pool);
        self.ask(done).await?;
        Ok(())
    }
}

async fn add(
    db: &Pool,
    owner: &UserId,
    attachment: &Attachment,
    now: Timestamp,
) -> std::result::Result<bool, sqlx::Error> {
    let mut transaction = db.begin().await?;
    one_at_a_time(&mut transaction, UPLOADS, owner.as_str()).await?;
    let added = sqlx::query!(
        r#"
        insert into haggle.attachments (
          id, owner_id, name, type, charset, size, width, height, has_thumbnail, created_at, state, scan_after
        )
        select
          $1::varchar, $2::varchar, $3, $4, $5, $6, $7, $8, $9, $10::timestamptz, $12::varchar,
          case when $12::varchar = 'held' then $10::timestamptz end
        where (
          select count(*)
          from haggle.attachments
          where owner_id = $2::varchar
            and conversation_id is null
            and message_id is null
            and not given_up
        ) < $11
        "#,
        attachment.id.as_str(),
        owner.as_str(),
        attachment.name,
        attachment.kind.as_str(),
        attachment.charset.map(Charset::as_str),
        attachment.size,
        attachment.pixels.map(|pixels| pixels.width),
        attachment.pixels.map(|pixels| pixels.height),
        attachment.has_thumbnail,
        now.date_time(),
        UNSENT_UPLOADS,
        attachment.state.as_str()
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(added.rows_affected() == 1)
}
