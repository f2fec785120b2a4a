//! Files as their rows have them.

use std::collections::HashMap;

use chat::{
    attachment::{Attachment, Charset, FileState, Kept, MediaType, Pixels},
    ids::{AttachmentId, ConversationId, UserId},
};
use sqlx::PgExecutor;

pub(crate) struct AttachmentRow {
    pub id: String,
    pub owner_id: String,
    pub name: String,
    pub r#type: String,
    pub charset: Option<String>,
    pub size: i64,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub has_thumbnail: bool,
    pub url: Option<String>,
    pub state: String,
    pub conversation_id: Option<String>,
    pub is_taken_back: bool,
}

impl From<AttachmentRow> for Kept {
    fn from(row: AttachmentRow) -> Self {
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
                link: row.url,
                // What a newer server wrote of it is no reason to open it.
                state: FileState::parse(&row.state).unwrap_or(FileState::Held),
            },
            owner: UserId::new(row.owner_id),
            sent_in: row.conversation_id.map(ConversationId::new),
            is_taken_back: row.is_taken_back,
        }
    }
}

/// The files with these ids, sent or not.
pub(crate) async fn files(
    db: impl PgExecutor<'_>,
    ids: &[String],
) -> Result<HashMap<AttachmentId, Attachment>, sqlx::Error> {
    let rows = sqlx::query_as!(
        AttachmentRow,
        r#"
        select id, owner_id, name, type, charset, size, width, height, has_thumbnail, url, state, conversation_id,
          is_taken_back
        from haggle.attachments
        where id = any($1)
        "#,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(by_id(rows))
}

pub(crate) fn by_id(rows: Vec<AttachmentRow>) -> HashMap<AttachmentId, Attachment> {
    let kept = rows.into_iter().map(Kept::from);
    kept.map(|kept| (kept.attachment.id.clone(), kept.attachment))
        .collect()
}
