//! What stands in the way of a migration: each is one line that names the setting or the right.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

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

pub(super) async fn problems(
    db: &mut PgConnection,
    tables: &Tables,
) -> Result<Vec<String>, PgError> {
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
    schema(&rights, &mut problems);
    for table in tables.all.iter().filter(|table| !table.is_ours) {
        columns(db, tables, table, &rights.role, &mut problems).await?;
    }
    Ok(problems)
}

fn schema(rights: &Rights, problems: &mut Vec<String>) {
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
        // Of its own, so that the transaction outlives what goes wrong.
        let mut savepoint = db.begin().await?;
        let probed = sqlx::raw_sql(AssertSqlSafe(probe))
            .execute(&mut *savepoint)
            .await;
        savepoint.rollback().await?;
        let Err(error) = probed else {
            continue;
        };
        let Some(refused) = error.as_database_error() else {
            return Err(error.into());
        };
        let problem = if refused.code().as_deref() == Some("42501") {
            format!(
                "{}: {}; grant select on {} to {role}",
                table.setting(),
                refused.message(),
                table.quoted()
            )
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
