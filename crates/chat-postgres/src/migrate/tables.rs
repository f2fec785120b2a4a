//! Where users, suppliers and products are: in tables of the host, or in Haggle's own.

use sqlx::PgConnection;

use super::{
    Migration,
    statements::{execute, has_table},
};
use crate::{DirectoryNames, PgError};

pub(super) const KINDS: [&str; 3] = ["users", "suppliers", "products"];

#[derive(Debug)]
pub(super) struct Table {
    pub kind: &'static str,
    /// As the settings name it.
    named: String,
    pub schema: String,
    pub name: String,
    pub is_ours: bool,
}

impl Table {
    fn ours(kind: &'static str) -> Self {
        Self {
            kind,
            named: kind.to_owned(),
            schema: "haggle".to_owned(),
            name: kind.to_owned(),
            is_ours: true,
        }
    }

    /// The setting that names it.
    pub fn setting(&self) -> String {
        setting(self.kind)
    }

    /// For people.
    pub fn shown(&self) -> String {
        format!("{}.{}", self.schema, self.name)
    }

    /// For SQL.
    pub fn quoted(&self) -> String {
        format!("{}.{}", quoted(&self.schema), quoted(&self.name))
    }

    fn create(&self) -> &'static str {
        match self.kind {
            "users" => include_str!("../../directory/users.sql"),
            "suppliers" => include_str!("../../directory/suppliers.sql"),
            _ => include_str!("../../directory/products.sql"),
        }
    }
}

fn setting(kind: &str) -> String {
    format!("HAGGLE_{}_TABLE", kind.to_ascii_uppercase())
}

/// All three, and what their columns are called.
#[derive(Debug)]
pub(super) struct Tables {
    pub all: [Table; 3],
    names: DirectoryNames,
}

/// What was written down at an earlier migration.
#[derive(sqlx::FromRow)]
struct Recorded {
    kind: String,
    owned_by_host: bool,
    named: String,
    schema_name: String,
    table_name: String,
}

impl Tables {
    /// What exists at the first migration belongs to the host.
    pub async fn find(db: &mut PgConnection, names: &DirectoryNames) -> Result<Self, PgError> {
        let recorded: Vec<Recorded> = if has_table(db, "directory").await? {
            let all =
                "select kind, owned_by_host, named, schema_name, table_name from haggle.directory";
            sqlx::query_as(all).fetch_all(&mut *db).await?
        } else {
            Vec::new()
        };
        let mut own = names.clone();
        let mut all = Vec::with_capacity(KINDS.len());
        for kind in KINDS {
            let before = recorded.iter().find(|recorded| recorded.kind == kind);
            let table = find(db, kind, names.table(kind), before).await?;
            if table.is_ours {
                own.call_own(kind);
            }
            all.push(table);
        }
        let all = <[Table; 3]>::try_from(all).expect("one table of each kind");
        Ok(Self { all, names: own })
    }

    /// The column that one of the settings names.
    pub fn column(&self, token: &str) -> &str {
        let tokens = self.names.tokens();
        let found = tokens.into_iter().find(|(known, _)| *known == token);
        found.expect("a token of the directory's names").1
    }

    pub async fn record(&self, db: &mut PgConnection) -> Result<(), PgError> {
        for table in &self.all {
            let statement = "
                insert into haggle.directory as d (kind, owned_by_host, named, schema_name, table_name)
                values ($1, $2, $3, $4, $5)
                on conflict (kind) do update
                set owned_by_host = excluded.owned_by_host, named = excluded.named,
                  schema_name = excluded.schema_name, table_name = excluded.table_name
                where (d.owned_by_host, d.named, d.schema_name, d.table_name)
                  <> (excluded.owned_by_host, excluded.named, excluded.schema_name, excluded.table_name)";
            sqlx::query(statement)
                .bind(table.kind)
                .bind(!table.is_ours)
                .bind(&table.named)
                .bind(&table.schema)
                .bind(&table.name)
                .execute(&mut *db)
                .await?;
        }
        Ok(())
    }

    /// Makes those of Haggle's own that are missing.
    pub async fn create(&self, db: &mut PgConnection, done: &mut Migration) -> Result<(), PgError> {
        for table in self.all.iter().filter(|table| table.is_ours) {
            if has_table(db, table.kind).await? {
                continue;
            }
            done.steps
                .push(format!("create the table {}", table.shown()));
            execute(db, table.create()).await?;
        }
        Ok(())
    }

    /// The text with every name of the directory in it, quoted.
    pub fn rendered(&self, text: &str) -> String {
        let replace = |text: String, (token, name): (&str, &str)| {
            let is_table = |table: &&Table| token.strip_prefix(':') == Some(table.kind);
            let name = match self.all.iter().find(is_table) {
                Some(table) => table.quoted(),
                None => quoted(name),
            };
            text.replace(token, &name)
        };
        let tokens = self.names.tokens().into_iter();
        tokens.fold(text.to_owned(), replace)
    }
}

async fn find(
    db: &mut PgConnection,
    kind: &'static str,
    named: &str,
    before: Option<&Recorded>,
) -> Result<Table, PgError> {
    let is_default = named == kind || named == format!("haggle.{kind}");
    let host = |(schema, name): (String, String)| Table {
        kind,
        named: named.to_owned(),
        schema,
        name,
        is_ours: false,
    };
    match before {
        Some(before) if is_default && !before.owned_by_host => return Ok(Table::ours(kind)),
        Some(before) if before.owned_by_host && before.named == named => {
            let there = [before.schema_name.clone()];
            if let Some(found) = look(db, &before.table_name, &there).await? {
                return Ok(host(found));
            }
        }
        _ => {}
    }
    let (schemas, name) = match named.split_once('.') {
        Some((schema, name)) => (vec![schema.to_owned()], name),
        None => (search_path(db).await?, named),
    };
    if named != format!("haggle.{kind}")
        && let Some(found) = look(db, name, &schemas).await?
    {
        return Ok(host(found));
    }
    if is_default && before.is_none_or(|before| !before.owned_by_host) {
        return Ok(Table::ours(kind));
    }
    let setting = setting(kind);
    Err(PgError::Directory(if named.contains('.') {
        format!("{setting}: the table {named} does not exist")
    } else {
        let schemas = schemas.join(", ");
        format!(
            "{setting}: the table {named} does not exist in the schemas of the search path ({schemas})"
        )
    }))
}

/// As it is set: `current_schemas` leaves out what the role may not use, and then the host's tables
/// would look as if they were not there. A role that is called haggle has its schema in the path.
async fn search_path(db: &mut PgConnection) -> Result<Vec<String>, PgError> {
    let path: String = sqlx::query_scalar("select current_setting('search_path')")
        .fetch_one(&mut *db)
        .await?;
    let role: String = sqlx::query_scalar("select current_user::text")
        .fetch_one(db)
        .await?;
    let schemas = path.split(',').map(|part| match part.trim() {
        "\"$user\"" | "$user" => role.clone(),
        part => part.trim_matches('"').replace("\"\"", "\""),
    });
    Ok(schemas.filter(|schema| schema != "haggle").collect())
}

/// The first of these schemas that has such a table, and its name.
async fn look(
    db: &mut PgConnection,
    name: &str,
    schemas: &[String],
) -> Result<Option<(String, String)>, PgError> {
    let found = "
        select n.nspname::text, c.relname::text
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.relname = $1 and n.nspname::text = any($2) and c.relkind in ('r', 'p', 'v', 'm', 'f')
        order by array_position($2, n.nspname::text)
        limit 1";
    Ok(sqlx::query_as(found)
        .bind(name)
        .bind(schemas)
        .fetch_optional(db)
        .await?)
}

pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
