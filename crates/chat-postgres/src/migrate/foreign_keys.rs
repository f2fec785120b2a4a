//! What becomes of conversations when the directory loses somebody. Foreign keys, where the
//! directory's tables can be referenced.

use sqlx::{AssertSqlSafe, PgConnection};

use super::{
    migration::Migration,
    statements::execute,
    table::{Owner, Table},
    tables::Tables,
};
use crate::{PgError, mapping::quoted};

struct ForeignKey {
    name: &'static str,
    table: &'static str,
    column: &'static str,
    /// The kind of the table that it references.
    to: &'static str,
    on_delete: &'static str,
}

const fn key(
    name: &'static str,
    table: &'static str,
    column: &'static str,
    to: &'static str,
    on_delete: &'static str,
) -> ForeignKey {
    ForeignKey {
        name,
        table,
        column,
        to,
        on_delete,
    }
}

const CASCADE: &str = "cascade";
const SET_NULL: &str = "set null";

const ALL: [ForeignKey; 7] = [
    key(
        "conversations_buyer",
        "conversations",
        "buyer_id",
        "users",
        CASCADE,
    ),
    key(
        "conversations_supplier",
        "conversations",
        "supplier_id",
        "users",
        CASCADE,
    ),
    key(
        "conversations_admin",
        "conversations",
        "admin_id",
        "users",
        SET_NULL,
    ),
    key(
        "participants_user",
        "participants",
        "user_id",
        "users",
        CASCADE,
    ),
    key("suppliers_user", "suppliers", "user_id", "users", CASCADE),
    key(
        "products_supplier",
        "products",
        "supplier_id",
        "suppliers",
        SET_NULL,
    ),
    key(
        "conversations_product",
        "conversations",
        "product_id",
        "products",
        SET_NULL,
    ),
];

impl ForeignKey {
    /// Users, suppliers and products of the host keep their own references.
    fn is_wanted(&self, tables: &Tables) -> bool {
        let mut own = tables.all.iter();
        own.all(|table| table.kind != self.table || table.is_ours())
    }

    /// Whether a row names what the table does not have.
    async fn is_broken(&self, db: &mut PgConnection) -> Result<bool, PgError> {
        let Self {
            table, column, to, ..
        } = self;
        let broken = format!(
            "select exists (
               select from haggle.{table} t
               where t.{column} is not null
                 and not exists (select from haggle.directory_{to} d where d.id = t.{column})
             )"
        );
        Ok(sqlx::query_scalar(AssertSqlSafe(broken))
            .fetch_one(db)
            .await?)
    }

    /// Whether it is there, and if it references this table.
    async fn state(&self, db: &mut PgConnection, to: &Table) -> Result<Option<bool>, PgError> {
        let state = "
            select n.nspname = $3 and c.relname = $4
            from pg_constraint k
            join pg_class c on c.oid = k.confrelid
            join pg_namespace n on n.oid = c.relnamespace
            where k.conrelid = to_regclass($1) and k.conname = $2 and k.contype = 'f'";
        let state = sqlx::query_scalar(state)
            .bind(format!("haggle.{}", self.table))
            .bind(self.name)
            .bind(&to.schema)
            .bind(&to.name);
        Ok(state.fetch_optional(db).await?)
    }
}

/// Whether a right is all that a key could lack.
pub(super) async fn is_possible(
    db: &mut PgConnection,
    tables: &Tables,
    table: &Table,
) -> Result<bool, PgError> {
    let obstacle = obstacle(db, tables, table).await?;
    Ok(obstacle.is_none_or(|obstacle| obstacle.starts_with("grant ")))
}

/// Why a table cannot be referenced.
async fn obstacle(
    db: &mut PgConnection,
    tables: &Tables,
    table: &Table,
) -> Result<Option<String>, PgError> {
    if table.owner == Owner::Nobody {
        return Ok(None);
    }
    let resolved = tables.id(table);
    let Some(id) = &resolved.name else {
        return Ok(Some(format!("its id is the expression {}", resolved.sql)));
    };
    let facts = "
        select
          c.relkind in ('r', 'p') as is_table,
          a.atttypid in ('text'::regtype, 'varchar'::regtype) as is_text,
          format_type(a.atttypid, a.atttypmod) as type,
          exists (
            select from pg_index i
            where i.indrelid = c.oid and i.indisunique and i.indimmediate and i.indisvalid
              and i.indpred is null and i.indnkeyatts = 1 and i.indkey[0] = a.attnum
          ) as is_unique,
          has_column_privilege(c.oid, a.attnum, 'REFERENCES') as may_reference,
          quote_ident(current_user) as role
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = $2 and not a.attisdropped
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = $1 and c.relname = $3";
    let facts: Option<(bool, bool, String, bool, bool, String)> = sqlx::query_as(facts)
        .bind(&table.schema)
        .bind(id)
        .bind(&table.name)
        .fetch_optional(db)
        .await?;
    Ok(match facts {
        None => Some("it has no such column".to_owned()),
        Some((false, ..)) => Some("it is not a table".to_owned()),
        Some((_, false, kind, ..)) => Some(format!("its {id} is {kind}, not text or varchar")),
        Some((_, _, _, false, ..)) => Some(format!("its {id} is not unique")),
        Some((.., false, role)) => {
            Some(format!("grant references on {} to {role}", table.quoted()))
        }
        Some(_) => None,
    })
}

/// What would help to find somebody in a table whose ids are no texts, and is not there: the host's own
/// index cannot.
async fn index(
    db: &mut PgConnection,
    tables: &Tables,
    table: &Table,
) -> Result<Option<String>, PgError> {
    let Some(id) = &tables.id(table).name else {
        return Ok(None);
    };
    let is_missing = "
        select a.atttypid not in ('text'::regtype, 'varchar'::regtype) and not exists (
          select from pg_index i
          where i.indrelid = c.oid and i.indisvalid and i.indpred is null
            and pg_get_expr(i.indexprs, i.indrelid) = format('(%I)::character varying', a.attname)
        )
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = $2 and not a.attisdropped
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = $1 and c.relname = $3 and c.relkind in ('r', 'p', 'm')";
    let is_missing: Option<bool> = sqlx::query_scalar(is_missing)
        .bind(&table.schema)
        .bind(id)
        .bind(&table.name)
        .fetch_optional(db)
        .await?;
    let what = format!(
        "; if it is large: create index on {} (({}::varchar))",
        table.quoted(),
        quoted(id)
    );
    Ok(is_missing.unwrap_or(false).then_some(what))
}

pub(super) async fn add(
    db: &mut PgConnection,
    tables: &Tables,
    done: &mut Migration,
) -> Result<(), PgError> {
    for table in &tables.all {
        let mut missing = Vec::new();
        for key in ALL.iter().filter(|key| key.to == table.kind) {
            if key.is_wanted(tables) {
                match key.state(db, table).await? {
                    Some(true) => {}
                    state => missing.push((key, state.is_some())),
                }
            }
        }
        if missing.is_empty() {
            continue;
        }
        let is_nowhere = table.owner == Owner::Nobody;
        let mut obstacle = obstacle(db, tables, table).await?;
        if !is_nowhere && obstacle.is_none() {
            // They are removed as if there could be no key, and the next start makes it.
            for (key, _) in &missing {
                if key.is_broken(db).await? {
                    let what = format!("{}.{} names what is not there", key.table, key.column);
                    obstacle = Some(what);
                }
            }
        }
        if let Some(obstacle) = &obstacle {
            let index = index(db, tables, table).await?.unwrap_or_default();
            done.notes
                .push(format!("no foreign key to {} ({obstacle}): what is deleted there is looked for, and gone here within a minute{index}", table.shown()));
        } else if !is_nowhere {
            done.steps
                .push(format!("add the foreign keys to {}", table.shown()));
        }
        for (key, is_there) in missing {
            if is_there {
                let ForeignKey { name, table, .. } = key;
                execute(
                    db,
                    &format!("alter table haggle.{table} drop constraint {name}"),
                )
                .await?;
            }
            if let (None, Some(id)) = (&obstacle, &tables.id(table).name) {
                let id = quoted(id);
                let statement = format!(
                    "alter table haggle.{} add constraint {} foreign key ({}) references {} ({id}) on delete {}",
                    key.table,
                    key.name,
                    key.column,
                    table.quoted(),
                    key.on_delete
                );
                execute(db, &statement).await?;
            }
        }
    }
    Ok(())
}
