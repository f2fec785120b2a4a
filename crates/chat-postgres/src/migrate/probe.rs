//! What stands in the way of a migration: each is one line that names the setting or the right.

use sqlx::PgConnection;

use super::{
    expressions, grants, mirror,
    refusals::{denied, refusal},
    table::{Owner, Table},
    tables::Tables,
};
use crate::{PgError, mapping::quoted};

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
    pub problems: Vec<String>,
}

impl Found {
    pub fn refuse(&self) -> Result<(), PgError> {
        if self.problems.is_empty() {
            return Ok(());
        }
        Err(PgError::Directory(self.problems.join("; ")))
    }
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
        let missing = grants::missing(db, &rights.role).await?;
        if !missing.is_empty() {
            problems.push("a server may not do its work in the schema haggle".to_owned());
            problems.extend(missing);
        }
    }
    Ok(Found {
        role: rights.role,
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
    if !has_views && !owns_views(db, role, problems).await? {
        return Ok(());
    }
    let hosts = tables.all.iter().filter(|table| table.owner == Owner::Host);
    for table in hosts {
        if has_views {
            view(db, table, problems).await?;
        } else {
            columns(db, tables, table, role, problems).await?;
        }
    }
    if let (Some(online), false) = (tables.mapping.online(), has_views)
        && problems.is_empty()
    {
        problems.extend(mirror::problem(db, tables, online, role).await?);
    }
    Ok(())
}

/// Views that say something else than the settings can be replaced by their owner alone.
async fn owns_views(
    db: &mut PgConnection,
    role: &str,
    problems: &mut Vec<String>,
) -> Result<bool, PgError> {
    let stranger = "
        select quote_ident(pg_get_userbyid(relowner))
        from pg_class
        where relnamespace = 'haggle'::regnamespace and relname = 'directory_users'
          and not pg_has_role(relowner, 'USAGE')";
    let owner: Option<String> = sqlx::query_scalar(stranger).fetch_optional(db).await?;
    if let Some(owner) = &owner {
        problems.push(format!(
            "the mapping of users, suppliers and products has changed, and its views belong to {owner}; run `haggle migrate` as {owner}, or grant {owner} to {role}"
        ));
    }
    Ok(owner.is_none())
}

async fn view(
    db: &mut PgConnection,
    table: &Table,
    problems: &mut Vec<String>,
) -> Result<(), PgError> {
    let probe = format!("select * from haggle.directory_{} limit 0", table.kind);
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
    for resolved in tables.columns(table) {
        for problem in expressions::problems(db, table, resolved, role).await? {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
    }
    Ok(())
}
