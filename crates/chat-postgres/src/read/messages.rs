//! Messages by their place in the order, with their files.

use std::collections::HashMap;

use chat::{
    attachment::Attachment,
    ids::{AttachmentId, ConversationId, MessageId, UserId},
    message::{FORMER_ADMINISTRATOR, FORMER_USER, Message},
    person::Role,
};
use sqlx::{PgConnection, PgExecutor, types::time::OffsetDateTime};

use super::attachments;
use crate::pool::Pool;

struct Row {
    id: String,
    conversation_id: String,
    seq: i64,
    sender_id: Option<String>,
    sender_name: Option<String>,
    sender_type: String,
    receiver_id: Option<String>,
    message: String,
    attachments: Vec<String>,
    client_message_id: Option<String>,
    is_read: bool,
    created_at: OffsetDateTime,
    is_former_user: Option<bool>,
}

/// A stretch of one conversation: `above < seq <= up_to`.
pub(crate) struct Stretch {
    pub conversation: String,
    pub above: i64,
    pub up_to: i64,
}

/// The messages of these stretches, each stretch in the order of `seq`.
pub(crate) async fn load(db: &Pool, stretches: &[Stretch]) -> Result<Vec<Message>, sqlx::Error> {
    let ids: Vec<String> = stretches.iter().map(|s| s.conversation.clone()).collect();
    let above: Vec<i64> = stretches.iter().map(|s| s.above).collect();
    let up_to: Vec<i64> = stretches.iter().map(|s| s.up_to).collect();
    let rows = sqlx::query_as!(
        Row,
        r#"
        select
          m.id as "id!",
          m.conversation_id as "conversation_id!",
          m.seq as "seq!",
          m.sender_id,
          (select p.name from haggle.people p where p.key = haggle.user_key(m.sender_id) limit 1) as sender_name,
          m.sender_type as "sender_type!",
          m.receiver_id,
          m.message as "message!",
          m.attachments as "attachments!",
          m.client_message_id,
          m.is_read as "is_read!",
          m.created_at as "created_at!",
          m.is_former_user
        from unnest($1::varchar[], $2::bigint[], $3::bigint[])
          with ordinality as stretch (conversation_id, above, up_to, place)
        join haggle.messages m
          on m.conversation_id = stretch.conversation_id
          and m.seq > stretch.above
          and m.seq <= stretch.up_to
        order by stretch.place, m.seq
        "#,
        &ids,
        &above,
        &up_to
    )
    .fetch_all(db)
    .await?;
    let ids: Vec<String> = rows
        .iter()
        .flat_map(|row| row.attachments.clone())
        .collect();
    let files = if ids.is_empty() {
        Files::new()
    } else {
        attachments::files(db, &ids).await?
    };
    Ok(rows.into_iter().map(|row| row.message(&files)).collect())
}

/// The message that this sender sent here under this `clientMessageId`.
pub(crate) async fn sent(
    db: &mut PgConnection,
    sender: &str,
    conversation: &str,
    client_message_id: &str,
) -> Result<Option<Message>, sqlx::Error> {
    let row = sqlx::query_as!(
        Row,
        r#"
        select
          m.id as "id!",
          m.conversation_id as "conversation_id!",
          m.seq as "seq!",
          m.sender_id,
          (select p.name from haggle.people p where p.key = haggle.user_key(m.sender_id) limit 1) as sender_name,
          m.sender_type as "sender_type!",
          m.receiver_id,
          m.message as "message!",
          m.attachments as "attachments!",
          m.client_message_id,
          m.is_read as "is_read!",
          m.created_at as "created_at!",
          m.is_former_user
        from haggle.messages m
        where m.sender_id = $1 and m.conversation_id = $2 and m.client_message_id = $3
        "#,
        sender,
        conversation,
        client_message_id
    )
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let files = if row.attachments.is_empty() {
        Files::new()
    } else {
        attachments::files(db, &row.attachments).await?
    };
    Ok(Some(row.message(&files)))
}

/// Where a message stands in this conversation.
pub(crate) async fn seq_of(
    db: impl PgExecutor<'_>,
    conversation: &str,
    message: &str,
) -> Result<Option<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select seq from haggle.message_rows where id = $1 and conversation_id = $2",
        message,
        conversation
    )
    .fetch_optional(db)
    .await
}

type Files = HashMap<AttachmentId, Attachment>;

impl Row {
    fn message(self, files: &Files) -> Message {
        let row = self;
        let sender = row.sender_id.map(UserId::new);
        let sender_name = match &sender {
            Some(_) => row.sender_name.unwrap_or_default(),
            None if row.is_former_user == Some(true) => FORMER_USER.to_owned(),
            None => FORMER_ADMINISTRATOR.to_owned(),
        };
        Message {
            id: MessageId::new(row.id),
            conversation: ConversationId::new(row.conversation_id),
            seq: row.seq,
            sender,
            sender_name,
            sender_type: Role::parse(&row.sender_type).expect("a check constraint holds it"),
            receiver: row.receiver_id.map(UserId::new),
            text: row.message,
            files: row
                .attachments
                .iter()
                .filter_map(|id| files.get(id.as_str()).cloned())
                .collect(),
            client_message_id: row.client_message_id,
            is_read: row.is_read,
            created_at: row.created_at.into(),
        }
    }
}
