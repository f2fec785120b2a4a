//! Files that the scanner has looked at.

use async_trait::async_trait;
use chat::{
    attachment::Verdict,
    ids::{AttachmentId, ConversationId, MessageId},
    storage::{HeldFiles, Result as Stored},
};
use sqlx::PgExecutor;

use crate::{
    PgWriter,
    pool::Pool,
    write::{held::Held, message_changes::count},
};

/// It may be sent between two looks; once.
const LOOKS: usize = 3;

#[async_trait]
impl HeldFiles for PgWriter {
    async fn settle(&self, id: &AttachmentId, verdict: Verdict) -> Stored<bool> {
        for _ in 0..LOOKS {
            let place = place(&self.storage.pool, id);
            match self.storage.ask(place).await? {
                None => return Ok(false),
                Some(None) => {
                    let unsent = unsent(&self.storage.pool, id, verdict);
                    if self.storage.ask(unsent).await? {
                        return Ok(true);
                    }
                }
                Some(Some((conversation, message))) => {
                    let sent = sent(self, id, verdict, &conversation, &message);
                    return self.change(&conversation, sent).await;
                }
            }
        }
        Ok(false)
    }
}

type Place = Option<(ConversationId, MessageId)>;

/// Where a held file was sent.
async fn place(db: &Pool, id: &AttachmentId) -> Result<Option<Place>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select conversation_id, message_id
        from haggle.attachments
        where id = $1
          and state = 'held'
          and not given_up
          and (message_id is null) = (conversation_id is null)
        "#,
        id.as_str()
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let place = row.conversation_id.zip(row.message_id);
        place.map(|(conversation, message)| {
            (ConversationId::new(conversation), MessageId::new(message))
        })
    }))
}

async fn unsent(db: &Pool, id: &AttachmentId, verdict: Verdict) -> Result<bool, sqlx::Error> {
    let settled = sqlx::query!(
        r#"
        update haggle.attachments
        set state = $2, scan_after = null
        where id = $1
          and state = 'held'
          and message_id is null
        "#,
        id.as_str(),
        verdict.state().as_str()
    )
    .execute(db)
    .await?;
    Ok(settled.rows_affected() == 1)
}

async fn sent(
    writer: &PgWriter,
    id: &AttachmentId,
    verdict: Verdict,
    conversation: &ConversationId,
    message: &MessageId,
) -> Result<bool, sqlx::Error> {
    let mut held = Held::take(writer, conversation).await?;
    if !settled(held.db(), id, verdict).await? {
        return Ok(false);
    }
    let turn = count(held.db(), conversation, message, None).await?;
    let (_, event) = turn.tell(held.db(), conversation, message).await?;
    held.commit(vec![event]).await?;
    Ok(true)
}

async fn settled(
    db: impl PgExecutor<'_>,
    id: &AttachmentId,
    verdict: Verdict,
) -> Result<bool, sqlx::Error> {
    let settled = sqlx::query!(
        r#"
        update haggle.attachments
        set state = $2, scan_after = null
        where id = $1
          and state = 'held'
          and conversation_id is not null
        "#,
        id.as_str(),
        verdict.state().as_str()
    )
    .execute(db)
    .await?;
    Ok(settled.rows_affected() == 1)
}
