//! Conversations, and their lists.

mod counted;
mod listed;
mod words;

use std::time::Duration;

use async_trait::async_trait;
use chat::{
    conversation::Conversation,
    ids::{ConversationId, UserId},
    storage::{Conversations, ListCounts, ListPage, ListQuery, Result as Stored},
};

use crate::{PgStorage, pool::Pool, read::conversations};

#[async_trait]
impl Conversations for PgStorage {
    async fn get(&self, id: &ConversationId) -> Stored<Option<Conversation>> {
        self.ask(conversations::load_one(&self.pool, id.as_str()))
            .await
    }

    async fn list(&self, query: &ListQuery) -> Stored<ListPage> {
        self.ask(listed::page(&self.pool, query)).await
    }

    async fn counts(&self, query: &ListQuery) -> Stored<ListCounts> {
        self.ask(counted::counts(&self.pool, query)).await
    }

    async fn changed_within(&self, users: &[UserId], time: Duration) -> Stored<Vec<Conversation>> {
        self.ask(changed_within(&self.pool, users, time)).await
    }
}

/// What changed of these users' conversations in so many seconds before now.
async fn changed_within(
    db: &Pool,
    users: &[UserId],
    time: Duration,
) -> Result<Vec<Conversation>, sqlx::Error> {
    let users: Vec<String> = users.iter().map(ToString::to_string).collect();
    let ids = sqlx::query_scalar!(
        r#"
        select id as "id!"
        from haggle.conversations
        where (buyer_id = any($1) or supplier_id = any($1) or admin_id = any($1))
          and changed_at > clock_timestamp() - make_interval(secs => $2)
        "#,
        &users,
        time.as_secs_f64()
    )
    .fetch_all(db)
    .await?;
    conversations::load(db, &ids).await
}
