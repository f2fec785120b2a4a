//! The same rules as the reference model's, on PostgreSQL.

use std::sync::Arc;

use async_trait::async_trait;
use chat_testing::conformance::{self, LeaseTime, World};
use sqlx::PgPool;
use tokio::sync::Semaphore;

use crate::support::Fixture;

/// Ages heartbeats, jobs and secrets in the database, whose clock decides. Holds the database, so that it
/// lives as long as the world on it.
struct Heartbeats {
    pool: PgPool,
    _fixture: Fixture,
}

#[async_trait]
impl LeaseTime for Heartbeats {
    async fn pass(&self, seconds: i64) {
        let older =
            "update haggle.nodes set expires_at = expires_at - make_interval(secs => $1::bigint)";
        let aged = sqlx::query(older).bind(seconds).execute(&self.pool).await;
        aged.unwrap();
        let older = "
            update haggle.jobs j
            set
              due_at = due_at - passed.time,
              claimed_until = claimed_until - passed.time,
              dead_at = dead_at - passed.time
            from (select make_interval(secs => $1::bigint)) as passed (time)";
        let aged = sqlx::query(older).bind(seconds).execute(&self.pool).await;
        aged.unwrap();
        let older = "
            update haggle.webhook_endpoints
            set old_secret_until = old_secret_until - make_interval(secs => $1::bigint)";
        let aged = sqlx::query(older).bind(seconds).execute(&self.pool).await;
        aged.unwrap();
    }
}

/// An empty marketplace on a database of its own.
pub async fn world() -> World {
    let fixture = Fixture::new().await;
    let storage = fixture.storage.clone();
    let time = Heartbeats {
        pool: fixture.database.pool().await,
        _fixture: fixture,
    };
    World::new(&storage, Arc::new(time))
}

/// Worlds that are open at a time; each has a database of its own.
const WORLDS: usize = 4;

#[tokio::test]
async fn postgres_keeps_every_rule() {
    let places = Arc::new(Semaphore::new(WORLDS));
    let checks = conformance::all().into_iter().map(|(name, check)| {
        let places = places.clone();
        let tried = tokio::spawn(async move {
            let _place = places.acquire().await.unwrap();
            check(&world().await).await;
        });
        (name, tried)
    });
    let mut broken = Vec::new();
    for (name, tried) in checks.collect::<Vec<_>>() {
        if tried.await.is_err() {
            broken.push(name);
        }
    }
    assert!(broken.is_empty(), "broken: {broken:?}");
}
