//! Puts the bridge up and takes it away: each change a short transaction, and all of them once more
//! without harm.

use sqlx::{AssertSqlSafe, PgConnection};

use super::{
    columns::{Columns, SupplierId},
    functions::{
        NO_TO_OLD_TRIGGERS, TO_OLD_TRIGGERS, from_old, from_old_triggers, no_from_old_triggers,
        to_old,
    },
};
use crate::{
    PgError,
    legacy::{
        ConversationColumn, Named, OldChat,
        patience::{execute, patiently},
    },
};

/// Rows of the old conversations that say whose ids stand in the place of a supplier.
const SAMPLE: i64 = 1_000;
/// Conversations that are opened in one transaction.
const TOGETHER: i64 = 100;

/// After it, what is committed in the old tables is either seen by a snapshot that is taken then, or
/// noted. `zone` is that of times which name none.
pub(crate) async fn install(
    db: &mut PgConnection,
    chat: &OldChat,
    zone: &str,
) -> Result<(), PgError> {
    patiently(db, async |db| {
        let functions = functions(db, chat, zone).await?;
        execute(db, &functions).await
    })
    .await?;
    for (table, triggers) in from_old_triggers(chat) {
        let install = async |db: &mut PgConnection| noting_triggers(db, table, &triggers).await;
        patiently(db, install).await?;
    }
    patiently(db, async |db| to_old_triggers(db).await).await
}

/// The same in the transaction of the caller.
pub(crate) async fn install_at_once(
    db: &mut PgConnection,
    chat: &OldChat,
    zone: &str,
) -> Result<(), PgError> {
    let functions = functions(db, chat, zone).await?;
    execute(db, &functions).await?;
    for (table, triggers) in from_old_triggers(chat) {
        noting_triggers(db, table, &triggers).await?;
    }
    to_old_triggers(db).await
}

/// Statements that make the functions, and change nothing by that.
pub(crate) async fn functions(
    db: &mut PgConnection,
    chat: &OldChat,
    zone: &str,
) -> Result<String, PgError> {
    let supplier_id = supplier_id(db, chat).await?;
    let columns = Columns {
        chat,
        zone,
        supplier_id,
    };
    Ok(from_old(chat) + &to_old(&columns))
}

async fn noting_triggers(db: &mut PgConnection, table: u32, triggers: &str) -> Result<(), PgError> {
    if has_trigger(db, table, "haggle_noted_insert").await? {
        return Ok(());
    }
    execute(db, triggers).await
}

async fn to_old_triggers(db: &mut PgConnection) -> Result<(), PgError> {
    let ours: i64 = sqlx::query_scalar("select 'haggle.message_rows'::regclass::oid::int8")
        .fetch_one(&mut *db)
        .await?;
    let ours = u32::try_from(ours).expect("an oid has 32 bits");
    if has_trigger(db, ours, "legacy_messages_added").await? {
        return Ok(());
    }
    execute(db, TO_OLD_TRIGGERS).await
}

/// Whether both directions are open.
pub(crate) async fn is_installed(db: &mut PgConnection) -> Result<bool, PgError> {
    let installed = "
        select 1 = (
          select count(*) from pg_trigger
          where tgrelid = to_regclass('haggle.message_rows') and tgname = 'legacy_messages_added'
        )";
    Ok(sqlx::query_scalar(installed).fetch_one(db).await?)
}

/// What was opened in Haggle before the bridge was there. Conversations that come meanwhile are opened
/// by their own transaction.
pub(crate) async fn open_all(db: &mut PgConnection) -> Result<(), PgError> {
    let mut after = Some(String::new());
    while let Some(last) = after {
        after = patiently(db, async |db| {
            let open = "
                select max(c.id), count(haggle.legacy_open(c.id)::text)
                from (
                  select c.id
                  from haggle.conversations c
                  where c.id > $1
                    and not exists (select from haggle.legacy_conversations l where l.conversation_id = c.id)
                  order by c.id
                  limit $2
                ) c";
            let (last, _): (Option<String>, i64) = sqlx::query_as(open)
                .bind(&last)
                .bind(TOGETHER)
                .fetch_one(db)
                .await?;
            Ok(last)
        })
        .await?;
    }
    Ok(())
}

/// Takes both directions away. The functions go with the schema.
pub(crate) async fn remove(db: &mut PgConnection, chat: &OldChat) -> Result<(), PgError> {
    execute(db, NO_TO_OLD_TRIGGERS).await?;
    for triggers in no_from_old_triggers(chat) {
        execute(db, &triggers).await?;
    }
    Ok(())
}

async fn has_trigger(db: &mut PgConnection, table: u32, name: &str) -> Result<bool, PgError> {
    let found = "select exists (
        select from pg_trigger where tgrelid::int8 = $1 and tgname = $2)";
    let found = sqlx::query_scalar(found).bind(i64::from(table)).bind(name);
    Ok(found.fetch_one(db).await?)
}

/// What most of the old conversations have; a new chat has the user's.
async fn supplier_id(db: &mut PgConnection, chat: &OldChat) -> Result<SupplierId, PgError> {
    let column = chat.conversations.get(ConversationColumn::Supplier);
    let (Some(column), Named::People) = (column, &chat.supplier) else {
        return Ok(SupplierId::User);
    };
    let column = column.quoted();
    let counts = format!(
        "select
           count(*) filter (where exists (select from haggle.directory_suppliers s where s.id = o.id)),
           count(*) filter (where exists (select from haggle.directory_users u where u.id = o.id))
         from (
           select {column}::varchar as id from {} where {column} is not null limit {SAMPLE}
         ) o",
        chat.conversations.quoted()
    );
    let (suppliers, users): (i64, i64) =
        sqlx::query_as(AssertSqlSafe(counts)).fetch_one(db).await?;
    Ok(if suppliers > users {
        SupplierId::Supplier
    } else {
        SupplierId::User
    })
}
