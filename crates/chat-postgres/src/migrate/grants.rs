//! The least rights that the commands need, as the statements that give them. The same lists are what a
//! start looks at.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::{
    columns::names,
    foreign_keys,
    migration::Migration,
    statements::{has_table, schema},
    table::{Owner, Table},
    tables::Tables,
};
use crate::{
    Mapping, PgError, PgOptions,
    mapping::quoted,
    pool::{BEGIN_A_MIGRATION, Servers},
};

/// What a server does with the tables and views of the schema. Triggers, and the function that writes into
/// the host's columns, have the rights of whoever made them.
pub(super) const OF_A_SERVER: &[(&str, &[&str])] = &[
    (
        "select",
        &[
            "directory",
            "directory_products",
            "directory_suppliers",
            "directory_users",
            "keys",
            "legacy_chat",
            "legacy_owed",
            "messages",
            "migrations",
            "named_conversations",
            "people",
        ],
    ),
    (
        "select, insert",
        &["audit", "legacy_report", "message_versions"],
    ),
    ("select, update", &["chores"]),
    ("select, delete", &["legacy_changes"]),
    (
        "select, insert, delete",
        &["legacy_conversations", "missing", "reactions"],
    ),
    (
        "select, insert, update",
        &[
            "digests",
            "mail_recipients",
            "message_rows",
            "notifications",
            "offers",
            "preferences",
            "request_answers",
            "requests",
        ],
    ),
    (
        "select, insert, update, delete",
        &[
            "answer_times",
            "attachments",
            "bounces",
            "conversations",
            "jobs",
            "leases",
            "nodes",
            "partial_uploads",
            // To lock one takes the right to change it.
            "participants",
            "presence",
            "products",
            "push_subscriptions",
            "replies",
            "reports",
            "search_chunks",
            "search_state",
            "suppliers",
            "users",
            "webhook_deliveries",
            "webhook_endpoints",
            "webhook_events",
        ],
    ),
];

/// Those that this role does not have, as statements.
pub(super) async fn missing(db: &mut PgConnection, role: &str) -> Result<Vec<String>, PgError> {
    let mut statements = Vec::new();
    for (rights, tables) in OF_A_SERVER {
        let missing = "
            select coalesce(array_agg(relname::text order by relname), '{}')
            from pg_class
            where relnamespace = 'haggle'::regnamespace
              and relname::text = any($1)
              and exists (
                select from unnest(string_to_array($2, ', ')) as needed (privilege)
                where not has_table_privilege(oid, needed.privilege)
              )";
        let tables: Vec<String> = tables.iter().map(ToString::to_string).collect();
        let missing: Vec<String> = sqlx::query_scalar(missing)
            .bind(&tables)
            .bind(rights)
            .fetch_one(&mut *db)
            .await?;
        statements.extend(statement(rights, &missing, role));
    }
    Ok(statements)
}

fn statement(rights: &str, tables: &[String], role: &str) -> Option<String> {
    let tables: Vec<_> = tables
        .iter()
        .map(|table| format!("haggle.{table}"))
        .collect();
    let tables = tables.join(", ");
    (!tables.is_empty()).then(|| format!("grant {rights} on {tables} to {role}"))
}

/// Lines of SQL that give this role what it needs. `sessions` is the host's table of them, where a server
/// reads that.
pub async fn grants(
    options: &PgOptions,
    mapping: &Mapping,
    sessions: Option<&str>,
    role: &str,
) -> Result<Vec<String>, PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let is_pooled = session.is_pooled();
    let mut transaction = session.db().begin_with(BEGIN_A_MIGRATION).await?;
    let lines = lines(&mut transaction, mapping, sessions, role).await;
    if is_pooled {
        transaction.clear_cached_statements().await?;
    }
    transaction.rollback().await?;
    session.close().await;
    lines
}

async fn lines(
    db: &mut PgConnection,
    mapping: &Mapping,
    sessions: Option<&str>,
    role: &str,
) -> Result<Vec<String>, PgError> {
    let there = "select to_regnamespace('haggle') is not null, quote_ident(current_database()), quote_ident($1)";
    let (is_there, database, role): (bool, String, String) =
        sqlx::query_as(there).bind(role).fetch_one(&mut *db).await?;
    let tables = Tables::find(db, mapping).await?;
    schema(db, &mut Migration::default()).await?;

    let connect = format!("grant connect on database {database} to {role};");
    let mut lines =
        vec!["-- For `haggle migrate`, and for `haggle serve` by the same role.".to_owned()];
    lines.push(connect.clone());
    lines.push(format!("grant create on database {database} to {role};"));
    let hosts = tables.all.iter().filter(|table| table.owner == Owner::Host);
    let mut schemas: Vec<_> = hosts.clone().map(|table| quoted(&table.schema)).collect();
    schemas.dedup();
    for schema in schemas {
        lines.push(format!("grant usage on schema {schema} to {role};"));
    }
    for table in hosts {
        lines.extend(of_table(db, &tables, table, &role).await?);
    }
    let sessions = of_sessions(db, sessions, &role).await?;
    lines.extend(sessions.clone());
    if is_there {
        lines.push("-- For `haggle serve` by a role that does not migrate.".to_owned());
        lines.push(connect);
        lines.push(format!("grant usage on schema haggle to {role};"));
        for (rights, names) in OF_A_SERVER {
            let mut existing = Vec::new();
            for name in *names {
                if has_table(db, name).await? {
                    existing.push((*name).to_owned());
                }
            }
            let statement = statement(rights, &existing, &role);
            lines.extend(statement.map(|statement| statement + ";"));
        }
        lines.extend(sessions);
    } else {
        let later = "-- A role that only serves: ask again when the schema haggle is there.";
        lines.push(later.to_owned());
    }
    Ok(lines)
}

async fn of_sessions(
    db: &mut PgConnection,
    sessions: Option<&str>,
    role: &str,
) -> Result<Vec<String>, PgError> {
    let Some(named) = sessions else {
        return Ok(Vec::new());
    };
    let named = named.split('.').map(quoted).collect::<Vec<_>>().join(".");
    let found = "
        select quote_ident(n.nspname), quote_ident(c.relname)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.oid = to_regclass($1)";
    let found: Option<(String, String)> =
        sqlx::query_as(found).bind(named).fetch_optional(db).await?;
    Ok(found.map_or_else(Vec::new, |(schema, table)| {
        vec![
            format!("grant usage on schema {schema} to {role};"),
            format!("grant select (sid, sess, expire) on {schema}.{table} to {role};"),
        ]
    }))
}

async fn of_table(
    db: &mut PgConnection,
    tables: &Tables,
    table: &Table,
    role: &str,
) -> Result<Vec<String>, PgError> {
    let name = table.quoted();
    let mut lines = Vec::new();
    let select = match columns(db, tables, table).await? {
        Some(columns) if !columns.is_empty() => format!("select ({})", listed(&columns)),
        _ => "select".to_owned(),
    };
    lines.push(format!("grant {select} on {name} to {role};"));
    // Without it deletions are found by looking.
    if foreign_keys::is_possible(db, tables, table).await?
        && let Some(id) = &tables.id(table).name
    {
        lines.push(format!(
            "grant references ({}) on {name} to {role};",
            quoted(id)
        ));
    }
    if let Some(online) = tables.mapping.online().filter(|_| table.kind == "users") {
        let all = names(db, table).await?;
        let columns: Vec<_> = online.columns(&all).collect();
        lines.push(format!(
            "grant update ({}) on {name} to {role};",
            listed(&columns)
        ));
    }
    Ok(lines)
}

fn listed(columns: &[String]) -> String {
    let columns: Vec<_> = columns.iter().map(|column| quoted(column)).collect();
    columns.join(", ")
}

/// The columns that the expressions read, as PostgreSQL notes them of a view. Nothing: it is the row.
async fn columns(
    db: &mut PgConnection,
    tables: &Tables,
    table: &Table,
) -> Result<Option<Vec<String>>, PgError> {
    let expressions: Vec<_> = tables
        .columns(table)
        .filter(|resolved| resolved.problem.is_none())
        .enumerate()
        .map(|(place, resolved)| format!("({}) as c{place}", resolved.sql))
        .collect();
    let create = format!(
        "create view haggle.tried_column as select {} from {}",
        expressions.join(", "),
        table.quoted()
    );
    let mut savepoint = db.begin().await?;
    let created = sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut *savepoint);
    let read = match created.await {
        Ok(_) => {
            let read = "
                select coalesce(array_agg(distinct a.attname::text) filter (where d.refobjsubid > 0), '{}')
                from pg_depend d
                join pg_rewrite r on r.oid = d.objid and d.classid = 'pg_rewrite'::regclass
                join pg_class c on c.oid = d.refobjid and d.refclassid = 'pg_class'::regclass
                join pg_namespace n on n.oid = c.relnamespace
                left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
                where r.ev_class = 'haggle.tried_column'::regclass
                  and n.nspname = $1 and c.relname = $2";
            let read: Vec<String> = sqlx::query_scalar(read)
                .bind(&table.schema)
                .bind(&table.name)
                .fetch_one(&mut *savepoint)
                .await?;
            Some(read)
        }
        Err(sqlx::Error::Database(_)) => None,
        Err(error) => return Err(error.into()),
    };
    savepoint.rollback().await?;
    Ok(read)
}
