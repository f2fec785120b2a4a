//! Looks at what has changed since the last one. One server at a time has one.

use chat::timestamp::Timestamp;
use sqlx::PgConnection;

pub(crate) struct Chore {
    /// Of its row.
    pub name: &'static str,
    /// Seconds before the last look that the next one looks at again: a send is younger than its
    /// transaction's end, and clocks differ.
    pub again_seconds: i64,
    /// What is older than this, when nobody looked for longer, is no news.
    pub oldest_seconds: i64,
}

pub(crate) struct Look {
    name: &'static str,
    /// Nothing older is looked at.
    pub since: Timestamp,
    done_at: Timestamp,
}

impl Chore {
    /// Until the transaction ends nobody else looks. `None`: somebody does.
    pub async fn look(
        &self,
        db: &mut PgConnection,
        now: Timestamp,
    ) -> Result<Option<Look>, sqlx::Error> {
        let last = sqlx::query_scalar!(
            r#"
            select case when isfinite(done_at) then done_at end as "last?"
            from haggle.chores
            where name = $1
            for update skip locked
            "#,
            self.name
        )
        .fetch_optional(db)
        .await?;
        Ok(last.map(|last| {
            // The first look counts as one of later, so that none looks at what was before it.
            let first = (now, now.plus_seconds(self.again_seconds));
            let (since, done_at) = last.map_or(first, |last| {
                let again = Timestamp::from(last).plus_seconds(-self.again_seconds);
                (again.max(now.plus_seconds(-self.oldest_seconds)), now)
            });
            Look {
                name: self.name,
                since,
                done_at,
            }
        }))
    }
}

impl Look {
    /// In the same transaction.
    pub async fn end(self, db: &mut PgConnection) -> Result<(), sqlx::Error> {
        sqlx::query!(
            "update haggle.chores set done_at = greatest(done_at, $2) where name = $1",
            self.name,
            self.done_at.date_time()
        )
        .execute(db)
        .await?;
        Ok(())
    }
}
