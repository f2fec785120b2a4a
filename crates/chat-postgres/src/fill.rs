//! Filling an empty database with whole conversations, as the demo does.

use crate::{PgError, PgStorage, bulk, bulk::BulkConversation};

impl PgStorage {
    /// Inserts these conversations in one transaction, unless there is any conversation already.
    /// Returns whether it did.
    pub async fn fill(&self, conversations: &[BulkConversation]) -> Result<bool, PgError> {
        let mut transaction = self.pool.begin().await?;
        let any =
            sqlx::query_scalar!(r#"select exists (select from haggle.conversations) as "any!""#)
                .fetch_one(&mut *transaction)
                .await?;
        if any {
            return Ok(false);
        }
        bulk::insert(&mut transaction, conversations).await?;
        transaction.commit().await?;
        // A fresh table without statistics gets bad plans until the autovacuum comes by.
        sqlx::query("analyze haggle.conversations, haggle.message_rows")
            .execute(&self.pool)
            .await?;
        Ok(true)
    }
}
