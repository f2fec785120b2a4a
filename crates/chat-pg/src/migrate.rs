//! Creating and upgrading the schema. Safe to run by several nodes at once, and
//! again at every start.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, migrate::Migrator};
use tokio::time::timeout;

use crate::{DirectoryNames, PgError, PgOptions, storage::connect_options};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// Key of the advisory lock that lets one node migrate at a time.
const MIGRATION_LOCK: i64 = 0x4861_6767_6c65;
const OLDEST_VERSION: i32 = 150_000;
/// A database that takes longer to let us in is not there.
const CONNECT: Duration = Duration::from_secs(5);

/// What a migration did, or would do: one line each, nothing when all is in place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migration {
    pub steps: Vec<String>,
}

/// Which of the directory's tables are Haggle's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Owned {
    pub users: bool,
    pub suppliers: bool,
    pub products: bool,
}

impl Owned {
    pub(crate) async fn read(db: &PgPool) -> Result<Self, PgError> {
        let rows = sqlx::query!("select kind, owned_by_host from haggle_directory")
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
pub async fn migrate(options: &PgOptions, names: &DirectoryNames) -> Result<Migration, PgError> {
    run(options, names, false).await
}

/// What [`migrate`] would do, without doing it.
pub async fn pending(options: &PgOptions, names: &DirectoryNames) -> Result<Migration, PgError> {
    run(options, names, true).await
}

async fn run(options: &PgOptions, names: &DirectoryNames, dry: bool) -> Result<Migration, PgError> {
    let url = connect_options(options)?.options([("statement_timeout", "0")]);
    let connected = timeout(CONNECT, PgConnection::connect_with(&url)).await;
    let mut db = connected
        .unwrap_or_else(|elapsed| Err(std::io::Error::from(elapsed).into()))
        .map_err(PgError::Unreachable)?;
    check_version(&mut db).await?;
    sqlx::query("select pg_advisory_lock($1)")
        .bind(MIGRATION_LOCK)
        .execute(&mut db)
        .await?;
    let mut done = Migration::default();
    let directory = directory(&mut db, names, dry, &mut done).await?;
    schema(&mut db, dry, &mut done).await?;
    if !dry {
        record(&mut db, directory).await?;
    }
    views(&mut db, names, dry, &mut done).await?;
    constraints(&mut db, names, dry, &mut done).await?;
    // Closing the connection ends the lock.
    db.close().await?;
    Ok(done)
}

async fn check_version(db: &mut PgConnection) -> Result<(), PgError> {
    let version: i32 = sqlx::query_scalar("select current_setting('server_version_num')::int")
        .fetch_one(&mut *db)
        .await?;
    if version >= OLDEST_VERSION {
        return Ok(());
    }
    let version = sqlx::query_scalar("show server_version")
        .fetch_one(db)
        .await?;
    Err(PgError::TooOld(version))
}

async fn exists(db: &mut PgConnection, relation: &str) -> Result<bool, PgError> {
    let found = sqlx::query_scalar("select to_regclass($1) is not null");
    Ok(found.bind(quoted(relation)).fetch_one(db).await?)
}

/// Kind, the table's name, and the statement that makes it where there is none.
fn tables(names: &DirectoryNames) -> [(&'static str, &str, &'static str); 3] {
    [
        (
            "users",
            &names.users,
            include_str!("../directory/users.sql"),
        ),
        (
            "suppliers",
            &names.suppliers,
            include_str!("../directory/suppliers.sql"),
        ),
        (
            "products",
            &names.products,
            include_str!("../directory/products.sql"),
        ),
    ]
}

/// Makes the tables that are missing. What exists at the first migration belongs to the host.
async fn directory(
    db: &mut PgConnection,
    names: &DirectoryNames,
    dry: bool,
    done: &mut Migration,
) -> Result<Vec<(&'static str, bool)>, PgError> {
    let first = !exists(db, "haggle_directory").await?;
    if first && exists(db, "conversations").await? {
        let reason = "the database already has a table named conversations";
        return Err(PgError::Directory(reason.into()));
    }
    let mut owned_by_host = Vec::new();
    for (kind, table, create) in tables(names) {
        let there = exists(db, table).await?;
        if first {
            owned_by_host.push((kind, there));
        }
        if there {
            continue;
        }
        if table != kind {
            let reason =
                format!("the table {table}, named as the marketplace's {kind}, does not exist");
            return Err(PgError::Directory(reason));
        }
        done.steps.push(format!("create the table {kind}"));
        if !dry {
            execute(db, &rendered(create, names)).await?;
        }
    }
    Ok(owned_by_host)
}

async fn record(db: &mut PgConnection, kinds: Vec<(&'static str, bool)>) -> Result<(), PgError> {
    for (kind, host) in kinds {
        let statement = "insert into haggle_directory (kind, owned_by_host) values ($1, $2) on conflict do nothing";
        sqlx::query(statement)
            .bind(kind)
            .bind(host)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

async fn schema(db: &mut PgConnection, dry: bool, done: &mut Migration) -> Result<(), PgError> {
    let mut migrations = Migrator {
        migrations: MIGRATIONS.migrations.clone(),
        ..Migrator::DEFAULT
    };
    migrations.dangerous_set_table_name("haggle_migrations");
    let applied: Vec<i64> = if exists(db, "haggle_migrations").await? {
        let versions = "select version from haggle_migrations where success";
        sqlx::query_scalar(versions).fetch_all(&mut *db).await?
    } else {
        Vec::new()
    };
    let missing = migrations
        .iter()
        .filter(|step| !applied.contains(&step.version));
    done.steps
        .extend(missing.map(|step| format!("migration {}: {}", step.version, step.description)));
    if !dry {
        migrations.run_direct(None, db, false).await?;
    }
    Ok(())
}

/// Replaces the views when their text changed; the text's hash is kept as a comment.
async fn views(
    db: &mut PgConnection,
    names: &DirectoryNames,
    dry: bool,
    done: &mut Migration,
) -> Result<(), PgError> {
    let text = rendered(include_str!("../directory/views.sql"), names);
    let current =
        "select obj_description(to_regclass('haggle_cards')) is not distinct from md5($1)";
    let current: bool = sqlx::query_scalar(current)
        .bind(&text)
        .fetch_one(&mut *db)
        .await?;
    if current {
        return Ok(());
    }
    done.steps.push("create the views of the directory".into());
    if dry {
        return Ok(());
    }
    let mut transaction = db.begin().await?;
    execute(&mut transaction, &text).await?;
    let hash: String = sqlx::query_scalar("select md5($1)")
        .bind(&text)
        .fetch_one(&mut *transaction)
        .await?;
    execute(
        &mut transaction,
        &format!("comment on view haggle_cards is '{hash}'"),
    )
    .await?;
    transaction.commit().await?;
    Ok(())
}

/// Adds the foreign keys, unless the host's directory is made of views.
async fn constraints(
    db: &mut PgConnection,
    names: &DirectoryNames,
    dry: bool,
    done: &mut Migration,
) -> Result<(), PgError> {
    let there = "select exists (select from pg_constraint where conname = 'conversations_buyer')";
    let there: bool = sqlx::query_scalar(there).fetch_one(&mut *db).await?;
    let tables = "select count(*) = 2 from pg_class where oid in (to_regclass($1), to_regclass($2)) and relkind in ('r', 'p')";
    let tables: bool = sqlx::query_scalar(tables)
        .bind(quoted(&names.users))
        .bind(quoted(&names.products))
        .fetch_one(&mut *db)
        .await?;
    if there || !(tables || dry) {
        return Ok(());
    }
    done.steps
        .push("add the foreign keys to the directory".into());
    if !dry {
        execute(
            db,
            &rendered(include_str!("../directory/constraints.sql"), names),
        )
        .await?;
    }
    Ok(())
}

async fn execute(db: &mut PgConnection, statements: &str) -> Result<(), PgError> {
    // The text is a file of this crate with quoted names from the settings in it.
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned()))
        .execute(db)
        .await?;
    Ok(())
}

fn rendered(text: &str, names: &DirectoryNames) -> String {
    let replace = |text: String, (token, name): (&str, &str)| text.replace(token, &quoted(name));
    names.tokens().into_iter().fold(text.to_owned(), replace)
}

/// `shop.users` becomes `"shop"."users"`.
fn quoted(name: &str) -> String {
    let part = |part: &str| format!("\"{}\"", part.replace('"', "\"\""));
    name.split('.').map(part).collect::<Vec<_>>().join(".")
}
