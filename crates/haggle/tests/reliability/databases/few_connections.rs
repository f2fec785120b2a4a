//! The database has no more room for connections.

use sqlx::{Connection, PgConnection, query_scalar};
use test_support::eventually;

use super::{Shop, checked, everybody_is_answered, haggle, said};
use crate::{market::Market, talk::Talk};

impl Shop {
    /// The role may have so many connections.
    async fn limit(&self, connections: u32) {
        let role = &self.role;
        self.admin(&format!("alter role {role} connection limit {connections}"))
            .await;
    }

    /// Somebody else's connections, so many that no more are free.
    async fn hogs(&self, count: usize) -> Vec<PgConnection> {
        let mut hogs = Vec::new();
        while hogs.len() < count {
            if let Ok(hog) = PgConnection::connect(&self.url()).await {
                hogs.push(hog);
            }
        }
        hogs
    }
}

#[tokio::test]
async fn the_number_in_the_settings_is_all_that_is_opened() {
    let shop = Shop::open().await;
    let connections = |count: &'static str| [("HAGGLE_DATABASE_CONNECTIONS", count)];
    for (count, limit) in [("4", 4), ("2", 2), ("1", 1)] {
        shop.limit(limit).await;
        let mut market = Market::at(&shop.url(), &connections(count)).await;
        let conversation = market.steel().await;
        let [anna, sofia] = market.people(["anna", "sofia"]);
        for round in 0..10 {
            let what = format!("{count} connections, round {round}");
            everybody_is_answered([&anna, &sofia], &conversation, &what).await;
        }
        let db = shop.database.pool().await;
        let open = "select count(*) from pg_stat_activity where usename = $1";
        let open = query_scalar::<_, i64>(open).bind(&shop.role);
        let open = open.fetch_one(&db).await.expect("a count");
        db.close().await;
        assert!(open <= i64::from(limit), "{open} of {limit}");
        assert!(market.server.sigterm_and_wait().await.success());
        let output = market.server.output();
        assert!(!output.contains("too many connections"), "{output}");
    }
}

#[tokio::test]
async fn without_a_free_connection_requests_wait_and_are_answered_as_slots_come() {
    let shop = Shop::open().await;
    shop.limit(3).await;
    let settings = [("HAGGLE_DATABASE_CONNECTIONS", "10")];
    let market = Market::at(&shop.url(), &settings).await;
    let conversation = market.steel().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);

    // Fewer are free than the settings say: what there is goes round.
    shop.cut().await;
    let mut hogs = shop.hogs(2).await;
    for round in 0..5 {
        let what = format!("one connection, round {round}");
        everybody_is_answered([&anna, &sofia], &conversation, &what).await;
    }
    anna.get("/readyz").await.expect(200);

    // None is free: everybody waits, until one is.
    shop.limit(2).await;
    shop.cut().await;
    drop(hogs);
    hogs = shop.hogs(2).await;
    let check = haggle("check", &shop.url(), &[]);
    let line = checked(&check);
    assert!(
        line.contains("FAILED") && line.contains("connections"),
        "{line}"
    );
    assert_eq!(check.status.code(), Some(1), "{}", said(&check));
    let unready = async || anna.get("/readyz").await.status == 503;
    eventually("the server says that it is not ready", unready).await;
    let asked = async {
        everybody_is_answered([&anna, &sofia], &conversation, "none is free").await;
    };
    let freed = async {
        // By then all of them wait.
        eventually("the server is still not ready", unready).await;
        drop(hogs);
    };
    tokio::join!(asked, freed);
    eventually("the server is ready", async || {
        anna.get("/readyz").await.status == 200
    })
    .await;
    assert_eq!(anna.history(&conversation).await.len(), 12);
}
