//! Changes of the directory, only where its tables are Haggle's own.

use std::collections::HashSet;

use async_trait::async_trait;
use chat::{
    ids::{ConversationId, ProductId, UserId},
    storage::{
        Delete, DirectoryEditor, ProductRecord, Put, Result as Stored, SupplierRecord, UserRecord,
    },
};

use crate::{
    PgWriter, departure::forget, error::constraint, orphans, pool::Pool,
    webhooks::announce::announce_updated,
};

#[async_trait]
impl DirectoryEditor for PgWriter {
    async fn put_user(&self, user: &UserRecord) -> Stored<Put> {
        if !self.storage.owned.users {
            return Ok(Put::HostOwned);
        }
        let created = sqlx::query_scalar!(
            r#"
            insert into haggle.users (id, name, email, role, is_active, company, time_zone)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (id) do update
            set name = excluded.name, email = excluded.email, role = excluded.role, is_active = excluded.is_active,
              company = excluded.company, time_zone = excluded.time_zone
            returning xmax = 0 as "created!"
            "#,
            user.id.as_str(),
            user.name,
            user.email,
            user.role.as_str(),
            user.is_active,
            user.company,
            user.time_zone
        )
        .fetch_one(&self.storage.pool);
        let created = self.storage.ask(created).await?;
        Ok(put(created))
    }

    async fn put_supplier(&self, supplier: &SupplierRecord) -> Stored<Put> {
        if !self.storage.owned.suppliers {
            return Ok(Put::HostOwned);
        }
        let storage = &self.storage;
        storage.ask(put_supplier(&storage.pool, supplier)).await
    }

    async fn put_product(&self, product: &ProductRecord) -> Stored<Put> {
        if !self.storage.owned.products {
            return Ok(Put::HostOwned);
        }
        self.change_many(put_product(self, product)).await
    }

    async fn delete_user(&self, id: &UserId) -> Stored<Delete> {
        if !self.storage.owned.users {
            return Ok(Delete::HostOwned);
        }
        self.change_many(delete_user(self, id)).await
    }

    async fn delete_supplier(&self, id: &str) -> Stored<Delete> {
        if !self.storage.owned.suppliers {
            return Ok(Delete::HostOwned);
        }
        let deleted = sqlx::query!("delete from haggle.suppliers where id = $1", id)
            .execute(&self.storage.pool);
        let deleted = self.storage.ask(deleted).await?;
        Ok(delete(deleted.rows_affected()))
    }

    async fn delete_product(&self, id: &ProductId) -> Stored<Delete> {
        if !self.storage.owned.products {
            return Ok(Delete::HostOwned);
        }
        self.change_many(delete_product(self, id)).await
    }

    async fn remove_orphans(&self) -> Stored<usize> {
        orphans::remove(self).await
    }
}

async fn put_supplier(db: &Pool, supplier: &SupplierRecord) -> Result<Put, sqlx::Error> {
    let created = sqlx::query_scalar!(
        r#"
        insert into haggle.suppliers (id, user_id, name, working_hours)
        select $1, $2::varchar, $3, $4
        where exists (select from haggle.directory_users where key = haggle.user_key($2::varchar))
        on conflict (id) do update
        set user_id = excluded.user_id, name = excluded.name, working_hours = excluded.working_hours
        returning xmax = 0 as "created!"
        "#,
        supplier.id,
        supplier.user_id.as_str(),
        supplier.name,
        supplier.working_hours
    )
    .fetch_optional(db)
    .await;
    match created {
        Ok(None) => Ok(Put::Unknown("userId")),
        Err(error) if constraint(&error) == Some("suppliers_user") => Ok(Put::Unknown("userId")),
        Err(error) if constraint(&error) == Some("suppliers_user_id") => Ok(Put::Taken("userId")),
        created => created.map(|created| put(created == Some(true))),
    }
}

async fn put_product(writer: &PgWriter, product: &ProductRecord) -> Result<Put, sqlx::Error> {
    let _turns = writer.queue.all_turns().await;
    let mut transaction = writer.storage.pool.begin().await?;
    let raised = sqlx::query_scalar!(
        r#"
        update haggle.conversations
        set rev = rev + 1, changed_at = clock_timestamp()
        where id in (
          select c.id
          from haggle.conversations c
          join haggle.products p on p.id = c.product_id
          where p.id = $1 and (p.name <> $2 or p.image <> $3)
          order by c.id
          for no key update of c
        )
        returning id
        "#,
        product.id.as_str(),
        product.name,
        product.image
    )
    .fetch_all(&mut *transaction)
    .await?;
    let created = sqlx::query_scalar!(
        r#"
        insert into haggle.products (id, name, image, supplier_id)
        select $1, $2, $3, $4::varchar
        where $4::varchar is null or exists (select from haggle.directory_suppliers where key = haggle.supplier_key($4::varchar))
        on conflict (id) do update
        set name = excluded.name, image = excluded.image, supplier_id = excluded.supplier_id
        returning xmax = 0 as "created!"
        "#,
        product.id.as_str(),
        product.name,
        product.image,
        product.supplier_id
    )
    .fetch_optional(&mut *transaction)
    .await;
    let created = match created {
        Ok(None) => return Ok(Put::Unknown("supplierId")),
        Err(error) if constraint(&error) == Some("products_supplier") => {
            return Ok(Put::Unknown("supplierId"));
        }
        created => created? == Some(true),
    };
    announce_updated(&mut transaction, &raised).await?;
    writer
        .queue
        .commit_and_announce(transaction, &writer.storage.pool, ids(raised))
        .await?;
    Ok(put(created))
}

async fn delete_user(writer: &PgWriter, user: &UserId) -> Result<Delete, sqlx::Error> {
    let _turns = writer.queue.all_turns().await;
    let mut transaction = writer.storage.pool.begin().await?;
    let departure = forget(&mut transaction, user).await?;
    let deleted = sqlx::query!("delete from haggle.users where id = $1", user.as_str())
        .execute(&mut *transaction)
        .await?;
    if deleted.rows_affected() == 0 {
        return Ok(Delete::NotFound);
    }
    departure.commit(transaction, writer).await?;
    Ok(Delete::Deleted)
}

async fn delete_product(writer: &PgWriter, product: &ProductId) -> Result<Delete, sqlx::Error> {
    let _turns = writer.queue.all_turns().await;
    let mut transaction = writer.storage.pool.begin().await?;
    let about = sqlx::query_scalar!(
        "select id from haggle.conversations where product_id = $1 order by id for no key update",
        product.as_str()
    )
    .fetch_all(&mut *transaction)
    .await?;
    let deleted = sqlx::query!(
        "delete from haggle.products where id = $1",
        product.as_str()
    )
    .execute(&mut *transaction)
    .await?;
    announce_updated(&mut transaction, &about).await?;
    writer
        .queue
        .commit_and_announce(transaction, &writer.storage.pool, ids(about))
        .await?;
    Ok(delete(deleted.rows_affected()))
}

fn put(created: bool) -> Put {
    if created { Put::Created } else { Put::Replaced }
}

fn ids(ids: Vec<String>) -> HashSet<ConversationId> {
    ids.into_iter().map(ConversationId::from).collect()
}

fn delete(rows: u64) -> Delete {
    if rows == 0 {
        Delete::NotFound
    } else {
        Delete::Deleted
    }
}
