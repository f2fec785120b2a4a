//! What becomes of conversations when the directory loses somebody. Foreign keys, where the
//! directory's tables can be referenced.

use sqlx::PgConnection;

use super::{
    Migration,
    statements::execute,
    tables::{Table, Tables, quoted},
};
use crate::PgError;

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
        own.all(|table| table.kind != self.table || table.is_ours)
    }

    /// Whether it is there, and if it references this table.
    async fn state(&self, db: &mut PgConnection, to: &Table) -> Result<Option<bool>, PgError> {
        let state = "
            select confrelid = to_regclass($3)
            from pg_constraint
            where conrelid = to_regclass($1) and conname = $2 and contype = 'f'";
        let state = sqlx::query_scalar(state)
            .bind(format!("haggle.{}", self.table))
            .bind(self.name)
            .bind(to.quoted());
        Ok(state.fetch_optional(db).await?)
    }
}

/// Why a table cannot be referenced.
async fn obstacle(
    db: &mut PgConnection,
    tables: &Tables,
    table: &Table,
) -> Result<Option<String>, PgError> {
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
        where c.oid = to_regclass($1)";
    let id = tables.column(&format!(":{}_id", table.kind));
    let facts: Option<(bool, bool, String, bool, bool, String)> = sqlx::query_as(facts)
        .bind(table.quoted())
        .bind(id)
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
        let obstacle = obstacle(db, tables, table).await?;
        if let Some(obstacle) = &obstacle {
            done.notes
                .push(format!("no foreign key to {} ({obstacle}): what is deleted there is not found missing here", table.shown()));
        } else {
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
            if obstacle.is_none() {
                let id = quoted(tables.column(&format!(":{}_id", table.kind)));
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
