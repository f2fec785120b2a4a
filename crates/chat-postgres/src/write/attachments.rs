//! How a message takes its files along.

use std::collections::HashMap;

use chat::{
    attachment::FileState,
    message::{Draft, Message},
    storage::Append,
};
use sqlx::PgConnection;

/// Locks the files of these drafts. Each draft with its files as they are now, or why it cannot have them: all
/// must be its sender's, none sent, and none infected. No two drafts name the same file.
pub(crate) async fn hold(
    db: &mut PgConnection,
    drafts: &[Draft],
) -> Result<Vec<Result<Draft, Append>>, sqlx::Error> {
    let files = drafts.iter().flat_map(|draft| &draft.files);
    let ids: Vec<String> = files.map(|file| file.id.to_string()).collect();
    let rows = sqlx::query!(
        r#"
        select id, owner_id, state
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
    let states: HashMap<(String, String), FileState> = rows
        .into_iter()
        .map(|row| {
            let state = FileState::parse(&row.state).unwrap_or(FileState::Held);
            ((row.id, row.owner_id), state)
        })
        .collect();
    let held = |draft: &Draft| {
        let mut draft = draft.clone();
        for file in &mut draft.files {
            let state = states.get(&(file.id.to_string(), draft.sender.to_string()));
            file.state = *state.ok_or(Append::FilesGone)?;
        }
        let mut files = draft.files.iter();
        match files.find(|file| file.state == FileState::Infected) {
            Some(file) => Err(Append::Infected(file.name.clone())),
            None => Ok(draft),
        }
    };
    Ok(drafts.iter().map(held).collect())
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
