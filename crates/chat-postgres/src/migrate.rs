//! Creating and upgrading the schema `haggle`. Safe to run by several nodes at once, and again at
//! every start. All of it is one transaction: what fails leaves nothing behind, and what is only
//! tried is rolled back.

mod columns;
mod expressions;
mod foreign_keys;
mod grants;
mod keys;
mod migration;
mod mirror;
mod probe;
mod refusals;
mod statements;
mod survey;
mod table;
mod tables;

use std::time::Duration;

use sqlx::{
    Connection, PgConnection,
    migrate::{MigrateError, Migrator},
};
use tokio::time::sleep;

pub use self::{
    grants::grants,
    migration::Migration,
    survey::{Survey, survey},
};
use self::{
    statements::{execute, has_table, schema},
    tables::Tables,
};
use crate::{
    Mapping, PgError, PgOptions,
    pool::{BEGIN_A_MIGRATION, Pool, Servers, Session},
};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Key of the advisory lock that lets one node migrate at a time.
const MIGRATION_LOCK: i64 = 0x4861_6767_6c65;

/// A lock on a table of the host is not waited for longer: whoever wants the table meanwhile waits
/// behind us.
const LOCK_TIMEOUT: &str = "set local lock_timeout = '2s'";
/// Another node may be migrating.
const TURN_TIMEOUT: &str = "set local lock_timeout = '60s'";
/// Tries to get those locks, and the pause between two of them.
const TRIES: usize = 10;
const PAUSE: Duration = Duration::from_millis(500);

/// Which of the directory's tables are Haggle's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Owned {
    pub users: bool,
    pub suppliers: bool,
    pub products: bool,
}

impl Owned {
    pub(crate) async fn read(db: &Pool) -> Result<Self, PgError> {
        let rows = sqlx::query!("select kind, owned_by_host from haggle.directory")
            .fetch_all(db)
            .await?;
        let ours = |kind| {
            rows.iter()
                .any(|row| row.kind == kind && !row.owned_by_host)
        };
        Ok(Self {
            users: ours("users"),
            suppliers: ours("suppliers"),
            products: ours("products"),
        })
    }
}

/// Brings the schema up to date.
pub async fn migrate(options: &PgOptions, mapping: &Mapping) -> Result<Migration, PgError> {
    run(options, mapping, false).await
}

/// What [`migrate`] would do: it is done, and rolled back.
pub async fn pending(options: &PgOptions, mapping: &Mapping) -> Result<Migration, PgError> {
    run(options, mapping, true).await
}

async fn run(options: &PgOptions, mapping: &Mapping, dry: bool) -> Result<Migration, PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let mut tried = 1;
    let done = loop {
        match attempt(&mut session, mapping, dry).await {
            Err(error) if error.is_locked() && tried < TRIES => tried += 1,
            done => break done,
        }
        sleep(PAUSE).await;
    };
    session.close().await;
    done
}

async fn attempt(
    session: &mut Session,
    mapping: &Mapping,
    dry: bool,
) -> Result<Migration, PgError> {
    let is_pooled = session.is_pooled();
    let mut transaction = session.db().begin_with(BEGIN_A_MIGRATION).await?;
    let done = alone(&mut transaction, mapping).await;
    if is_pooled {
        // The session is somebody else's in a moment.
        transaction.clear_cached_statements().await?;
    }
    let done = done?;
    if dry {
        transaction.rollback().await?;
    } else {
        transaction.commit().await?;
    }
    Ok(done)
}

/// While nobody else migrates.
async fn alone(transaction: &mut PgConnection, mapping: &Mapping) -> Result<Migration, PgError> {
    execute(transaction, TURN_TIMEOUT).await?;
    sqlx::query("select pg_advisory_xact_lock($1)")
        .bind(MIGRATION_LOCK)
        .execute(&mut *transaction)
        .await?;
    execute(transaction, LOCK_TIMEOUT).await?;
    steps(transaction, mapping).await
}

/// In one transaction.
async fn steps(db: &mut PgConnection, mapping: &Mapping) -> Result<Migration, PgError> {
    let (tables, mut done) = steps_without_keys(db, mapping).await?;
    foreign_keys::add(db, &tables, &mut done).await?;
    Ok(done)
}

/// All that locks no table of the host, for whoever tries something and rolls it back.
pub(crate) async fn prepare(db: &mut PgConnection, mapping: &Mapping) -> Result<(), PgError> {
    steps_without_keys(db, mapping).await.map(|_| ())
}

async fn steps_without_keys(
    db: &mut PgConnection,
    mapping: &Mapping,
) -> Result<(Tables, Migration), PgError> {
    let mut done = Migration::default();
    let mut found = probe::schema(db).await?;
    found.refuse()?;
    let tables = Tables::find(db, mapping).await?;
    let text = match mirror::function(db, &tables).await? {
        Ok(function) => tables.rendered(VIEWS) + &function,
        Err(problem) => {
            found.problems.push(problem);
            tables.rendered(VIEWS)
        }
    };
    let has_views = has_views(db, &text).await?;
    // What is read of the host is tried in a view there.
    schema(db, &mut done).await?;
    probe::directory(db, &tables, has_views, &mut found).await?;
    found.refuse()?;
    migrations(db, &mut done).await?;
    tables.record(db).await?;
    tables.create(db, &mut done).await?;
    if !has_views {
        done.steps.push("create the views of the directory".into());
        views(db, &text).await?;
        acquainted(db, &tables).await?;
    }
    Ok((tables, done))
}

/// Whoever names another table by mistake would lose every conversation of people whom it does not
/// have.
async fn acquainted(db: &mut PgConnection, tables: &Tables) -> Result<(), PgError> {
    let known = "
        select
          count(*),
          count(*) filter (
            where exists (select from haggle.directory_users u where u.key = haggle.user_key(p.user_id))
          )
        from haggle.participants p";
    let (all, known): (i64, i64) = sqlx::query_as(known).fetch_one(db).await?;
    if 2 * known >= all {
        return Ok(());
    }
    let users = tables.of("users");
    Err(PgError::Directory(format!(
        "{}: of {all} people who have conversations {} has {known}; is it the same marketplace, and HAGGLE_USERS_ID the same id?",
        users.setting(),
        users.shown()
    )))
}

async fn migrations(db: &mut PgConnection, done: &mut Migration) -> Result<(), PgError> {
    let applied: Vec<(i64, Vec<u8>)> = if has_table(db, "migrations").await? {
        let versions = "select version, checksum from haggle.migrations order by version";
        sqlx::query_as(versions).fetch_all(&mut *db).await?
    } else {
        Vec::new()
    };
    for (version, checksum) in &applied {
        let known = MIGRATIONS.iter().find(|known| known.version == *version);
        let known = known.ok_or(MigrateError::VersionMissing(*version))?;
        if *known.checksum != **checksum {
            return Err(MigrateError::VersionMismatch(*version).into());
        }
    }
    let is_missing = |version| applied.iter().all(|(applied, _)| *applied != version);
    let missing = MIGRATIONS.iter().filter(|step| is_missing(step.version));
    let missing: Vec<String> = missing
        .map(|step| format!("migration {}: {}", step.version, step.description))
        .collect();
    // Whoever only serves needs no right to create.
    if missing.is_empty() {
        return Ok(());
    }
    done.steps.extend(missing);
    let mut migrations = Migrator {
        migrations: MIGRATIONS.migrations.clone(),
        // The advisory lock of this transaction does that.
        locking: false,
        ..Migrator::DEFAULT
    };
    migrations.dangerous_set_table_name("haggle.migrations");
    Ok(migrations.run_direct(None, db, false).await?)
}

const VIEWS: &str = include_str!("../directory/views.sql");

/// Whether they are there as they should be; the hash of their text is kept as a comment.
async fn has_views(db: &mut PgConnection, text: &str) -> Result<bool, PgError> {
    let current = "
        select exists (
          select
          from pg_class c
          join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'haggle'
          where c.relname = 'named_conversations' and obj_description(c.oid, 'pg_class') = md5($1)
        )";
    let current = sqlx::query_scalar(current).bind(text);
    Ok(current.fetch_one(db).await?)
}

async fn views(db: &mut PgConnection, text: &str) -> Result<(), PgError> {
    execute(db, text).await?;
    let hash: String = sqlx::query_scalar("select md5($1)")
        .bind(text)
        .fetch_one(&mut *db)
        .await?;
    execute(
        db,
        &format!("comment on view haggle.named_conversations is '{hash}'"),
    )
    .await
}
