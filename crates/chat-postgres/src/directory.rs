//! People, suppliers and products: read through views of the host's tables, written
//! only where the tables are Haggle's own.

use std::{collections::HashSet, sync::Arc};

use chat::{
    bus::Bus,
    event::{Event, EventKind},
    ids::{ConversationId, ProductId, UserId},
    person::{Person, Product, Role},
    storage::{Delete, ProductRecord, Put, SupplierRecord, UserRecord},
};

use crate::{
    error::constraint,
    pool::Pool,
    write::{announce::commit_and_announce, queue::Lanes},
};

struct Row {
    id: String,
    name: String,
    role: String,
    is_active: bool,
}

impl Row {
    /// A role that Haggle does not know is nobody here.
    fn person(self) -> Option<Person> {
        Some(Person {
            id: UserId::new(self.id),
            name: self.name,
            role: Role::parse(&self.role)?,
            is_active: self.is_active,
        })
    }
}

/// Those of these users who are somebody here, in no order.
pub(crate) async fn people(db: &Pool, ids: &[String]) -> Result<Vec<Person>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select id as "id!", name as "name!", role as "role!", is_active as "is_active!"
        from haggle.people
        where id = any($1)
        "#,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(Row::person).collect())
}

/// A supplier's own id wins over a user's.
pub(crate) async fn supplier_user(db: &Pool, id: &str) -> Result<Option<Person>, sqlx::Error> {
    let user = sqlx::query_scalar!(
        r#"select user_id as "user_id!" from haggle.directory_suppliers where id = $1"#,
        id
    )
    .fetch_optional(db)
    .await?;
    let found = people(db, &[user.unwrap_or_else(|| id.to_owned())]).await?;
    Ok(found.into_iter().next())
}

pub(crate) async fn product(db: &Pool, id: &str) -> Result<Option<Product>, sqlx::Error> {
    let row = sqlx::query!(
        r#"select id as "id!", name as "name!", image as "image!" from haggle.directory_products where id = $1"#,
        id
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Product {
        id: ProductId::new(row.id),
        name: row.name,
        image: row.image,
    }))
}

pub(crate) async fn changed(
    db: &Pool,
    known: &[(UserId, Role)],
) -> Result<Vec<(UserId, Option<Person>)>, sqlx::Error> {
    let ids: Vec<String> = known.iter().map(|(id, _)| id.to_string()).collect();
    let roles: Vec<String> = known
        .iter()
        .map(|(_, role)| role.as_str().to_owned())
        .collect();
    let rows = sqlx::query!(
        r#"
        select
          known.id as "known_id!",
          p.name as "name?",
          p.role as "role?",
          p.is_active as "is_active?"
        from unnest($1::varchar[], $2::varchar[]) as known (id, role)
        left join haggle.people p on p.id = known.id
        where p.id is null or p.role <> known.role or not p.is_active
        "#,
        &ids,
        &roles
    )
    .fetch_all(db)
    .await?;
    let answer = |id: String, name: Option<String>, role: Option<String>, active: Option<bool>| {
        let row = name
            .zip(role)
            .zip(active)
            .map(|((name, role), is_active)| Row {
                id: id.clone(),
                name,
                role,
                is_active,
            });
        (UserId::new(id), row.and_then(Row::person))
    };
    let rows = rows.into_iter();
    Ok(rows
        .map(|row| answer(row.known_id, row.name, row.role, row.is_active))
        .collect())
}

fn put(created: bool) -> Put {
    if created { Put::Created } else { Put::Replaced }
}

pub(crate) async fn put_user(db: &Pool, user: &UserRecord) -> Result<Put, sqlx::Error> {
    let created = sqlx::query_scalar!(
        r#"
        insert into haggle.users (id, name, email, role, is_active)
        values ($1, $2, $3, $4, $5)
        on conflict (id) do update
        set name = excluded.name, email = excluded.email, role = excluded.role, is_active = excluded.is_active
        returning xmax = 0 as "created!"
        "#,
        user.id.as_str(),
        user.name,
        user.email,
        user.role.as_str(),
        user.is_active
    )
    .fetch_one(db)
    .await?;
    Ok(put(created))
}

pub(crate) async fn put_supplier(db: &Pool, supplier: &SupplierRecord) -> Result<Put, sqlx::Error> {
    let created = sqlx::query_scalar!(
        r#"
        insert into haggle.suppliers (id, user_id, name)
        select $1, $2::varchar, $3
        where exists (select from haggle.directory_users where id = $2::varchar)
        on conflict (id) do update set user_id = excluded.user_id, name = excluded.name
        returning xmax = 0 as "created!"
        "#,
        supplier.id,
        supplier.user_id.as_str(),
        supplier.name
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

pub(crate) async fn put_product(
    db: &Pool,
    lanes: &Lanes,
    product: &ProductRecord,
    bus: &Arc<dyn Bus>,
) -> Result<Put, sqlx::Error> {
    let _turns = lanes.all_turns().await;
    let mut transaction = db.begin().await?;
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
        where $4::varchar is null or exists (select from haggle.directory_suppliers where id = $4::varchar)
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
    commit_and_announce(transaction, db, lanes, ids(raised), bus).await?;
    Ok(put(created))
}

fn ids(ids: Vec<String>) -> HashSet<ConversationId> {
    ids.into_iter().map(ConversationId::from).collect()
}

pub(crate) async fn delete_user(
    db: &Pool,
    lanes: &Lanes,
    user: &UserId,
    bus: &Arc<dyn Bus>,
) -> Result<Delete, sqlx::Error> {
    let _turns = lanes.all_turns().await;
    let mut transaction = db.begin().await?;
    let touched = sqlx::query!(
        r#"
        select id, buyer_id, supplier_id, admin_id
        from haggle.conversations
        where buyer_id = $1 or supplier_id = $1 or admin_id = $1
        order by id
        for update
        "#,
        user.as_str()
    )
    .fetch_all(&mut *transaction)
    .await?;
    sqlx::query!(
        r#"
        insert into haggle.audit (id, at, actor_id, action, conversation_id, detail)
        select
          haggle.uuidv7(), clock_timestamp(), admin_id, 'left', id,
          jsonb_build_object('because', 'deleted', 'lastSeq', last_seq)
        from haggle.conversations
        where admin_id = $1
        "#,
        user.as_str()
    )
    .execute(&mut *transaction)
    .await?;
    let deleted = sqlx::query!("delete from haggle.users where id = $1", user.as_str())
        .execute(&mut *transaction)
        .await?;
    if deleted.rows_affected() == 0 {
        return Ok(Delete::NotFound);
    }
    sqlx::query!(
        r#"
        with forgotten as (
          delete from haggle.presence where user_id = $1
        )
        delete from haggle.leases where user_id = $1
        "#,
        user.as_str()
    )
    .execute(&mut *transaction)
    .await?;

    let is = |seat: &Option<String>| seat.as_deref() == Some(user.as_str());
    let (emptied, gone): (Vec<_>, Vec<_>) = touched.into_iter().partition(|row| is(&row.admin_id));
    let emptied = ids(emptied.into_iter().map(|row| row.id).collect());
    let committed = commit_and_announce(transaction, db, lanes, emptied, bus).await;
    // Also when nobody knows how the commit ended: who looks again without need loses nothing.
    for row in gone {
        let seats = [Some(row.buyer_id), row.supplier_id, row.admin_id];
        let others = seats
            .into_iter()
            .flatten()
            .filter(|seat| seat != user.as_str());
        bus.publish(Event {
            audience: others.map(UserId::new).collect(),
            kind: EventKind::Reset {
                conversation: Some(ConversationId::new(row.id)),
            },
        });
    }
    committed?;
    Ok(Delete::Deleted)
}

pub(crate) async fn delete_supplier(db: &Pool, id: &str) -> Result<Delete, sqlx::Error> {
    let deleted = sqlx::query!("delete from haggle.suppliers where id = $1", id)
        .execute(db)
        .await?;
    Ok(delete(deleted.rows_affected()))
}

pub(crate) async fn delete_product(
    db: &Pool,
    lanes: &Lanes,
    product: &ProductId,
    bus: &Arc<dyn Bus>,
) -> Result<Delete, sqlx::Error> {
    let _turns = lanes.all_turns().await;
    let mut transaction = db.begin().await?;
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
    commit_and_announce(transaction, db, lanes, ids(about), bus).await?;
    Ok(delete(deleted.rows_affected()))
}

fn delete(rows: u64) -> Delete {
    if rows == 0 {
        Delete::NotFound
    } else {
        Delete::Deleted
    }
}
