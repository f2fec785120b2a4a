//! Products by their slugs: old conversations name them by either.

use sqlx::PgConnection;

use super::stage::execute;
use crate::{
    Mapping, PgError,
    mapping::{is_plain, quoted},
};

pub(super) const NO_SLUGS: &str = "drop view if exists haggle.legacy_slugs";

/// A view of the host's products that have one, while the old chat is moved. A table without slugs has
/// none.
pub(super) async fn make(db: &mut PgConnection, mapping: &Mapping) -> Result<(), PgError> {
    let found = "
        select d.schema_name::text, d.table_name::text
        from haggle.directory d
        join pg_namespace n on n.nspname = d.schema_name
        join pg_class c on c.relnamespace = n.oid and c.relname = d.table_name
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'slug' and not a.attisdropped
        where d.kind = 'products' and d.owned_by_host";
    let found: Option<(String, String)> = sqlx::query_as(found).fetch_optional(&mut *db).await?;
    execute(db, NO_SLUGS).await?;
    let Some((schema, table)) = found else {
        return Ok(());
    };
    let id = mapping.text("HAGGLE_PRODUCTS_ID");
    let id = if is_plain(id) {
        quoted(id)
    } else {
        id.to_owned()
    };
    let view = format!(
        "create view haggle.legacy_slugs as
         select ({id})::varchar as id, slug::varchar as slug from {}.{} where slug is not null",
        quoted(&schema),
        quoted(&table)
    );
    execute(db, &view).await
}
