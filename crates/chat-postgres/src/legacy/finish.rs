//! The end of the move: the bridge is taken away, and the old tables are put aside. Views of Haggle's
//! conversations and messages are in their place, so that reports of the host go on.

use std::{sync::Arc, time::Duration};

use chat::{event::Event, publisher::Publisher, storage::Storage};
use sqlx::{AssertSqlSafe, PgConnection};
use tokio::time::{Instant, sleep};

use super::{
    bridge::{TakeOver, remove, settle},
    moving::Moving,
    old_chat::OldChat,
    patience::{execute, patiently},
};
use crate::{
    PgError, PgOptions, PgStorage,
    mapping::{literal, quoted},
    pool::Servers,
    template::fill,
};

const VIEWS: &str = include_str!("../../legacy/views.sql");
/// What follows the name of a table that was put aside.
pub(super) const ASIDE: &str = "_before_haggle";
/// What the old application wrote last is waited for.
const LONGEST: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_millis(200);
/// The old application is kept from writing while what it wrote is taken over; no longer at a time.
const STILL: Duration = Duration::from_millis(1500);
const LOOK: Duration = Duration::from_millis(20);

/// Says what was done. What the old application wrote last is taken over before: by a server, where one
/// runs.
pub async fn finish(options: &PgOptions) -> Result<Vec<String>, PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let done = put_aside(session.db(), options).await;
    session.close().await;
    done
}

async fn put_aside(db: &mut PgConnection, options: &PgOptions) -> Result<Vec<String>, PgError> {
    let Some(moving) = patiently(db, async |db| Moving::read(db).await).await? else {
        let why = "no old chat was moved here, so there is nothing to finish";
        return Err(PgError::OldChat(why.to_owned()));
    };
    let Moving {
        conversations,
        messages,
        ..
    } = &moving;
    if moving.is_finished {
        return Ok(vec![format!(
            "it is finished already: the old tables are {conversations} and {messages}"
        )]);
    }
    if !moving.is_copied {
        let why = "the move is not at its end; run `haggle migrate` again";
        return Err(PgError::OldChat(why.to_owned()));
    }
    let chat = patiently(db, async |db| {
        let chat = moving.old_chat(db).await?;
        refuse_without_rights(db, &chat).await?;
        Ok(chat)
    })
    .await?;
    let until = Instant::now() + LONGEST;
    let notes = loop {
        settle(db).await?;
        let done = patiently(db, async |db| in_one_transaction(db, &chat, options).await).await?;
        match done {
            Ok(notes) => break notes,
            Err(waiting) if Instant::now() > until => {
                return Err(PgError::OldChat(format!(
                    "{waiting} changes of the old chat are not taken over yet; see whether the servers of Haggle are well, and try again"
                )));
            }
            Err(_) => sleep(PAUSE).await,
        }
    };
    let mut lines = vec![format!(
        "the old tables are now {conversations}{ASIDE} and {messages}{ASIDE}; {} and {} are views of Haggle's",
        chat.conversations.shown(),
        chat.messages.shown()
    )];
    lines.extend(notes);
    Ok(lines)
}

/// Whether a server takes over what comes, and tells its sockets.
async fn is_served(db: &mut PgConnection) -> Result<bool, PgError> {
    let served = "select exists (select from haggle.nodes where expires_at > clock_timestamp())";
    Ok(sqlx::query_scalar(served).fetch_one(db).await?)
}

/// Nobody is there to hear of it.
struct Nobody;

impl Publisher for Nobody {
    fn publish(&self, _: Event) {}
}

async fn take_over(options: &PgOptions) -> Result<(), PgError> {
    let storage = PgStorage::connect(options).await?;
    let writer = storage.writer(Arc::new(Nobody));
    let mut old_chat = TakeOver::new(writer.clone());
    let mut taken = Ok(1);
    while let Ok(1..) = taken {
        taken = old_chat.step().await;
    }
    writer.close().await;
    storage.close().await;
    taken.map_err(|error| PgError::OldChat(error.to_string()))?;
    Ok(())
}

/// Changes of the old chat that are noted, and what is owed to it.
async fn waiting(db: &mut PgConnection) -> Result<i64, PgError> {
    let waiting = "
        select (select count(*) from haggle.legacy_changes) + (select count(*) from haggle.legacy_owed)";
    Ok(sqlx::query_scalar(waiting).fetch_one(db).await?)
}

/// While nobody writes into the old tables, until nothing waits, or it takes too long.
async fn caught_up(db: &mut PgConnection, options: &PgOptions) -> Result<i64, PgError> {
    if waiting(db).await? > 0 && !is_served(db).await? {
        take_over(options).await?;
    }
    let until = Instant::now() + STILL;
    loop {
        // A server that would write there waits for us.
        execute(db, "select haggle.legacy_settle(1000)").await?;
        let left = waiting(db).await?;
        if left == 0 || Instant::now() > until {
            return Ok(left);
        }
        sleep(LOOK).await;
    }
}

/// Otherwise how many changes are in the way.
async fn in_one_transaction(
    db: &mut PgConnection,
    chat: &OldChat,
    options: &PgOptions,
) -> Result<Result<Vec<String>, i64>, PgError> {
    let (conversations, messages) = (chat.conversations.quoted(), chat.messages.quoted());
    // Nothing more is said there. Whoever says something here waits for this in a trigger, with locks
    // on our tables: then those are not waited for, and all begins again.
    execute(
        db,
        &format!("lock table {conversations}, {messages} in share row exclusive mode"),
    )
    .await?;
    let left = caught_up(db, options).await?;
    if left > 0 {
        return Ok(Err(left));
    }
    let locks = format!(
        "lock table haggle.conversations, haggle.message_rows in share row exclusive mode nowait;
         lock table {conversations}, {messages} in access exclusive mode"
    );
    execute(db, &locks).await?;
    let left = waiting(db).await?;
    if left > 0 {
        return Ok(Err(left));
    }
    let mut notes = readers_of_old_tables(db, chat).await?;
    remove(db, chat).await?;
    let mut grants = Vec::new();
    for (table, oid, columns) in [
        (
            &conversations,
            chat.conversations.oid,
            "haggle.conversations",
        ),
        (&messages, chat.messages.oid, "haggle.messages"),
    ] {
        grants.extend(readers(db, table, oid, columns, &mut notes).await?);
    }
    for (table, name) in [
        (&conversations, &chat.conversations.name),
        (&messages, &chat.messages.name),
    ] {
        let aside = quoted(&format!("{name}{ASIDE}"));
        execute(db, &format!("alter table {table} rename to {aside}")).await?;
    }
    let names = [
        (":conversations".to_owned(), conversations.clone()),
        (":messages".to_owned(), messages.clone()),
    ];
    execute(db, &fill(VIEWS, &names)).await?;
    execute(db, &grants.join(";")).await?;
    let finished = "
        update haggle.legacy_chat
        set conversations = conversations || $1, messages = messages || $1, finished_at = clock_timestamp()";
    sqlx::query(finished).bind(ASIDE).execute(db).await?;
    Ok(Ok(notes))
}

/// Whoever could read a table can read the view in its place.
async fn readers(
    db: &mut PgConnection,
    table: &str,
    oid: u32,
    columns: &str,
    notes: &mut Vec<String>,
) -> Result<Vec<String>, PgError> {
    let has_policies = "select relrowsecurity from pg_class where oid::int8 = $1";
    let has_policies: bool = sqlx::query_scalar(has_policies)
        .bind(i64::from(oid))
        .fetch_one(&mut *db)
        .await?;
    if has_policies {
        notes.push(format!(
            "{table} had policies for its rows, which a view has not: grant select on it to whoever may read all of it"
        ));
        return Ok(Vec::new());
    }
    let grants = format!(
        "select format(
           'grant select%s on %s to %s%s',
           '(' || quote_ident(granted.attname) || ')',
           {table},
           case granted.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(granted.grantee)) end,
           case when granted.is_grantable then ' with grant option' end
         )
         from (
           select null::name as attname, acl.grantee, acl.is_grantable
           from pg_class c
           cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) acl
           where c.oid::int8 = $1 and acl.privilege_type = 'SELECT'
           union all
           select a.attname, acl.grantee, acl.is_grantable
           from pg_attribute a
           cross join lateral aclexplode(a.attacl) acl
           where a.attrelid::int8 = $1 and acl.privilege_type = 'SELECT' and not a.attisdropped
             and exists (
               select from pg_attribute ours
               where ours.attrelid = '{columns}'::regclass and ours.attname = a.attname
             )
         ) granted
         order by 1",
        table = literal(table)
    );
    let grants = sqlx::query_scalar(AssertSqlSafe(grants)).bind(i64::from(oid));
    Ok(grants.fetch_all(db).await?)
}

/// Views of the host follow a table that is renamed.
async fn readers_of_old_tables(
    db: &mut PgConnection,
    chat: &OldChat,
) -> Result<Vec<String>, PgError> {
    let views = "
        select distinct c.oid::regclass::text
        from pg_depend d
        join pg_rewrite r on r.oid = d.objid and d.classid = 'pg_rewrite'::regclass
        join pg_class c on c.oid = r.ev_class
        where d.refclassid = 'pg_class'::regclass
          and d.refobjid::int8 in ($1, $2)
          and c.oid <> d.refobjid
        order by 1";
    let views: Vec<String> = sqlx::query_scalar(views)
        .bind(i64::from(chat.conversations.oid))
        .bind(i64::from(chat.messages.oid))
        .fetch_all(db)
        .await?;
    if views.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![format!(
        "{} still read the tables that were put aside; make them anew to read what is said from now on",
        views.join(", ")
    )])
}

async fn refuse_without_rights(db: &mut PgConnection, chat: &OldChat) -> Result<(), PgError> {
    let missing = "
        select format('grant %I to %I', pg_get_userbyid(c.relowner), current_user)
        from pg_class c
        where c.oid::int8 in ($1, $2) and not pg_has_role(c.relowner, 'USAGE')
        union
        select format('grant create on schema %I to %I', n.nspname, current_user)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.oid::int8 = $1 and not has_schema_privilege(n.oid, 'CREATE')
        order by 1";
    let missing: Vec<String> = sqlx::query_scalar(missing)
        .bind(i64::from(chat.conversations.oid))
        .bind(i64::from(chat.messages.oid))
        .fetch_all(db)
        .await?;
    if missing.is_empty() {
        return Ok(());
    }
    Err(PgError::OldChat(format!(
        "to put the old tables aside and views in their place: {}; or run it as their owner",
        missing.join("; ")
    )))
}
