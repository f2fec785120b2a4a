//! What stands in the way of a migration: each is one line that names the setting or the right.

use sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgDatabaseError};

use super::tables::{Table, Tables, quoted};
use crate::PgError;

/// What the views read of the host's tables, and as what.
const COLUMNS: [(&str, &str, &str); 11] = [
    ("users", ":users_id", "varchar"),
    ("users", ":users_name", "text"),
    ("users", ":users_role", "varchar"),
    ("users", ":users_is_active", "boolean"),
    ("suppliers", ":suppliers_id", "varchar"),
    ("suppliers", ":suppliers_user_id", "varchar"),
    ("suppliers", ":suppliers_name", "text"),
    ("products", ":products_id", "varchar"),
    ("products", ":products_name", "text"),
    ("products", ":products_image", "text"),
    ("products", ":products_supplier_id", "varchar"),
];

#[derive(sqlx::FromRow)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a column of the answer"
)]
struct Rights {
    role: String,
    database: String,
    has_schema: bool,
    may_create_schema: bool,
    may_use: bool,
    may_create: bool,
    is_migrated: bool,
    /// A table of the schema, where Haggle did not make it.
    stranger: Option<String>,
}

/// What there is of the schema `haggle`, and who asks.
#[derive(Debug)]
pub(super) struct Found {
    role: String,
    pub has_schema: bool,
    pub problems: Vec<String>,
}

/// What can be known before a table is read.
pub(super) async fn schema(db: &mut PgConnection) -> Result<Found, PgError> {
    let rights: Rights = sqlx::query_as(
        "select
          quote_ident(current_user) as role,
          quote_ident(current_database()) as database,
          n.oid is not null as has_schema,
          has_database_privilege(current_database(), 'CREATE') as may_create_schema,
          coalesce(has_schema_privilege(n.oid, 'USAGE'), false) as may_use,
          coalesce(has_schema_privilege(n.oid, 'CREATE'), false) as may_create,
          exists (select from pg_class where relnamespace = n.oid and relname = 'migrations') as is_migrated,
          (select min(relname::text) from pg_class where relnamespace = n.oid) as stranger
        from (select) as one
        left join pg_namespace n on n.nspname = 'haggle'",
    )
    .fetch_one(&mut *db)
    .await?;
    let mut problems = Vec::new();
    judge(&rights, &mut problems);
    if rights.is_migrated && rights.may_use {
        rows(db, &rights.role, &mut problems).await?;
    }
    Ok(Found {
        role: rights.role,
        has_schema: rights.has_schema,
        problems,
    })
}

/// With views in place they are read, with the rights of their owner: whoever only serves needs
/// none on the host's tables.
pub(super) async fn directory(
    db: &mut PgConnection,
    tables: &Tables,
    has_views: bool,
    found: &mut Found,
) -> Result<(), PgError> {
    let Found { role, problems, .. } = found;
    for table in tables.all.iter().filter(|table| !table.is_ours) {
        if has_views {
            view(db, table, problems).await?;
        } else {
            columns(db, tables, table, role, problems).await?;
        }
    }
    Ok(())
}

/// What a server does with the rows of Haggle's own tables.
async fn rows(
    db: &mut PgConnection,
    role: &str,
    problems: &mut Vec<String>,
) -> Result<(), PgError> {
    let closed = "
        select string_agg(relname, ', ' order by relname)
        from pg_class
        where relnamespace = 'haggle'::regnamespace and relkind in ('r', 'p', 'v')
          and not (
            has_table_privilege(oid, 'SELECT')
            and (relkind = 'v' or relname = 'migrations' or (
              has_table_privilege(oid, 'INSERT')
              and (relname = 'audit' or (
                has_table_privilege(oid, 'UPDATE') and has_table_privilege(oid, 'DELETE')
              ))
            ))
          )";
    let closed: Option<String> = sqlx::query_scalar(closed).fetch_one(db).await?;
    if let Some(closed) = closed {
        problems.push(format!(
            "no right to read and write {closed} in the schema haggle; grant select, insert, update, delete on all tables in schema haggle to {role}"
        ));
    }
    Ok(())
}

/// Of its own, so that the transaction outlives what goes wrong. Nothing when all is well.
async fn refusal(
    db: &mut PgConnection,
    probe: String,
) -> Result<Option<Box<PgDatabaseError>>, PgError> {
    let mut savepoint = db.begin().await?;
    let probed = sqlx::raw_sql(AssertSqlSafe(probe))
        .execute(&mut *savepoint)
        .await;
    savepoint.rollback().await?;
    match probed {
        Ok(_) => Ok(None),
        Err(sqlx::Error::Database(refused)) => match refused.try_downcast::<PgDatabaseError>() {
            Ok(refused) => Ok(Some(refused)),
            Err(other) => Err(sqlx::Error::Database(other).into()),
        },
        Err(error) => Err(error.into()),
    }
}

async fn view(
    db: &mut PgConnection,
    table: &Table,
    problems: &mut Vec<String>,
) -> Result<(), PgError> {
    let probe = format!("select from haggle.directory_{} limit 0", table.kind);
    let Some(refused) = refusal(db, probe).await? else {
        return Ok(());
    };
    let owner = "
        select quote_ident(pg_get_userbyid(relowner))
        from pg_class
        where relnamespace = 'haggle'::regnamespace and relname = 'directory_' || $1";
    let owner: String = sqlx::query_scalar(owner)
        .bind(table.kind)
        .fetch_one(db)
        .await?;
    problems.push(denied(table, &refused, &owner));
    Ok(())
}

fn denied(table: &Table, refused: &PgDatabaseError, role: &str) -> String {
    format!(
        "{}: {}; grant select on {} to {role}",
        table.setting(),
        refused.message(),
        table.quoted()
    )
}

fn judge(rights: &Rights, problems: &mut Vec<String>) {
    let Rights { role, database, .. } = rights;
    if !rights.has_schema {
        if !rights.may_create_schema {
            problems.push(format!(
                "the schema haggle cannot be created; grant create on database {database} to {role}"
            ));
        }
        return;
    }
    if let Some(table) = rights.stranger.as_ref().filter(|_| !rights.is_migrated) {
        problems.push(format!(
            "the schema haggle has a table {table} that is not Haggle's; rename that schema, or use another database"
        ));
    }
    if !rights.may_use || !rights.is_migrated && !rights.may_create {
        problems.push(format!(
            "the schema haggle cannot be used; grant usage, create on schema haggle to {role}"
        ));
    }
}

/// Each column is read, of no row.
async fn columns(
    db: &mut PgConnection,
    tables: &Tables,
    table: &Table,
    role: &str,
    problems: &mut Vec<String>,
) -> Result<(), PgError> {
    let may_use = "select has_schema_privilege($1, 'USAGE')";
    let may_use = sqlx::query_scalar(may_use).bind(&table.schema);
    if !may_use.fetch_one(&mut *db).await? {
        problems.push(format!(
            "{}: {} cannot be reached; grant usage on schema {} to {role}",
            table.setting(),
            table.shown(),
            quoted(&table.schema),
        ));
        return Ok(());
    }
    for (kind, token, kind_of_value) in COLUMNS {
        if kind != table.kind {
            continue;
        }
        let column = quoted(tables.column(token));
        let probe = format!(
            "select ({column})::{kind_of_value} from {} limit 0",
            table.quoted()
        );
        let Some(refused) = refusal(db, probe).await? else {
            continue;
        };
        let problem = if refused.code() == "42501" {
            denied(table, &refused, role)
        } else {
            let setting = token.trim_start_matches(':').to_ascii_uppercase();
            format!(
                "HAGGLE_{setting}: {} in {}",
                refused.message(),
                table.shown()
            )
        };
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    Ok(())
}
