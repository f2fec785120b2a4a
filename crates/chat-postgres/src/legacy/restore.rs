//! Undoes the end of the move: the old tables are back in their place with all that was said since, and
//! the bridge stands again.

use sqlx::PgConnection;

use super::{
    bridge::{functions, install_at_once, settle},
    finish::ASIDE,
    moving::Moving,
    old_chat::OldChat,
    patience::{execute, patiently},
};
use crate::{PgError, PgOptions, mapping::quoted, pool::Servers};

/// Conversations that are brought over in one transaction.
const TOGETHER: i64 = 100;

/// Says what was done.
pub async fn restore(options: &PgOptions) -> Result<Vec<String>, PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let done = put_back(session.db()).await;
    session.close().await;
    done
}

async fn put_back(db: &mut PgConnection) -> Result<Vec<String>, PgError> {
    let Some(moving) = patiently(db, async |db| Moving::read(db).await).await? else {
        let why = "no old chat was moved here, so there is nothing to restore";
        return Err(PgError::OldChat(why.to_owned()));
    };
    let chat = patiently(db, async |db| moving.old_chat(db).await).await?;
    let tables = format!(
        "{} and {}",
        chat.conversations.shown(),
        chat.messages.shown()
    );
    if !moving.is_finished {
        return Ok(vec![format!(
            "{tables} are in their place, and the bridge stands"
        )]);
    }
    // Nobody uses them meanwhile, and what is written here stays when this comes to no end.
    let (finished, now) = patiently(db, async |db| {
        let functions = functions(db, &chat, &moving.time_zone).await?;
        execute(db, &functions).await?;
        // A transaction that is under way changes what it changes after its begin.
        let times = "
            select finished_at::text, (clock_timestamp() - interval '1 minute')::text
            from haggle.legacy_chat";
        let times: (String, String) = sqlx::query_as(times).fetch_one(db).await?;
        Ok(times)
    })
    .await?;
    let mut after = Some(String::new());
    while let Some(last) = after {
        let chunk = async |db: &mut PgConnection| bring_over(db, &finished, &last).await;
        after = patiently(db, chunk).await?;
    }
    settle(db).await?;
    // Nothing is said while the little that came meanwhile follows.
    let restored = patiently(db, async |db| {
        let locks =
            "lock table haggle.conversations, haggle.message_rows in share row exclusive mode";
        execute(db, locks).await?;
        let mut after = Some(String::new());
        while let Some(last) = after {
            after = bring_over(db, &now, &last).await?;
        }
        in_one_transaction(db, &chat, &moving).await
    })
    .await?;
    Ok(vec![format!(
        "{} and {} are back in their place with what was said since, and the bridge stands",
        restored.conversations.shown(),
        restored.messages.shown()
    )])
}

/// The next conversations that changed since then, behind this id. Returns the last of them.
async fn bring_over(
    db: &mut PgConnection,
    since: &str,
    after: &str,
) -> Result<Option<String>, PgError> {
    let bring_over = "
        select max(c.id), count(haggle.legacy_bring_over(c.id)::text)
        from (
          select id
          from haggle.conversations
          where id > $1 and changed_at >= $2::timestamptz
          order by id
          limit $3
        ) c";
    let (last, _): (Option<String>, i64) = sqlx::query_as(bring_over)
        .bind(after)
        .bind(since)
        .bind(TOGETHER)
        .fetch_one(db)
        .await?;
    Ok(last)
}

async fn in_one_transaction(
    db: &mut PgConnection,
    chat: &OldChat,
    moving: &Moving,
) -> Result<OldChat, PgError> {
    let names = [&moving.conversations, &moving.messages];
    for name in names {
        let before = name.strip_suffix(ASIDE).unwrap_or(name);
        let schema = quoted(&moving.schema_name);
        let view = format!("{schema}.{}", quoted(before));
        refuse_readers(db, &view).await?;
        let back = format!(
            "drop view if exists {view};
             alter table {schema}.{} rename to {}",
            quoted(name),
            quoted(before)
        );
        execute(db, &back).await?;
    }
    let restored = "
        update haggle.legacy_chat
        set
          conversations = regexp_replace(conversations, $1 || '$', ''),
          messages = regexp_replace(messages, $1 || '$', ''),
          finished_at = null";
    sqlx::query(restored).bind(ASIDE).execute(&mut *db).await?;
    let restored = OldChat::by_oid(db, chat.conversations.oid, chat.messages.oid).await?;
    let restored = restored.ok_or(sqlx::Error::RowNotFound)?;
    install_at_once(db, &restored, &moving.time_zone).await?;
    Ok(restored)
}

/// Views of the host that would go with ours.
async fn refuse_readers(db: &mut PgConnection, view: &str) -> Result<(), PgError> {
    let readers = "
        select distinct c.oid::regclass::text
        from pg_depend d
        join pg_rewrite r on r.oid = d.objid and d.classid = 'pg_rewrite'::regclass
        join pg_class c on c.oid = r.ev_class
        where d.refclassid = 'pg_class'::regclass
          and d.refobjid = to_regclass($1)
          and c.oid <> d.refobjid
        order by 1";
    let readers: Vec<String> = sqlx::query_scalar(readers).bind(view).fetch_all(db).await?;
    if readers.is_empty() {
        return Ok(());
    }
    Err(PgError::OldChat(format!(
        "{} read the view {view}, which goes; drop them first, and make them anew afterwards",
        readers.join(", ")
    )))
}
