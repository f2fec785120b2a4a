//! How a message names the one that it answers. Messages that answer none do not come here.

use chat::{
    message::{Draft, ReplyTo},
    storage::Append,
};
use sqlx::PgConnection;

use super::outcome::Outcome;
use crate::read::message_extras;

/// For each draft what it answers. `Err`: that is not of its conversation.
pub(crate) async fn answered(
    db: &mut PgConnection,
    drafts: &[Draft],
) -> Result<Vec<Result<Option<ReplyTo>, ()>>, sqlx::Error> {
    let answers = drafts.iter().filter_map(|draft| {
        let message = draft.reply_to.as_ref()?;
        Some((message.to_string(), draft.conversation.to_string()))
    });
    let (ids, conversations): (Vec<String>, Vec<String>) = answers.unzip();
    let here = sqlx::query_scalar!(
        r#"
        select m.id
        from unnest($1::varchar[], $2::varchar[]) as answer (id, conversation_id)
        join haggle.message_rows m
          on m.id = answer.id and m.conversation_id = answer.conversation_id
        "#,
        &ids,
        &conversations
    )
    .fetch_all(&mut *db)
    .await?;
    let found = message_extras::replies(db, &here).await?;
    let answered = drafts.iter().map(|draft| match &draft.reply_to {
        None => Ok(None),
        Some(id) => found.get(id.as_str()).cloned().map(Some).ok_or(()),
    });
    Ok(answered.collect())
}

/// Writes what the messages that were appended answer.
pub(crate) async fn note(
    db: &mut PgConnection,
    replies: &[Option<ReplyTo>],
    appended: &mut [Outcome<Append>],
) -> Result<(), sqlx::Error> {
    let (mut ids, mut answered) = (Vec::new(), Vec::new());
    for (reply, outcome) in replies.iter().zip(appended) {
        if let (Some(reply), Append::Created(message)) = (reply, &mut outcome.answer) {
            ids.push(message.id.to_string());
            answered.push(reply.id.to_string());
            message.reply_to = Some(reply.clone());
            if let Some(published) = outcome
                .event
                .as_mut()
                .and_then(|event| event.kind.message())
            {
                published.reply_to = Some(reply.clone());
            }
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        r#"
        update haggle.message_rows m
        set reply_to = reply.answered
        from unnest($1::varchar[], $2::varchar[]) as reply (id, answered)
        where m.id = reply.id
        "#,
        &ids,
        &answered
    )
    .execute(db)
    .await?;
    Ok(())
}
