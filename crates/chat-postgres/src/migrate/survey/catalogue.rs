//! Tables of the host that could be those of users, suppliers or products, by their names.

use sqlx::PgConnection;

use crate::{
    PgError,
    mapping::{is_plain, quoted},
    migrate::{
        table::{Owner, Table},
        tables::search_path,
    },
};

pub(super) const IDS: &[&str] = &["id", "userid", "uuid", "uid", "productid", "supplierid"];

/// In the order in which they are believed. Underscores and case mean nothing.
const USERS: &[&str] = &[
    "users",
    "user",
    "accounts",
    "account",
    "members",
    "member",
    "people",
    "persons",
    "customers",
    "appusers",
    "authuser",
];
const SUPPLIERS: &[&str] = &[
    "suppliers",
    "supplier",
    "supplierprofiles",
    "supplierprofile",
    "vendors",
    "vendor",
    "vendorprofiles",
    "sellers",
    "seller",
    "sellerprofiles",
    "merchants",
    "merchant",
    "manufacturers",
    "companies",
    "company",
    "stores",
    "shops",
];
const PRODUCTS: &[&str] = &[
    "products",
    "product",
    "items",
    "item",
    "listings",
    "listing",
    "goods",
    "articles",
    "catalogitems",
];

fn known(kind: &str) -> &'static [&'static str] {
    match kind {
        "users" => USERS,
        "suppliers" => SUPPLIERS,
        _ => PRODUCTS,
    }
}

pub(super) fn bare(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[derive(Clone, Debug)]
pub(super) struct HostColumn {
    pub name: String,
    /// As it stands in an expression.
    pub quoted: String,
    pub type_name: String,
    /// Of its base type: `S` text, `A` list, `B` boolean, `D` time, `N` number, `E` enumeration.
    pub category: String,
}

#[derive(Clone, Debug)]
pub(super) struct HostTable {
    schema: String,
    name: String,
    pub columns: Vec<HostColumn>,
}

impl HostTable {
    pub fn is(&self, table: &Table) -> bool {
        table.owner == Owner::Host && table.schema == self.schema && table.name == self.name
    }

    /// The first of these that it has, and that is good for the purpose.
    pub fn pick(
        &self,
        names: &[&str],
        is_good: impl Fn(&HostColumn) -> bool,
    ) -> Option<&HostColumn> {
        names.iter().find_map(|name| {
            let mut columns = self.columns.iter();
            columns.find(|column| bare(&column.name) == *name && is_good(column))
        })
    }
}

#[derive(Debug)]
pub(super) struct Catalogue {
    tables: Vec<HostTable>,
    path: Vec<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    schema: String,
    table: String,
    column: String,
    quoted: String,
    type_name: String,
    category: String,
}

impl Catalogue {
    pub async fn read(db: &mut PgConnection) -> Result<Self, PgError> {
        let rows = "
            select
              n.nspname::text as schema,
              c.relname::text as table,
              a.attname::text as column,
              quote_ident(a.attname) as quoted,
              format_type(a.atttypid, a.atttypmod) as type_name,
              coalesce(base.typcategory, t.typcategory)::text as category
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join pg_type t on t.oid = a.atttypid
            left join pg_type base on base.oid = t.typbasetype
            where c.relkind in ('r', 'p', 'v', 'm', 'f')
              and not c.relispartition
              and n.nspname !~ '^pg_'
              and n.nspname not in ('information_schema', 'haggle')
            order by n.nspname, c.relname, a.attnum
            limit 50000";
        let rows: Vec<Row> = sqlx::query_as(rows).fetch_all(&mut *db).await?;
        let mut tables: Vec<HostTable> = Vec::new();
        for row in rows {
            let is_same =
                |table: &&mut HostTable| table.schema == row.schema && table.name == row.table;
            let column = HostColumn {
                name: row.column,
                quoted: row.quoted,
                type_name: row.type_name,
                category: row.category,
            };
            match tables.last_mut().filter(is_same) {
                Some(table) => table.columns.push(column),
                None => tables.push(HostTable {
                    schema: row.schema,
                    name: row.table,
                    columns: vec![column],
                }),
            }
        }
        let path = search_path(db).await?;
        Ok(Self { tables, path })
    }

    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// What the settings name, where it is the host's.
    pub fn of(&self, table: &Result<Table, PgError>) -> Option<&HostTable> {
        let table = table.as_ref().ok()?;
        self.tables.iter().find(|known| known.is(table))
    }

    /// By its name; of several, the one in the search path.
    pub fn best(&self, kind: &str, fits: impl Fn(&&HostTable) -> bool) -> Option<&HostTable> {
        let place = |table: &HostTable| {
            let path = self.path.iter().position(|schema| *schema == table.schema);
            path.unwrap_or(usize::MAX)
        };
        known(kind).iter().find_map(|wanted| {
            let tables = self.tables.iter();
            let named = tables.filter(|table| bare(&table.name) == *wanted);
            let usable = named.filter(|table| table.pick(IDS, |_| true).is_some());
            usable.filter(&fits).min_by_key(|table| place(table))
        })
    }

    /// As the settings would name it: with its schema where the search path does not lead to it.
    pub fn name(&self, table: &HostTable) -> String {
        let part = |name: &str| {
            if is_plain(name) {
                name.to_owned()
            } else {
                quoted(name)
            }
        };
        let first = self.path.iter().find(|schema| {
            let mut tables = self.tables.iter();
            tables.any(|other| other.schema == **schema && other.name == table.name)
        });
        if first == Some(&table.schema) {
            part(&table.name)
        } else {
            format!("{}.{}", part(&table.schema), part(&table.name))
        }
    }
}
