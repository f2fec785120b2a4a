//! What was read of the old tables, in two tables of Haggle's own until it is copied.

use sqlx::{AssertSqlSafe, PgConnection};

use super::snapshot::{Snapshot, count, over_blocks};
use crate::{PgError, legacy::old_chat::OldChat};

/// Nothing of them needs to outlive a crash: an interrupted copy reads again.
const TABLES: &str = "
    drop table if exists haggle.legacy_staged_conversations, haggle.legacy_staged_messages;
    create unlogged table haggle.legacy_staged_conversations (
      place bigint generated always as identity,
      id text, buyer text, supplier text, admin text, admin_in_counter text, product text, kind text,
      subject text, status text, last_message text, last_message_at timestamptz,
      unread_buyer bigint, unread_supplier bigint, unread_admin bigint,
      created_at timestamptz, updated_at timestamptz,
      opened_at timestamptz,
      messages bigint not null default 0,
      -- The oldest conversation of the same purpose; null: another row has its id.
      leader bigint
    );
    create unlogged table haggle.legacy_staged_messages (
      place bigint generated always as identity,
      id text, conversation text, sender text, receiver text, sender_type text, text text, files text,
      products text, is_read boolean, created_at timestamptz
    )";

pub(super) const NO_TABLES: &str =
    "drop table if exists haggle.legacy_staged_conversations, haggle.legacy_staged_messages";

const CONVERSATIONS: &str = "id, buyer, supplier, admin, admin_in_counter, product, kind, subject, \
    status, last_message, last_message_at, unread_buyer, unread_supplier, unread_admin, created_at, \
    updated_at";
const MESSAGES: &str = "id, conversation, sender, receiver, sender_type, text, files, products, \
    is_read, created_at";

/// The columns of [`super::super::rows::OldConversation`].
pub(super) const CONVERSATION_COLUMNS: &str = CONVERSATIONS;

/// Rows that were found.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    pub conversations: i64,
    pub messages: i64,
    /// Of these, those that were copied by an earlier run.
    pub known_conversations: i64,
    pub known_messages: i64,
}

/// Reads both tables. What an earlier run has copied is counted and stays where it is.
pub(super) async fn stage(
    db: &mut PgConnection,
    snapshot: Option<&Snapshot>,
    chat: &OldChat,
    zone: &str,
    mut heard: impl FnMut(i64, i64),
) -> Result<Found, PgError> {
    execute(db, TABLES).await?;
    let mut found = Found::default();
    let conversations = reading(
        &chat.conversation_columns(zone),
        &chat.conversations.quoted(),
        "id",
        "legacy_staged_conversations",
        CONVERSATIONS,
    );
    let (table, other) = (chat.conversations.oid, chat.messages.oid);
    over_blocks(db, snapshot, table, &conversations, |_, _, rows| {
        found.conversations += rows;
    })
    .await?;
    let messages = reading(
        &chat.message_columns(zone),
        &chat.messages.quoted(),
        "conversation",
        "legacy_staged_messages",
        MESSAGES,
    );
    over_blocks(db, snapshot, other, &messages, |read, all, rows| {
        found.messages += rows;
        heard(read, all);
    })
    .await?;
    execute(db, INDEXES).await?;
    let conversations = count(
        db,
        "select count(*) from haggle.legacy_staged_conversations",
    )
    .await?;
    let messages = count(db, "select count(*) from haggle.legacy_staged_messages").await?;
    found.known_conversations = found.conversations - conversations;
    found.known_messages = found.messages - messages;
    Ok(found)
}

/// Counts the rows, and stages those of conversations that are not here.
fn reading(columns: &str, table: &str, id: &str, into: &str, names: &str) -> String {
    format!(
        "with read as materialized (
           select {columns} from {table} o where :blocks
         ),
         staged as (
           insert into haggle.{into} ({names})
           select {names} from read
           where not exists (
             select from haggle.legacy_conversations l where l.old_id = coalesce(read.{id}, '')
           )
         )
         select count(*) from read"
    )
}

const INDEXES: &str = "
    create index on haggle.legacy_staged_messages (conversation);
    create index on haggle.legacy_staged_conversations (place);
    analyze haggle.legacy_staged_messages;
    analyze haggle.legacy_staged_conversations";

pub(super) async fn execute(db: &mut PgConnection, statements: &str) -> Result<(), PgError> {
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
        .execute(db)
        .await?;
    Ok(())
}
