//! Files that were sent, and those that the scanner has not seen.

use async_trait::async_trait;
use chat::{
    attachment::Kept,
    ids::{AttachmentId, ConversationId, MessageId, UserId},
    message::MessageKind,
    storage::{Files, Result as Stored, SentFile},
    timestamp::Timestamp,
};
use sqlx::types::time::OffsetDateTime;

use crate::{
    PgError, PgStorage,
    pool::Pool,
    read::{attachments::AttachmentRow, messages::sender_name},
};

#[async_trait]
impl Files for PgStorage {
    async fn page(
        &self,
        conversation: &ConversationId,
        after: Option<&AttachmentId>,
        limit: i64,
    ) -> Stored<Option<(Vec<SentFile>, bool)>> {
        let page = page(&self.pool, conversation.as_str(), after, limit);
        self.ask(page).await
    }

    async fn take_held(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: i64,
    ) -> Stored<Vec<AttachmentId>> {
        let ids = sqlx::query_scalar!(
            r#"
            with due as (
              select id
              from haggle.attachments
              where scan_after <= $1
                and not given_up
              order by scan_after
              limit $3
              -- Another server has it.
              for update skip locked
            )
            update haggle.attachments a
            set scan_after = $2
            from due
            where a.id = due.id
            returning a.id
            "#,
            now.date_time(),
            until.date_time(),
            limit
        )
        .fetch_all(&self.pool);
        let ids = self.ask(ids).await?;
        Ok(ids.into_iter().map(AttachmentId::new).collect())
    }
}

/// A file whose bytes are in the object store.
#[derive(Clone, Debug)]
pub struct KeptFile {
    pub id: AttachmentId,
    pub has_thumbnail: bool,
}

impl PgStorage {
    /// Those behind this one, by their ids.
    pub async fn kept_files(
        &self,
        after: Option<&AttachmentId>,
        limit: i64,
    ) -> Result<Vec<KeptFile>, PgError> {
        let rows = sqlx::query!(
            r#"
            select id, has_thumbnail
            from haggle.attachments
            where id > $1
              and url is null
              and state <> 'infected'
              and not given_up
              and (message_id is null) = (conversation_id is null)
            order by id
            limit $2
            "#,
            after.map_or("", AttachmentId::as_str),
            limit
        )
        .fetch_all(&self.pool)
        .await?;
        let kept = rows.into_iter().map(|row| KeptFile {
            id: AttachmentId::new(row.id),
            has_thumbnail: row.has_thumbnail,
        });
        Ok(kept.collect())
    }
}

struct Row {
    id: String,
    owner_id: String,
    name: String,
    r#type: String,
    charset: Option<String>,
    size: i64,
    width: Option<i32>,
    height: Option<i32>,
    has_thumbnail: bool,
    url: Option<String>,
    state: String,
    message_id: String,
    seq: i64,
    sender_id: Option<String>,
    sender_name: Option<String>,
    is_former_user: Option<bool>,
    sent_at: OffsetDateTime,
}

impl From<Row> for SentFile {
    fn from(row: Row) -> Self {
        let sender = row.sender_id.map(UserId::new);
        let file = AttachmentRow {
            id: row.id,
            owner_id: row.owner_id,
            name: row.name,
            r#type: row.r#type,
            charset: row.charset,
            size: row.size,
            width: row.width,
            height: row.height,
            has_thumbnail: row.has_thumbnail,
            url: row.url,
            state: row.state,
            conversation_id: None,
            is_taken_back: false,
        };
        Self {
            attachment: Kept::from(file).attachment,
            message: MessageId::new(row.message_id),
            seq: row.seq,
            sender_name: sender_name(
                sender.as_ref(),
                row.sender_name,
                row.is_former_user,
                MessageKind::default(),
            ),
            sender,
            created_at: row.sent_at.into(),
        }
    }
}

async fn page(
    db: &Pool,
    conversation: &str,
    after: Option<&AttachmentId>,
    limit: i64,
) -> Result<Option<(Vec<SentFile>, bool)>, sqlx::Error> {
    let place = match after {
        None => (i64::MAX, 0),
        Some(id) => match place_of(db, conversation, id).await? {
            None => return Ok(None),
            Some(place) => place,
        },
    };
    let mut rows = sqlx::query_as!(
        Row,
        r#"
        select
          a.id, a.owner_id, a.name, a.type, a.charset, a.size, a.width, a.height, a.has_thumbnail, a.url, a.state,
          m.id as message_id,
          m.seq,
          m.sender_id,
          (select p.name from haggle.people p where p.key = haggle.user_key(m.sender_id) limit 1) as sender_name,
          m.is_former_user,
          m.created_at as sent_at
        from haggle.message_rows m
        cross join lateral unnest(m.attachments) with ordinality as file (id, place)
        join haggle.attachments a on a.id = file.id
        where m.conversation_id = $1
          and m.attachments <> '{}'
          and m.deleted_at is null
          and m.seq <= $2
          and (m.seq < $2 or file.place > $3)
        order by m.seq desc, file.place
        limit $4
        "#,
        conversation,
        place.0,
        place.1,
        limit + 1
    )
    .fetch_all(db)
    .await?;
    let limit = usize::try_from(limit).unwrap_or(0);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    Ok(Some((
        rows.into_iter().map(SentFile::from).collect(),
        has_more,
    )))
}

/// The message of a file, and its place in that.
async fn place_of(
    db: &Pool,
    conversation: &str,
    file: &AttachmentId,
) -> Result<Option<(i64, i64)>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select m.seq, array_position(m.attachments, a.id::text)::bigint as "place!"
        from haggle.attachments a
        join haggle.message_rows m on m.id = a.message_id
        where a.id = $1
          and m.conversation_id = $2
          and array_position(m.attachments, a.id::text) is not null
        "#,
        file.as_str(),
        conversation
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.seq, row.place)))
}
