//! Drafts for conversations in which not everybody may write. Where everybody may, nobody comes here.

use std::collections::HashSet;

use chat::{conversation::Barrier, message::Draft, person::Role, storage::Append};
use sqlx::PgConnection;

use super::{append::append, outcome::Outcome};

/// As [`append`]; of those that are for one of these conversations, only what its barriers let through.
pub(crate) async fn append_if_let(
    db: &mut PgConnection,
    drafts: &[Draft],
    barred: &HashSet<String>,
) -> Result<Vec<Outcome<Append>>, sqlx::Error> {
    let mut barriers = Vec::with_capacity(drafts.len());
    for draft in drafts {
        barriers.push(if barred.contains(draft.conversation.as_str()) {
            barrier(db, draft).await?
        } else {
            None
        });
    }
    let free = drafts.iter().zip(&barriers);
    let free = free.filter(|(_, barrier)| barrier.is_none());
    let free: Vec<Draft> = free.map(|(draft, _)| draft.clone()).collect();
    let appended = match &*free {
        [] => Vec::new(),
        free => append(db, free).await?,
    };
    let mut appended = appended.into_iter();
    let outcome = |barrier: Option<Barrier>| match barrier {
        Some(barrier) => Outcome::silent(Append::Barred(barrier)),
        None => appended.next().expect("one outcome for each draft"),
    };
    Ok(barriers.into_iter().map(outcome).collect())
}

/// Nothing for strangers, who are told that they are, nor for what was sent before.
pub(crate) async fn barrier(
    db: &mut PgConnection,
    draft: &Draft,
) -> Result<Option<Barrier>, sqlx::Error> {
    let row = sqlx::query!(
        r#"
        select
          closed_at is not null as "is_closed!",
          coalesce((buyer_id = $2 and supplier_blocks) or (supplier_id = $2 and buyer_blocks), false) as "is_blocked!",
          coalesce(buyer_id = $2 or supplier_id = $2, false) or $4 as "is_known!",
          exists (
            select
            from haggle.message_rows
            where sender_id = $2 and conversation_id = $1 and client_message_id = $3
          ) as "was_sent!"
        from haggle.conversations
        where id = $1
        "#,
        draft.conversation.as_str(),
        draft.sender.as_str(),
        draft.client_message_id,
        draft.sender_role == Role::Admin
    )
    .fetch_optional(db)
    .await?;
    let row = row.filter(|row| row.is_known && !row.was_sent);
    Ok(row.and_then(|row| {
        if row.is_closed {
            Some(Barrier::Closed)
        } else {
            row.is_blocked.then_some(Barrier::Blocked)
        }
    }))
}
