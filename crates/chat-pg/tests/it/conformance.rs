//! The same rules as the reference model's, on PostgreSQL.

use std::sync::Arc;

use async_trait::async_trait;
use chat::conformance::{self, LeaseTime, World};
use tokio::sync::Semaphore;

use crate::support::Fixture;

/// Ages heartbeats in the database, whose clock decides.
struct Heartbeats(sqlx::PgPool);

#[async_trait]
impl LeaseTime for Heartbeats {
    async fn pass(&self, seconds: i64) {
        let older =
            "update haggle_nodes set expires_at = expires_at - make_interval(secs => $1::bigint)";
        sqlx::query(older)
            .bind(seconds)
            .execute(&self.0)
            .await
            .unwrap();
    }
}

pub async fn world(fixture: &Fixture) -> World {
    let storage = fixture.storage.clone();
    let time = Arc::new(Heartbeats(fixture.database.pool().await));
    World::new(storage.clone(), storage.clone(), storage, time)
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
            let fixture = Fixture::new().await;
            check(&world(&fixture).await).await;
            fixture.storage.close().await;
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
