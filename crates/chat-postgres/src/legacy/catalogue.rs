//! Tables of the host that could be the old chat, as the catalogue has them. Everybody may read it.

use sqlx::PgConnection;

use super::{column::OldColumn, place::Profiles};
use crate::PgError;

/// A table and its columns, not yet understood.
#[derive(Debug)]
pub(super) struct Found {
    pub schema: String,
    pub name: String,
    pub oid: u32,
    pub columns: Vec<OldColumn>,
}

#[derive(sqlx::FromRow)]
struct Row {
    oid: i64,
    schema: String,
    table: String,
    column: String,
    type_name: String,
    category: String,
    is_nullable: bool,
    has_default: bool,
    references_schema: Option<String>,
    references_table: Option<String>,
    references_column: Option<String>,
}

/// Tables, and no views: those are what is put in the place of the old tables at the end.
const TABLES: &str = "
    select
      c.oid::int8 as oid,
      n.nspname::text as schema,
      c.relname::text as table,
      a.attname::text as column,
      format_type(a.atttypid, a.atttypmod) as type_name,
      coalesce(base.typcategory, t.typcategory)::text as category,
      not (a.attnotnull or t.typnotnull) as is_nullable,
      a.atthasdef or a.attidentity <> '' as has_default,
      named.schema as references_schema,
      named.table as references_table,
      named.column as references_column
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    left join pg_type base on base.oid = t.typbasetype
    left join lateral (
      select
        other_schema.nspname::text as schema,
        other.relname::text as table,
        other_column.attname::text as column
      from pg_constraint k
      join pg_class other on other.oid = k.confrelid
      join pg_namespace other_schema on other_schema.oid = other.relnamespace
      join pg_attribute other_column on other_column.attrelid = other.oid and other_column.attnum = k.confkey[1]
      where k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum]
      order by k.oid
      limit 1
    ) named on true
    where c.relkind in ('r', 'p')
      and not c.relispartition
      and n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'haggle')";

/// By their names, in every schema of the host.
pub(super) async fn by_name(db: &mut PgConnection, names: &[&str]) -> Result<Vec<Found>, PgError> {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let rows =
        format!("{TABLES} and c.relname::text = any($1) order by n.nspname, c.relname, a.attnum");
    let rows = sqlx::query_as(sqlx::AssertSqlSafe(rows)).bind(names);
    Ok(tables(rows.fetch_all(db).await?))
}

/// By their oids, whatever they are called by now.
pub(super) async fn by_oid(db: &mut PgConnection, oids: &[u32]) -> Result<Vec<Found>, PgError> {
    let oids: Vec<i64> = oids.iter().map(|oid| i64::from(*oid)).collect();
    let rows =
        format!("{TABLES} and c.oid::int8 = any($1) order by n.nspname, c.relname, a.attnum");
    let rows = sqlx::query_as(sqlx::AssertSqlSafe(rows)).bind(oids);
    Ok(tables(rows.fetch_all(db).await?))
}

fn tables(rows: Vec<Row>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for row in rows {
        let references = row.references_schema.zip(row.references_table);
        let references = references.zip(row.references_column);
        let column = OldColumn {
            name: row.column,
            type_name: row.type_name,
            category: row.category.chars().next().unwrap_or('X'),
            is_nullable: row.is_nullable,
            has_default: row.has_default,
            references: references.map(|((schema, table), column)| (schema, table, column)),
        };
        let oid = u32::try_from(row.oid).expect("an oid has 32 bits");
        match found.last_mut().filter(|table| table.oid == oid) {
            Some(table) => table.columns.push(column),
            None => found.push(Found {
                schema: row.schema,
                name: row.table,
                oid,
                columns: vec![column],
            }),
        }
    }
    found
}

/// Tables with a `user_id`, also views of such: what the places of shape F name.
pub(super) async fn profiles(db: &mut PgConnection) -> Result<Vec<Profiles>, PgError> {
    let rows = "
        select n.nspname::text, c.relname::text
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'f')
          and n.nspname !~ '^pg_'
          and n.nspname not in ('information_schema', 'haggle')
          and 2 = (
            select count(*)
            from pg_attribute a
            where a.attrelid = c.oid and a.attname in ('id', 'user_id') and not a.attisdropped
          )
        order by n.nspname, c.relname
        limit 10000";
    let rows: Vec<(String, String)> = sqlx::query_as(rows).fetch_all(db).await?;
    let profiles = rows.into_iter().map(|(schema, table)| Profiles {
        schema,
        table,
        id: "id".to_owned(),
        user: "user_id".to_owned(),
    });
    Ok(profiles.collect())
}
