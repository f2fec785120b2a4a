//! Uploaded files: what is known of them, and how a message takes them along.

use std::collections::{HashMap, HashSet};

use chat::{
    attachment::{Attachment, Charset, Kept, MediaType, Pixels},
    ids::{AttachmentId, ConversationId, UserId},
    limits::UNSENT_UPLOADS,
    message::{Draft, Message},
    timestamp::Timestamp,
};
use sqlx::{PgConnection, PgExecutor};

use crate::pool::Pool;

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
    conversation_id: Option<String>,
}

impl From<Row> for Kept {
    fn from(row: Row) -> Self {
        let pixels = row.width.zip(row.height);
        Self {
            attachment: Attachment {
                id: AttachmentId::new(row.id),
                name: row.name,
                // A type that a newer server wrote is served as what cannot be opened by itself.
                kind: MediaType::parse(&row.r#type).unwrap_or(MediaType::Zip),
                charset: row.charset.as_deref().and_then(Charset::parse),
                size: row.size,
                pixels: pixels.map(|(width, height)| Pixels { width, height }),
                has_thumbnail: row.has_thumbnail,
            },
            owner: UserId::new(row.owner_id),
            sent_in: row.conversation_id.map(ConversationId::new),
        }
    }
}

pub(crate) async fn add(
    db: &Pool,
    owner: &UserId,
    attachment: &Attachment,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let added = sqlx::query!(
        r#"
        insert into haggle.attachments (
          id, owner_id, name, type, charset, size, width, height, has_thumbnail, created_at
        )
        select $1::varchar, $2::varchar, $3, $4, $5, $6, $7, $8, $9, $10
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
        UNSENT_UPLOADS
    )
    .execute(db)
    .await?;
    Ok(added.rows_affected() == 1)
}

pub(crate) async fn has_room(db: &Pool, owner: &UserId) -> Result<bool, sqlx::Error> {
    let waiting = sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from haggle.attachments
        where owner_id = $1
          and conversation_id is null
          and message_id is null
          and not given_up
        "#,
        owner.as_str()
    )
    .fetch_one(db)
    .await?;
    Ok(waiting < UNSENT_UPLOADS)
}

pub(crate) async fn unsent(
    db: &Pool,
    owner: &UserId,
    ids: &[AttachmentId],
) -> Result<Vec<Attachment>, sqlx::Error> {
    let texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"
        select id, owner_id, name, type, charset, size, width, height, has_thumbnail, conversation_id
        from haggle.attachments
        where id = any($1)
          and owner_id = $2
          and message_id is null
          and not given_up
        "#,
        &texts,
        owner.as_str()
    )
    .fetch_all(db)
    .await?;
    let found = by_id(rows);
    Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
}

pub(crate) async fn find(db: &Pool, id: &AttachmentId) -> Result<Option<Kept>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"
        select id, owner_id, name, type, charset, size, width, height, has_thumbnail, conversation_id
        from haggle.attachments
        where id = $1
          and not given_up
          and (message_id is null) = (conversation_id is null)
        "#,
        id.as_str()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(Kept::from))
}

pub(crate) async fn give_up(
    db: &Pool,
    before: Timestamp,
    limit: i64,
) -> Result<Vec<AttachmentId>, sqlx::Error> {
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
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(AttachmentId::new).collect())
}

pub(crate) async fn forget(db: &Pool, ids: &[AttachmentId]) -> Result<(), sqlx::Error> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    sqlx::query!(
        "delete from haggle.attachments where id = any($1) and given_up",
        &ids
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Locks the files of these drafts. For each draft whether it can have them: all are its
/// sender's, and none is sent. No two drafts name the same file.
pub(crate) async fn hold(
    db: &mut PgConnection,
    drafts: &[Draft],
) -> Result<Vec<bool>, sqlx::Error> {
    let files = drafts.iter().flat_map(|draft| &draft.files);
    let ids: Vec<String> = files.map(|file| file.id.to_string()).collect();
    let rows = sqlx::query!(
        r#"
        select id, owner_id
        from haggle.attachments
        where id = any($1)
          and message_id is null
          and not given_up
        order by id
        for update
        "#,
        &ids
    )
    .fetch_all(db)
    .await?;
    let held: HashSet<(String, String)> =
        rows.into_iter().map(|row| (row.id, row.owner_id)).collect();
    let has_all = |draft: &Draft| {
        let sender = draft.sender.to_string();
        let mut files = draft.files.iter();
        files.all(|file| held.contains(&(file.id.to_string(), sender.clone())))
    };
    Ok(drafts.iter().map(has_all).collect())
}

/// Gives files to the messages that were appended. They are held.
pub(crate) async fn send(db: &mut PgConnection, messages: &[&Message]) -> Result<(), sqlx::Error> {
    let (mut ids, mut owners, mut conversations) = (Vec::new(), Vec::new(), Vec::new());
    for message in messages {
        for file in &message.files {
            ids.push(file.id.to_string());
            owners.push(message.id.to_string());
            conversations.push(message.conversation.to_string());
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        r#"
        update haggle.attachments a
        set message_id = sent.message_id, conversation_id = sent.conversation_id
        from unnest($1::varchar[], $2::varchar[], $3::varchar[])
          as sent (id, message_id, conversation_id)
        where a.id = sent.id
        "#,
        &ids,
        &owners,
        &conversations
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The files with these ids, sent or not.
pub(crate) async fn files(
    db: impl PgExecutor<'_>,
    ids: &[String],
) -> Result<HashMap<AttachmentId, Attachment>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select id, owner_id, name, type, charset, size, width, height, has_thumbnail, conversation_id
        from haggle.attachments
        where id = any($1)
        "#,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(by_id(rows))
}

fn by_id(rows: Vec<Row>) -> HashMap<AttachmentId, Attachment> {
    let kept = rows.into_iter().map(Kept::from);
    kept.map(|kept| (kept.attachment.id.clone(), kept.attachment))
        .collect()
}

/// The key that signs links, the same for every server on this database. 32 bytes.
pub(crate) async fn link_key(db: &Pool) -> Result<Vec<u8>, sqlx::Error> {
    sqlx::query_scalar!("select key from haggle.keys where name = 'links'")
        .fetch_one(db)
        .await
}
