//! Saved replies.

use async_trait::async_trait;
use chat::{
    ids::{ReplyId, UserId},
    limits::REPLIES,
    reply::{Owner, Reply},
    storage::{NewReply, PutReply, Replies, Result as Stored},
};
use sqlx::PgConnection;

use crate::{PgStorage, error::constraint, pool::Pool, turns::one_at_a_time};

#[async_trait]
impl Replies for PgStorage {
    async fn company(&self, user: &UserId) -> Stored<Option<String>> {
        self.ask(company(&self.pool, user)).await
    }

    async fn list(&self, owners: &[Owner]) -> Stored<Vec<Reply>> {
        self.ask(list(&self.pool, owners)).await
    }

    async fn add(&self, new: NewReply) -> Stored<PutReply> {
        self.ask(put(&self.pool, None, new)).await
    }

    async fn replace(&self, owners: &[Owner], new: NewReply) -> Stored<PutReply> {
        self.ask(put(&self.pool, Some(owners), new)).await
    }

    async fn remove(&self, owners: &[Owner], id: &ReplyId) -> Stored<bool> {
        let (people, companies) = columns(owners);
        let done = sqlx::query!(
            "delete from haggle.replies where id = $1 and (owner_id = any($2) or company = any($3))",
            id.as_str(),
            &people,
            &companies
        )
        .execute(&self.pool);
        Ok(self.ask(done).await?.rows_affected() == 1)
    }
}

fn columns(owners: &[Owner]) -> (Vec<String>, Vec<String>) {
    let (mut people, mut companies) = (Vec::new(), Vec::new());
    for owner in owners {
        match owner {
            Owner::Person(user) => people.push(user.to_string()),
            Owner::Company(name) => companies.push(name.clone()),
        }
    }
    (people, companies)
}

async fn company(db: &Pool, user: &UserId) -> Result<Option<String>, sqlx::Error> {
    let found = sqlx::query_scalar!(
        r#"
        select coalesce(
          (
            select nullif(btrim(s.name), '')
            from haggle.directory_suppliers s
            where s.user_key = u.key
            order by s.id
            limit 1
          ),
          u.company
        )
        from haggle.directory_users u
        where u.key = haggle.user_key($1)
        "#,
        user.as_str()
    )
    .fetch_optional(db)
    .await?;
    Ok(found.flatten())
}

struct Row {
    id: String,
    owner_id: Option<String>,
    company: Option<String>,
    name: String,
    text: String,
}

impl From<Row> for Reply {
    fn from(row: Row) -> Self {
        let of_company = || Owner::Company(row.company.clone().unwrap_or_default());
        let owner = row.owner_id.map(UserId::new);
        Self {
            owner: owner.map_or_else(of_company, Owner::Person),
            id: ReplyId::new(row.id),
            name: row.name,
            text: row.text,
        }
    }
}

async fn list(db: &Pool, owners: &[Owner]) -> Result<Vec<Reply>, sqlx::Error> {
    let (people, companies) = columns(owners);
    let rows = sqlx::query_as!(
        Row,
        r#"
        select id, owner_id, company, name, text
        from haggle.replies
        where owner_id = any($1) or company = any($2)
        order by name_key collate "C", id
        "#,
        &people,
        &companies
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Reply::from).collect())
}

/// A new one, or one of these owners anew.
async fn put(db: &Pool, was: Option<&[Owner]>, new: NewReply) -> Result<PutReply, sqlx::Error> {
    let mut transaction = db.begin().await?;
    one_at_a_time(&mut transaction, "replies", new.owner.as_str()).await?;
    if let Some(owners) = was {
        let (people, companies) = columns(owners);
        let taken = sqlx::query!(
            "delete from haggle.replies where id = $1 and (owner_id = any($2) or company = any($3))",
            new.id.as_str(),
            &people,
            &companies
        )
        .execute(&mut *transaction)
        .await?;
        if taken.rows_affected() == 0 {
            return Ok(PutReply::NoSuchReply);
        }
    }
    let (owner, company) = match &new.owner {
        Owner::Person(user) => (Some(user.as_str()), None),
        Owner::Company(name) => (None, Some(name.as_str())),
    };
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from haggle.replies where owner_id = $1 or company = $2"#,
        owner,
        company
    )
    .fetch_one(&mut *transaction)
    .await?;
    match insert(&mut transaction, &new, owner, company).await {
        Err(error)
            if matches!(
                constraint(&error),
                Some("replies_of_person" | "replies_of_company")
            ) =>
        {
            return Ok(PutReply::Taken);
        }
        done => done?,
    }
    if count >= REPLIES {
        return Ok(PutReply::TooMany);
    }
    transaction.commit().await?;
    Ok(PutReply::Kept(Reply {
        id: new.id,
        name: new.name,
        text: new.text,
        owner: new.owner,
    }))
}

async fn insert(
    db: &mut PgConnection,
    new: &NewReply,
    owner: Option<&str>,
    company: Option<&str>,
) -> Result<(), sqlx::Error> {
    // Whoever has never talked with anybody is not known here yet.
    sqlx::query!(
        r#"
        with known as (
          insert into haggle.participants (user_id)
          select $2::varchar
          where $2::varchar is not null
          on conflict do nothing
        )
        insert into haggle.replies (id, owner_id, company, name, name_key, text)
        values ($1, $2, $3, $4, $5, $6)
        "#,
        new.id.as_str(),
        owner,
        company,
        new.name,
        new.name_key,
        new.text
    )
    .execute(db)
    .await?;
    Ok(())
}
