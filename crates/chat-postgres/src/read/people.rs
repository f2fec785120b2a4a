//! People as the directory has them.

use chat::{
    ids::UserId,
    person::{Person, Role},
};

use crate::pool::Pool;

pub(crate) struct PersonRow {
    pub id: String,
    pub name: String,
    pub role: String,
    pub is_active: bool,
}

impl PersonRow {
    /// A role that Haggle does not know is nobody here.
    pub fn person(self) -> Option<Person> {
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
        PersonRow,
        r#"
        select id as "id!", name as "name!", role as "role!", is_active as "is_active!"
        from haggle.people
        where key = any (array(select haggle.user_key(id) from unnest($1::varchar[]) id)) and role is not null
        "#,
        ids
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(PersonRow::person).collect())
}
