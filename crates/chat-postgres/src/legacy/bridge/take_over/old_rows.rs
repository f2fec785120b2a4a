//! Rows of the old tables, as they are by now.

use std::collections::HashSet;

use chat::timestamp::Timestamp;
use sqlx::{AssertSqlSafe, PgConnection};

use super::moved::Bridge;
use crate::legacy::{
    column::{ConversationColumn as C, Meaning, MessageColumn as M, OldTable},
    rows::{OldConversation, OldMessage},
};

/// Nothing: it is not there.
pub(super) async fn conversation(
    db: &mut PgConnection,
    bridge: &Bridge,
    id: &str,
) -> Result<Option<OldConversation>, sqlx::Error> {
    let table = &bridge.chat.conversations;
    let row = format!(
        "select {} from {} o where {} = any(array[$1])",
        bridge.chat.conversation_columns(&bridge.zone),
        table.quoted(),
        key(table, C::Id),
    );
    sqlx::query_as(AssertSqlSafe(row))
        .bind(id)
        .fetch_optional(db)
        .await
}

/// Those that are there.
pub(super) async fn messages(
    db: &mut PgConnection,
    bridge: &Bridge,
    ids: &[String],
) -> Result<Vec<OldMessage>, sqlx::Error> {
    let table = &bridge.chat.messages;
    let rows = format!(
        "select {}, 0::int8 as place from {} o where {} = any($1)",
        bridge.chat.message_columns(&bridge.zone),
        table.quoted(),
        key(table, M::Id),
    );
    sqlx::query_as(AssertSqlSafe(rows))
        .bind(ids)
        .fetch_all(db)
        .await
}

/// Those that are there and not read.
pub(super) async fn unread(
    db: &mut PgConnection,
    bridge: &Bridge,
    ids: &[String],
) -> Result<HashSet<String>, sqlx::Error> {
    let table = &bridge.chat.messages;
    let (Some(id), Some(is_read)) = (table.get(M::Id), table.get(M::IsRead)) else {
        return Ok(ids.iter().cloned().collect());
    };
    let unread = format!(
        "select o.{}::text from {} o where {} = any($1) and o.{} is distinct from true",
        id.quoted(),
        table.quoted(),
        key(table, M::Id),
        is_read.quoted(),
    );
    let unread: Vec<String> = sqlx::query_scalar(AssertSqlSafe(unread))
        .bind(ids)
        .fetch_all(db)
        .await?;
    Ok(unread.into_iter().collect())
}

/// By the clock of the database.
pub(super) async fn now(db: &mut PgConnection) -> Result<Timestamp, sqlx::Error> {
    let now = sqlx::query_scalar!(r#"select clock_timestamp() as "now!""#);
    Ok(now.fetch_one(db).await?.into())
}

/// The id, to be compared with texts; by its index where it is a text.
fn key<T: Meaning>(table: &OldTable<T>, meaning: T) -> String {
    table.get(meaning).map_or_else(
        || "null::varchar".to_owned(),
        |column| {
            if column.is_text() {
                format!("o.{}", column.quoted())
            } else {
                format!("cast(o.{} as varchar)", column.quoted())
            }
        },
    )
}
