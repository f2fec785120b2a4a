//! People, suppliers and products, read through views of the host's tables.

mod editor;

use async_trait::async_trait;
use chat::{
    ids::{ProductId, UserId},
    person::{Person, Product, Role},
    storage::{Directory, Result},
};

use crate::{
    PgStorage,
    pool::Pool,
    read::people::{PersonRow, people},
};

#[async_trait]
impl Directory for PgStorage {
    async fn person(&self, id: &UserId) -> Result<Option<Person>> {
        self.batched.person(id).await
    }

    async fn supplier_user(&self, supplier_or_user: &str) -> Result<Option<Person>> {
        self.ask(supplier_user(&self.pool, supplier_or_user)).await
    }

    async fn product(&self, id: &ProductId) -> Result<Option<Product>> {
        let row = sqlx::query!(
            r#"select id as "id!", name as "name!", image as "image!" from haggle.directory_products where key = haggle.product_key($1)"#,
            id.as_str()
        )
        .fetch_optional(&self.pool);
        let row = self.ask(row).await?;
        Ok(row.map(|row| Product {
            id: ProductId::new(row.id),
            name: row.name,
            image: row.image,
        }))
    }

    async fn changed(&self, known: &[(UserId, Role)]) -> Result<Vec<(UserId, Option<Person>)>> {
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
            left join haggle.people p on p.key = haggle.user_key(known.id)
            where p.id is null or p.role is distinct from known.role or not p.is_active
            "#,
            &ids,
            &roles
        )
        .fetch_all(&self.pool);
        let rows = self.ask(rows).await?;
        let answer =
            |id: String, name: Option<String>, role: Option<String>, active: Option<bool>| {
                let row = name
                    .zip(role)
                    .zip(active)
                    .map(|((name, role), is_active)| PersonRow {
                        id: id.clone(),
                        name,
                        role,
                        is_active,
                    });
                (UserId::new(id), row.and_then(PersonRow::person))
            };
        let rows = rows.into_iter();
        Ok(rows
            .map(|row| answer(row.known_id, row.name, row.role, row.is_active))
            .collect())
    }
}

/// A supplier's own id wins over a user's.
async fn supplier_user(db: &Pool, id: &str) -> std::result::Result<Option<Person>, sqlx::Error> {
    let user = sqlx::query_scalar!(
        r#"select user_id as "user_id!" from haggle.directory_suppliers where key = haggle.supplier_key($1) and user_id is not null"#,
        id
    )
    .fetch_optional(db)
    .await?;
    let found = people(db, &[user.unwrap_or_else(|| id.to_owned())]).await?;
    Ok(found.into_iter().next())
}
