//! Uploads that come in several requests: what is known of them.

use async_trait::async_trait;
use chat::{
    ids::{AttachmentId, UploadId, UserId},
    limits::UNSENT_UPLOADS,
    storage::{PartialUpload, PartialUploads, Result},
    timestamp::Timestamp,
};
use sqlx::types::time::OffsetDateTime;

use crate::{
    PgStorage,
    pool::Pool,
    turns::{UPLOADS, one_at_a_time},
};

#[async_trait]
impl PartialUploads for PgStorage {
    async fn begin(&self, upload: &PartialUpload) -> Result<bool> {
        self.ask(begin(&self.pool, upload)).await
    }

    async fn partial(&self, owner: &UserId, id: &UploadId) -> Result<Option<PartialUpload>> {
        let row = sqlx::query_as!(
            Row,
            r#"
            select id, owner_id, name, size, received, pieces, attachment_id, created_at
            from haggle.partial_uploads
            where id = $1
              and owner_id = $2
              and not given_up
            "#,
            id.as_str(),
            owner.as_str()
        )
        .fetch_optional(&self.pool);
        let row = self.ask(row).await?;
        Ok(row.map(PartialUpload::from))
    }

    async fn advance(&self, id: &UploadId, from: i64, to: i64, pieces: &[String]) -> Result<bool> {
        let advanced = sqlx::query!(
            r#"
            update haggle.partial_uploads
            set received = $3, pieces = $4
            where id = $1
              and received = $2
              and attachment_id is null
              and not given_up
            "#,
            id.as_str(),
            from,
            to,
            pieces
        )
        .execute(&self.pool);
        let advanced = self.ask(advanced).await?;
        Ok(advanced.rows_affected() == 1)
    }

    async fn done(&self, id: &UploadId, from: i64, attachment: &AttachmentId) -> Result<bool> {
        let done = sqlx::query!(
            r#"
            update haggle.partial_uploads
            set received = size, attachment_id = $3
            where id = $1
              and received = $2
              and attachment_id is null
              and not given_up
            "#,
            id.as_str(),
            from,
            attachment.as_str()
        )
        .execute(&self.pool);
        let done = self.ask(done).await?;
        Ok(done.rows_affected() == 1)
    }

    async fn cancel(&self, id: &UploadId) -> Result<()> {
        let cancelled = sqlx::query!(
            "update haggle.partial_uploads set given_up = true where id = $1",
            id.as_str()
        )
        .execute(&self.pool);
        self.ask(cancelled).await?;
        Ok(())
    }

    async fn give_up_partial(&self, before: Timestamp, limit: i64) -> Result<Vec<UploadId>> {
        let ids = sqlx::query_scalar!(
            r#"
            with over as (
              select id
              from haggle.partial_uploads
              where given_up or created_at < $1
              order by id
              limit $2
              for update skip locked
            )
            update haggle.partial_uploads u
            set given_up = true
            from over
            where u.id = over.id
            returning u.id
            "#,
            before.date_time(),
            limit
        )
        .fetch_all(&self.pool);
        let ids = self.ask(ids).await?;
        Ok(ids.into_iter().map(UploadId::new).collect())
    }

    async fn forget_partial(&self, ids: &[UploadId]) -> Result<()> {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let done = sqlx::query!(
            "delete from haggle.partial_uploads where id = any($1) and given_up",
            &ids
        )
        .execute(&self.pool);
        self.ask(done).await?;
        Ok(())
    }
}

async fn begin(db: &Pool, upload: &PartialUpload) -> std::result::Result<bool, sqlx::Error> {
    let mut transaction = db.begin().await?;
    one_at_a_time(&mut transaction, UPLOADS, upload.owner.as_str()).await?;
    let begun = sqlx::query!(
        r#"
        insert into haggle.partial_uploads (id, owner_id, name, size, received, pieces, created_at)
        select $1::varchar, $2::varchar, $3, $4, 0, '{}', $5
        where (
          select count(*)
          from haggle.partial_uploads
          where owner_id = $2::varchar
            and attachment_id is null
            and not given_up
        ) + (
          select count(*)
          from haggle.attachments
          where owner_id = $2::varchar
            and conversation_id is null
            and message_id is null
            and not given_up
        ) < $6
        "#,
        upload.id.as_str(),
        upload.owner.as_str(),
        upload.name,
        upload.size,
        upload.created_at.date_time(),
        UNSENT_UPLOADS
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(begun.rows_affected() == 1)
}

struct Row {
    id: String,
    owner_id: String,
    name: String,
    size: i64,
    received: i64,
    pieces: Vec<String>,
    attachment_id: Option<String>,
    created_at: OffsetDateTime,
}

impl From<Row> for PartialUpload {
    fn from(row: Row) -> Self {
        Self {
            id: UploadId::new(row.id),
            owner: UserId::new(row.owner_id),
            name: row.name,
            size: row.size,
            received: row.received,
            pieces: row.pieces,
            attachment: row.attachment_id.map(AttachmentId::new),
            created_at: row.created_at.into(),
        }
    }
}
