//! Whether what was meant to be copied is there.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, PgConnection};

use super::{
    insert::{CHECKED, New},
    snapshot::over_blocks,
};
use crate::{
    PgError,
    legacy::{ConversationColumn, MessageColumn, old_chat::OldChat},
};

/// How many messages of these conversations are stored, and their checksum.
pub(super) async fn stored(
    db: &mut PgConnection,
    news: &[New<'_>],
    here: &HashMap<String, String>,
) -> Result<(i64, i128), PgError> {
    let ids = |new: &New<'_>| {
        let messages = new.converted.messages.iter();
        messages
            .filter_map(|message| message.id.clone())
            .collect::<Vec<_>>()
    };
    let conversations: Vec<String> = here.values().cloned().collect();
    let messages: Vec<String> = news.iter().flat_map(ids).collect();
    let stored = format!(
        "select count(*), coalesce(sum({CHECKED}::numeric), 0)::text
         from haggle.message_rows
         where id = any($1) and conversation_id = any($2)"
    );
    let (count, sum): (i64, String) = sqlx::query_as(AssertSqlSafe(stored))
        .bind(&messages)
        .bind(&conversations)
        .fetch_one(db)
        .await?;
    Ok((count, sum.parse().unwrap_or_default()))
}

/// Old rows of which nothing here knows: none is kept, refused, or waits to be taken over. They are
/// looked at as they are by now, as the snapshot does not see what was copied.
pub(super) async fn unaccounted(
    db: &mut PgConnection,
    chat: &OldChat,
) -> Result<[i64; 2], PgError> {
    let id = chat.conversations.get(ConversationColumn::Id);
    let id = id.map_or_else(
        || "null".to_owned(),
        |id| format!("o.{}::varchar", id.quoted()),
    );
    let conversations = format!(
        "select count(*)
         from (select coalesce({id}, '') as id from {} o where :blocks) o
         where not exists (select from haggle.legacy_conversations l where l.old_id = o.id)
           and not exists (select from haggle.legacy_changes l where l.conversation_id = o.id)",
        chat.conversations.quoted()
    );
    let column = |meaning| {
        let column = chat.messages.get(meaning);
        column.map_or_else(
            || "null".to_owned(),
            |column| format!("o.{}::varchar", column.quoted()),
        )
    };
    let messages = format!(
        "select count(*)
         from (
           select coalesce({}, '') as id, coalesce({}, '') as conversation
           from {} o
           where :blocks
         ) o
         where not exists (select from haggle.message_rows m where m.id = o.id)
           and not exists (select from haggle.legacy_report r where r.is_message and r.old_id = o.id)
           and not exists (
             select from haggle.legacy_changes l
             where l.conversation_id = o.conversation and l.message_id = o.id
           )",
        column(MessageColumn::Id),
        column(MessageColumn::Conversation),
        chat.messages.quoted()
    );
    let mut counts = [0, 0];
    for (place, (oid, statement)) in [
        (chat.conversations.oid, conversations),
        (chat.messages.oid, messages),
    ]
    .iter()
    .enumerate()
    {
        over_blocks(db, None, *oid, statement, |_, _, rows| {
            counts[place] += rows;
        })
        .await?;
    }
    Ok(counts)
}
