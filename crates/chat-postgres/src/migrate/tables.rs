//! Where users, suppliers and products are: in tables of the host, in Haggle's own, or nowhere.

use sqlx::PgConnection;

use super::{
    columns,
    columns::Resolved,
    keys::Key,
    migration::Migration,
    statements::{execute, has_table},
    table::{Owner, Table},
};
use crate::{
    Mapping, PgError,
    mapping::{KINDS, NONE, TableName, table_setting},
    template::fill,
};

/// All three, and what is read of them.
#[derive(Debug)]
pub(super) struct Tables {
    pub all: [Table; 3],
    pub mapping: Mapping,
    columns: Vec<Resolved>,
    /// In the order of the tables.
    keys: Vec<Key>,
    /// Of the column that names a supplier's user.
    user_of_supplier: Key,
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

impl Recorded {
    fn is(&self, table: &Table) -> bool {
        let before = (&*self.kind, self.owned_by_host, &*self.named);
        let place = (&self.schema_name, &self.table_name);
        before == (table.kind, !table.is_ours(), &*table.named)
            && place == (&table.schema, &table.name)
    }
}

impl Tables {
    /// What exists at the first migration belongs to the host.
    pub async fn find(db: &mut PgConnection, mapping: &Mapping) -> Result<Self, PgError> {
        let recorded = recorded(db).await?;
        let mut mapping = mapping.clone();
        let mut all = Vec::with_capacity(KINDS.len());
        for kind in KINDS {
            let before = recorded.iter().find(|recorded| recorded.kind == kind);
            let table = find(db, kind, mapping.table(kind), before).await?;
            if table.is_ours() {
                mapping.call_own(kind);
            }
            all.push(table);
        }
        let mut columns = Vec::new();
        for table in &all {
            columns.extend(columns::resolve(db, table, &mapping).await?);
        }
        let all = <[Table; 3]>::try_from(all).expect("one table of each kind");
        let mut tables = Self {
            all,
            mapping,
            columns,
            keys: Vec::new(),
            user_of_supplier: Key::Text,
        };
        for table in &tables.all {
            let key = Key::of(db, table, tables.id(table)).await?;
            tables.keys.push(key);
        }
        let suppliers = tables.of("suppliers");
        tables.user_of_supplier = Key::of(db, suppliers, tables.speaker()).await?;
        Ok(tables)
    }

    pub fn of(&self, kind: &str) -> &Table {
        let found = self.all.iter().find(|table| table.kind == kind);
        found.expect("there is one of each kind")
    }

    /// What is read of a table.
    pub fn columns<'a>(&'a self, table: &Table) -> impl Iterator<Item = &'a Resolved> {
        let kind = table.kind;
        let columns = self.columns.iter();
        columns.filter(move |resolved| resolved.column.table == kind)
    }

    /// The ids of a table.
    pub fn id(&self, table: &Table) -> &Resolved {
        let mut columns = self.columns(table);
        columns
            .next()
            .expect("the first column of each kind is its id")
    }

    /// The column that names a supplier's user.
    fn speaker(&self) -> &Resolved {
        let mut columns = self.columns(self.of("suppliers"));
        let found = columns.find(|resolved| resolved.column.name == "user_id");
        found.expect("a supplier has a user")
    }

    /// It, as the users' ids are.
    fn speaker_key(&self) -> String {
        let (key, of_users) = (self.user_of_supplier, self.keys[0]);
        let speaker = self.speaker();
        if key == of_users {
            key.of_column(speaker)
        } else {
            format!("haggle.user_key(({})::varchar)", speaker.sql)
        }
    }

    /// Whoever only serves needs no right to write there.
    pub async fn record(&self, db: &mut PgConnection) -> Result<(), PgError> {
        let before = recorded(db).await?;
        for table in &self.all {
            if before.iter().any(|before| before.is(table)) {
                continue;
            }
            let statement = "
                insert into haggle.directory (kind, owned_by_host, named, schema_name, table_name)
                values ($1, $2, $3, $4, $5)
                on conflict (kind) do update
                set owned_by_host = excluded.owned_by_host, named = excluded.named,
                  schema_name = excluded.schema_name, table_name = excluded.table_name";
            sqlx::query(statement)
                .bind(table.kind)
                .bind(!table.is_ours())
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
        for table in self.all.iter().filter(|table| table.is_ours()) {
            if has_table(db, table.kind).await? {
                continue;
            }
            done.steps
                .push(format!("create the table {}", table.shown()));
            execute(db, table.create()).await?;
        }
        Ok(())
    }

    /// The mapped columns of a table by our names, for the views.
    fn select(&self, table: &Table) -> String {
        let columns = self.columns(table).map(|Resolved { column, sql, .. }| {
            // What a role is in our words is said in the view.
            format!("({sql})::{} as {}", column.wanted.sql_type(), column.name)
        });
        columns.collect::<Vec<_>>().join(", ")
    }

    /// The text with the host's tables and expressions in it.
    pub fn rendered(&self, text: &str) -> String {
        let mut values: Vec<(String, String)> = Vec::new();
        for (table, key) in self.all.iter().zip(&self.keys) {
            let kind = table.kind;
            values.push((format!(":{kind}_columns"), self.select(table)));
            let id = self.id(table);
            values.push((format!(":{kind}_id"), id.sql.clone()));
            values.push((format!(":{kind}_key"), key.of_column(id)));
            values.push((format!(":{kind}_key_type"), key.sql_type().to_owned()));
            values.push((format!(":{kind}_key_of_text"), key.of_text().to_owned()));
            values.push((format!(":{kind}"), table.source()));
        }
        values.push((":suppliers_user_key".to_owned(), self.speaker_key()));
        values.push((":roles".to_owned(), self.mapping.roles().branches()));
        fill(text, &values)
    }
}

async fn recorded(db: &mut PgConnection) -> Result<Vec<Recorded>, PgError> {
    if !has_table(db, "directory").await? {
        return Ok(Vec::new());
    }
    let all = "select kind, owned_by_host, named, schema_name, table_name from haggle.directory";
    Ok(sqlx::query_as(all).fetch_all(db).await?)
}

/// The table of one kind.
pub(super) async fn locate(
    db: &mut PgConnection,
    kind: &'static str,
    mapping: &Mapping,
) -> Result<Table, PgError> {
    let recorded = recorded(db).await?;
    let before = recorded.iter().find(|recorded| recorded.kind == kind);
    find(db, kind, mapping.table(kind), before).await
}

async fn find(
    db: &mut PgConnection,
    kind: &'static str,
    named: &str,
    before: Option<&Recorded>,
) -> Result<Table, PgError> {
    if named == NONE {
        return Ok(Table::missing(kind));
    }
    let is_default = named == kind || named == format!("haggle.{kind}");
    let host = |(schema, name): (String, String)| Table {
        kind,
        named: named.to_owned(),
        schema,
        name,
        owner: Owner::Host,
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
    let TableName { schema, name } = TableName::parse(named)
        .map_err(|reason| PgError::Directory(format!("{} {reason}", table_setting(kind))))?;
    let has_schema = schema.is_some();
    let schemas = match schema {
        Some(schema) => vec![schema],
        None => search_path(db).await?,
    };
    if named != format!("haggle.{kind}")
        && let Some(found) = look(db, &name, &schemas).await?
    {
        return Ok(host(found));
    }
    if is_default && before.is_none_or(|before| !before.owned_by_host) {
        return Ok(Table::ours(kind));
    }
    let setting = table_setting(kind);
    Err(PgError::Directory(if has_schema {
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
pub(super) async fn search_path(db: &mut PgConnection) -> Result<Vec<String>, PgError> {
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
        where c.relname in ($1, lower($1)) and n.nspname::text = any($2)
          and c.relkind in ('r', 'p', 'v', 'm', 'f')
        order by array_position($2, n.nspname::text), c.relname = $1 desc
        limit 1";
    Ok(sqlx::query_as(found)
        .bind(name)
        .bind(schemas)
        .fetch_optional(db)
        .await?)
}
