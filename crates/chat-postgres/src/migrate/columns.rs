//! What is read of a table, as SQL: a column by its name, or an expression.

use sqlx::PgConnection;

use super::table::{Owner, Table};
use crate::{
    Mapping, PgError,
    mapping::{COLUMNS, Column, NONE, is_plain, quoted},
};

/// One of the mapped columns.
#[derive(Debug)]
pub(super) struct Resolved {
    pub column: &'static Column,
    pub sql: String,
    /// The name of the host's column, where it is nothing else.
    pub name: Option<String>,
    /// Why there is no such thing.
    pub problem: Option<String>,
}

impl Resolved {
    fn new(column: &'static Column, sql: impl Into<String>) -> Self {
        Self {
            column,
            sql: sql.into(),
            name: None,
            problem: None,
        }
    }
}

/// Of one table, in the order of [`COLUMNS`].
pub(super) async fn resolve(
    db: &mut PgConnection,
    table: &Table,
    mapping: &Mapping,
) -> Result<Vec<Resolved>, PgError> {
    let names = match table.owner {
        Owner::Host => names(db, table).await?,
        Owner::Haggle | Owner::Nobody => Vec::new(),
    };
    let columns = COLUMNS.iter().filter(|column| column.table == table.kind);
    let resolved = columns.map(|column| match table.owner {
        Owner::Nobody => Resolved::new(column, "null"),
        Owner::Haggle => Resolved {
            name: Some(column.name.to_owned()),
            ..Resolved::new(column, quoted(column.name))
        },
        Owner::Host => of_host(column, mapping.text(column.setting), &names, table),
    });
    Ok(resolved.collect())
}

/// A text that is the name of a column means that column, whatever else it could mean; a name in
/// another case too, as SQL would have it.
fn of_host(column: &'static Column, text: &str, names: &[String], table: &Table) -> Resolved {
    if let (NONE, Some(without)) = (text, column.without) {
        return Resolved::new(column, without);
    }
    let lower = text.to_lowercase();
    let found = [text, &lower].into_iter().find_map(|wanted| {
        let mut names = names.iter();
        names.find(|name| *name == wanted)
    });
    if let Some(name) = found {
        return Resolved {
            name: Some(name.clone()),
            ..Resolved::new(column, quoted(name))
        };
    }
    if let Some(inside) = text
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        && names.iter().any(|name| quoted(name) == text)
    {
        return Resolved {
            name: Some(inside.replace("\"\"", "\"")),
            ..Resolved::new(column, text)
        };
    }
    // Words like `user` or `current_date` mean something to PostgreSQL, and nobody means that.
    if is_plain(text) && !matches!(&*lower, "true" | "false" | "null") {
        if column.may_be_missing
            && text == column.name
            && let Some(without) = column.without
        {
            return Resolved::new(column, without);
        }
        let problem = format!(
            "column \"{text}\" does not exist in {}{}",
            table.shown(),
            similar(&lower, names)
        );
        return Resolved {
            problem: Some(problem),
            ..Resolved::new(column, quoted(text))
        };
    }
    Resolved::new(column, text)
}

/// `fullname` is not `full_name`, and was probably meant.
fn similar(wanted: &str, names: &[String]) -> String {
    let bare = |name: &str| name.to_lowercase().replace(['_', '-', ' '], "");
    let mut names = names.iter();
    let found = names.find(|name| bare(name) == bare(wanted));
    found.map_or_else(String::new, |name| format!("; there is {}", quoted(name)))
}

/// Of all columns of a table. Everybody may read them in the catalogue.
pub(super) async fn names(db: &mut PgConnection, table: &Table) -> Result<Vec<String>, PgError> {
    let names = "
        select a.attname::text
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped
        order by a.attnum";
    Ok(sqlx::query_scalar(names)
        .bind(&table.schema)
        .bind(&table.name)
        .fetch_all(db)
        .await?)
}

/// The type of a column, as SQL writes it.
pub(super) async fn type_of(
    db: &mut PgConnection,
    table: &Table,
    column: &str,
) -> Result<String, PgError> {
    let name = "
        select format_type(a.atttypid, null)
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = $1 and c.relname = $2 and a.attname = $3 and not a.attisdropped";
    Ok(sqlx::query_scalar(name)
        .bind(&table.schema)
        .bind(&table.name)
        .bind(column)
        .fetch_one(db)
        .await?)
}
