//! Who does something and from where, as columns of a statement that changes more than the audit.

use chat::{
    audit::{Act, Entry, Source},
    ids::{ConversationId, UserId},
};
use sqlx::PgConnection;

pub(crate) fn ip(source: &Source) -> Option<String> {
    source.ip.map(|ip| ip.to_string())
}

pub(crate) fn actor(act: &Act) -> Option<&str> {
    act.actor.as_ref().map(UserId::as_str)
}

/// Writes an entry in the transaction of what it tells of.
pub(crate) async fn note(db: &mut PgConnection, entry: &Entry) -> Result<(), sqlx::Error> {
    sqlx::query!(
        r#"
        insert into haggle.audit (id, at, actor_id, action, conversation_id, ip, user_agent, detail)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        "#,
        entry.id.as_str(),
        entry.at.date_time(),
        entry.actor.as_ref().map(UserId::as_str),
        entry.action.as_str(),
        entry.conversation.as_ref().map(ConversationId::as_str),
        ip(&entry.source),
        entry.source.user_agent(),
        entry.detail
    )
    .execute(db)
    .await?;
    Ok(())
}
