//! Addresses of people, and whether mail arrives there.

use async_trait::async_trait;
use chat::{
    ids::UserId,
    limits::BOUNCES,
    storage::{MailState, Mailboxes, Result, Unreachable},
    timestamp::Timestamp,
};

use crate::PgStorage;

/// Of addresses that are named.
const NAMED: i64 = 50;

#[async_trait]
impl Mailboxes for PgStorage {
    async fn address(&self, user: &UserId) -> Result<Option<String>> {
        let row = sqlx::query_scalar!(
            r#"select email as "email?" from haggle.directory_users where key = haggle.user_key($1)"#,
            user.as_str()
        )
        .fetch_optional(&self.pool);
        let address = self.ask(row).await?.flatten();
        let address = address.map(|address| address.trim().to_owned());
        Ok(address.filter(|address| !address.is_empty()))
    }

    async fn bounced(&self, address: &str, reason: &str, now: Timestamp) -> Result<i64> {
        let failures = sqlx::query_scalar!(
            r#"
            insert into haggle.bounces as b (address, failures, reason, failed_at)
            values (lower(btrim($1)), 1, $2, $3)
            on conflict (address)
            do update set
              failures = b.failures + 1,
              reason = excluded.reason,
              failed_at = excluded.failed_at
            returning failures
            "#,
            address,
            reason,
            now.date_time()
        )
        .fetch_one(&self.pool);
        Ok(self.ask(failures).await?.into())
    }

    async fn reached(&self, address: &str) -> Result<()> {
        let done = sqlx::query!(
            "delete from haggle.bounces where address = lower(btrim($1))",
            address
        )
        .execute(&self.pool);
        self.ask(done).await?;
        Ok(())
    }

    async fn mail_state(&self, now: Timestamp) -> Result<MailState> {
        let counts = sqlx::query!(
            r#"
            select
              (select count(*) from haggle.mail_recipients where due_at is not null) as "waiting!",
              (select min(due_at) from haggle.mail_recipients where due_at <= $1) as overdue_since,
              (select count(*) from haggle.bounces where failures >= $2) as "stopped!"
            "#,
            now.date_time(),
            i32::try_from(BOUNCES).unwrap_or(i32::MAX)
        )
        .fetch_one(&self.pool);
        let counts = self.ask(counts).await?;
        let rows = sqlx::query!(
            r#"
            select address, failures, reason, failed_at
            from haggle.bounces
            order by failed_at desc, address
            limit $1
            "#,
            NAMED
        )
        .fetch_all(&self.pool);
        let rows = self.ask(rows).await?.into_iter();
        Ok(MailState {
            waiting: counts.waiting,
            overdue_since: counts.overdue_since.map(Into::into),
            stopped: counts.stopped,
            unreachable: rows
                .map(|row| Unreachable {
                    address: row.address,
                    failures: row.failures.into(),
                    reason: row.reason,
                    failed_at: row.failed_at.into(),
                })
                .collect(),
        })
    }
}
