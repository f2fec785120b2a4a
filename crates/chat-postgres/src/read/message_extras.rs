//! What few messages have: something that they answer, and reactions.

use std::collections::HashMap;

use chat::{
    content,
    ids::{MessageId, UserId},
    message::{FORMER_ADMINISTRATOR, FORMER_USER, Reaction, ReplyTo, SYSTEM},
};
use sqlx::PgExecutor;

/// By the id of the message that is answered.
pub(crate) type Replies = HashMap<String, ReplyTo>;
/// By the id of the message under which they are.
pub(crate) type Reactions = HashMap<String, Vec<Reaction>>;

struct Row {
    id: String,
    seq: i64,
    sender_id: Option<String>,
    sender_name: Option<String>,
    is_former_user: Option<bool>,
    kind: Option<String>,
    message: String,
    file_name: Option<String>,
    is_deleted: bool,
}

/// These messages, as those that answer them show them.
pub(crate) async fn replies(
    db: impl PgExecutor<'_>,
    ids: &[String],
) -> Result<Replies, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select
          m.id,
          m.seq,
          m.sender_id,
          (select p.name from haggle.people p where p.key = haggle.user_key(m.sender_id) limit 1) as sender_name,
          m.is_former_user,
          m.kind,
          m.message,
          (select a.name from haggle.attachments a where a.id = m.attachments[1]) as file_name,
          m.deleted_at is not null as "is_deleted!"
        from haggle.message_rows m
        where m.id = any($1)
        "#,
        ids
    )
    .fetch_all(db)
    .await?;
    let reply = |row: Row| {
        let reply = ReplyTo {
            id: MessageId::new(&*row.id),
            seq: row.seq,
            sender_name: match row.sender_id {
                Some(_) => row.sender_name.unwrap_or_default(),
                None if row.is_former_user == Some(true) => FORMER_USER.to_owned(),
                None if row.kind.as_deref() == Some("system") => SYSTEM.to_owned(),
                None => FORMER_ADMINISTRATOR.to_owned(),
            },
            preview: match row.file_name {
                _ if row.is_deleted => String::new(),
                Some(name) if row.message.is_empty() => content::preview(&name),
                _ => content::preview(&row.message),
            },
            is_deleted: row.is_deleted,
        };
        (row.id, reply)
    };
    Ok(rows.into_iter().map(reply).collect())
}

/// Under these messages, in the order in which they were first given.
pub(crate) async fn reactions(
    db: impl PgExecutor<'_>,
    ids: &[String],
) -> Result<Reactions, sqlx::Error> {
    let rows = sqlx::query!(
        r#"
        select message_id, emoji, user_id
        from haggle.reactions
        where message_id = any($1)
        order by rev
        "#,
        ids
    )
    .fetch_all(db)
    .await?;
    let mut all = Reactions::new();
    for row in rows {
        let under = all.entry(row.message_id).or_default();
        let user = UserId::new(row.user_id);
        match under.iter_mut().find(|one| one.emoji == row.emoji) {
            Some(reaction) => reaction.users.push(user),
            None => under.push(Reaction {
                emoji: row.emoji,
                users: vec![user],
            }),
        }
    }
    Ok(all)
}
