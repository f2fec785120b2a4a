//! What hangs on people and products that the host has deleted, where no foreign key of ours is on its
//! tables: it is found by looking, and goes as the key would have done it.
//!
//! Nothing goes at the first look: a table that is filled anew, or a view that is being replaced,
//! is empty for a moment.

use std::collections::HashSet;

use chat::{
    ids::{ConversationId, UserId},
    storage::Result as Stored,
};
use sqlx::PgConnection;

use crate::{
    PgStorage, PgWriter, departure::forget, migrate::Owned, pool::Pool,
    webhooks::announce::announce_updated,
};

/// Rows that one statement compares.
const CHUNK: i64 = 10_000;
/// Removed in one call.
const TOGETHER: i64 = 200;
/// Between two looks, of whichever server.
const LOOK_SECONDS: i64 = 9;
/// How long somebody has to be missing.
const PATIENCE_SECONDS: i64 = 15;
/// The same when most people are missing at once, which is rather a mistake than a wish.
const MISTAKE_SECONDS: i64 = 3_600;
/// Fewer are never taken for a mistake.
const MISTAKE_PEOPLE: i64 = 100;

/// What has no foreign key, and is looked for.
struct Wanted {
    users: bool,
    products: bool,
}

/// Looks, if nobody did a moment ago, and removes what is due. Returns how many people and products
/// are gone; as many as [`TOGETHER`]: there may be more.
pub(crate) async fn remove(writer: &PgWriter) -> Stored<usize> {
    let storage = &writer.storage;
    let (db, owned) = (&storage.pool, storage.owned);
    if storage.ask(is_due(db)).await? {
        look(writer, owned).await?;
    }
    let due = storage.ask(due(db)).await?;
    for (kind, id) in &due {
        let user = UserId::new(id.as_str());
        match &**kind {
            "users" => {
                writer
                    .change_many(remove_user(writer, owned, &user))
                    .await?;
            }
            "products" => writer.change_many(remove_product(writer, id)).await?,
            _ => storage.ask(remove_supplier(db, id)).await?,
        }
    }
    Ok(due.len())
}

/// Whoever gets the row looks; the others need not.
async fn is_due(db: &Pool) -> Result<bool, sqlx::Error> {
    let due = sqlx::query!(
        r#"
        update haggle.chores
        set done_at = clock_timestamp()
        where name = 'orphans' and done_at < clock_timestamp() - make_interval(secs => $1::bigint)
        "#,
        LOOK_SECONDS
    )
    .execute(db)
    .await?;
    Ok(due.rows_affected() == 1)
}

async fn look(writer: &PgWriter, owned: Owned) -> Stored<()> {
    let storage = &writer.storage;
    let db = &storage.pool;
    // A product that the settings say does not exist anywhere was not deleted.
    let wanted = sqlx::query_as!(
        Wanted,
        r#"
        select
          not exists (
            select from pg_constraint
            where conrelid = to_regclass('haggle.participants') and conname = 'participants_user'
          ) as "users!",
          not exists (
            select from pg_constraint
            where conrelid = to_regclass('haggle.conversations') and conname = 'conversations_product'
          ) and exists (
            select from haggle.directory where kind = 'products' and named <> 'none'
          ) as "products!"
        "#
    )
    .fetch_one(db);
    let wanted = storage.ask(wanted).await?;
    if wanted.users {
        users(storage).await?;
    }
    if wanted.products {
        products(storage).await?;
    }
    storage.ask(own_tables(db, owned)).await
}

async fn users(storage: &PgStorage) -> Stored<()> {
    let mut after = Some(String::new());
    while let Some(last) = after {
        let chunk = sqlx::query_scalar!(
            r#"
            with chunk as (
              select user_id as id
              from haggle.participants
              where user_id > $1
              order by user_id
              limit $2
            ),
            found as (
              select chunk.id, exists (select from haggle.directory_users u where u.key = haggle.user_key(chunk.id)) as is_there
              from chunk
            ),
            gone as (
              insert into haggle.missing (kind, id, since)
              select 'users', id, clock_timestamp()
              from found
              where not is_there
              order by id
              on conflict do nothing
            ),
            back as (
              delete from haggle.missing m
              using found
              where m.kind = 'users' and m.id = found.id and found.is_there
            )
            select max(id)
            from chunk
            "#,
            last,
            CHUNK
        );
        after = storage.ask(chunk.fetch_one(&storage.pool)).await?;
    }
    Ok(())
}

async fn products(storage: &PgStorage) -> Stored<()> {
    let mut after = Some(String::new());
    while let Some(last) = after {
        let chunk = sqlx::query_scalar!(
            r#"
            with chunk as (
              select distinct product_id as id
              from haggle.conversations
              where product_id > $1
              order by product_id
              limit $2
            ),
            found as (
              select chunk.id, exists (select from haggle.directory_products p where p.key = haggle.product_key(chunk.id)) as is_there
              from chunk
            ),
            gone as (
              insert into haggle.missing (kind, id, since)
              select 'products', id, clock_timestamp()
              from found
              where not is_there
              order by id
              on conflict do nothing
            ),
            back as (
              delete from haggle.missing m
              using found
              where m.kind = 'products' and m.id = found.id and found.is_there
            )
            select max(id)
            from chunk
            "#,
            last,
            CHUNK
        );
        after = storage.ask(chunk.fetch_one(&storage.pool)).await?;
    }
    Ok(())
}

/// Haggle's own suppliers of the host's users, and its own products of the host's suppliers.
async fn own_tables(db: &Pool, owned: Owned) -> Result<(), sqlx::Error> {
    if owned.suppliers && !owned.users {
        sqlx::query!(
            r#"
            insert into haggle.missing (kind, id, since)
            select 'users', s.user_id, clock_timestamp()
            from haggle.suppliers s
            where not exists (select from haggle.directory_users u where u.key = haggle.user_key(s.user_id))
            order by s.user_id
            limit $1
            on conflict do nothing
            "#,
            CHUNK
        )
        .execute(db)
        .await?;
    }
    if owned.products && !owned.suppliers {
        sqlx::query!(
            r#"
            insert into haggle.missing (kind, id, since)
            select distinct 'suppliers', p.supplier_id, clock_timestamp()
            from haggle.products p
            where p.supplier_id is not null
              and not exists (select from haggle.directory_suppliers s where s.key = haggle.supplier_key(p.supplier_id))
            limit $1
            on conflict do nothing
            "#,
            CHUNK
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

/// What has been missing for long enough.
async fn due(db: &Pool) -> Result<Vec<(String, String)>, sqlx::Error> {
    let counted = sqlx::query!(
        r#"
        select
          (select count(*) from haggle.missing where kind = 'users') as "missing!",
          case
            when exists (select from haggle.missing where kind = 'users')
            then (select count(*) from haggle.participants)
            else 0
          end as "all!"
        "#
    )
    .fetch_one(db)
    .await?;
    let is_mistake = counted.missing >= MISTAKE_PEOPLE && 2 * counted.missing > counted.all;
    if is_mistake {
        tracing::error!(
            missing = counted.missing,
            of = counted.all,
            "most people who have conversations are missing in the table of users: if they are not back within an hour, their conversations are deleted"
        );
    }
    let patience = if is_mistake {
        MISTAKE_SECONDS
    } else {
        PATIENCE_SECONDS
    };
    let rows = sqlx::query!(
        r#"
        select kind, id
        from haggle.missing
        where since <= clock_timestamp() - make_interval(secs => $1::bigint)
        order by since, kind, id
        limit $2
        "#,
        patience,
        TOGETHER
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.id)).collect())
}

/// Whether it is for us to remove: another server may have been first, and they may be back.
async fn claim(db: &mut PgConnection, kind: &str, id: &str) -> Result<bool, sqlx::Error> {
    let claimed = sqlx::query_scalar!(
        r#"
        delete from haggle.missing
        where kind = $1 and id = $2
        returning case kind
          when 'users' then exists (select from haggle.directory_users u where u.key = haggle.user_key($2))
          when 'products' then exists (select from haggle.directory_products p where p.key = haggle.product_key($2))
          else exists (select from haggle.directory_suppliers s where s.key = haggle.supplier_key($2))
        end as "is_back!"
        "#,
        kind,
        id
    )
    .fetch_optional(db)
    .await?;
    Ok(claimed == Some(false))
}

async fn remove_user(writer: &PgWriter, owned: Owned, user: &UserId) -> Result<(), sqlx::Error> {
    let _turns = writer.queue.all_turns().await;
    let mut transaction = writer.storage.pool.begin().await?;
    if !claim(&mut transaction, "users", user.as_str()).await? {
        return transaction.commit().await;
    }
    let departure = forget(&mut transaction, user).await?;
    if owned.suppliers {
        sqlx::query!(
            "delete from haggle.suppliers where user_id = $1",
            user.as_str()
        )
        .execute(&mut *transaction)
        .await?;
    }
    departure.commit(transaction, writer).await
}

async fn remove_product(writer: &PgWriter, product: &str) -> Result<(), sqlx::Error> {
    let _turns = writer.queue.all_turns().await;
    let mut transaction = writer.storage.pool.begin().await?;
    if !claim(&mut transaction, "products", product).await? {
        return transaction.commit().await;
    }
    let about = sqlx::query_scalar!(
        r#"
        update haggle.conversations
        set product_id = null
        where id in (
          select id from haggle.conversations where product_id = $1 order by id for no key update
        )
        returning id
        "#,
        product
    )
    .fetch_all(&mut *transaction)
    .await?;
    announce_updated(&mut transaction, &about).await?;
    let about: HashSet<ConversationId> = about.into_iter().map(ConversationId::new).collect();
    let queue = &writer.queue;
    queue
        .commit_and_announce(transaction, &writer.storage.pool, about)
        .await
}

async fn remove_supplier(db: &Pool, supplier: &str) -> Result<(), sqlx::Error> {
    let mut transaction = db.begin().await?;
    if claim(&mut transaction, "suppliers", supplier).await? {
        sqlx::query!(
            "update haggle.products set supplier_id = null where supplier_id = $1",
            supplier
        )
        .execute(&mut *transaction)
        .await?;
    }
    transaction.commit().await
}
