//! How a message takes its files along.

use std::collections::HashSet;

use chat::message::{Draft, Message};
use sqlx::PgConnection;

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
    give(db, &ids, &owners, &conversations).await
}

/// Gives each of these files to the message beside it.
pub(crate) async fn give(
    db: &mut PgConnection,
    ids: &[String],
    messages: &[String],
    conversations: &[String],
) -> Result<(), sqlx::Error> {
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
        ids,
        messages,
        conversations
    )
    .execute(db)
    .await?;
    Ok(())
}
