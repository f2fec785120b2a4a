//! `PgBouncer`: in transaction mode whoever asks next may get another session, in session mode there may be
//! none.

use test_support::{PgBouncer, PrivateCluster};

use super::{checked, everybody_is_answered, haggle, said};
use crate::{crowd::Crowd, market::Market};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_pgbouncer_in_transaction_mode_everything_works() {
    let cluster = PrivateCluster::start();
    // Fewer sessions than either server may use, so that they change hands all the time.
    let mut bouncer = PgBouncer::before(&cluster, 3);
    let migrated = haggle("migrate", &bouncer.url(), &[]);
    assert!(migrated.status.success(), "{}", said(&migrated));
    let line = checked(&haggle("check", &bouncer.url(), &[]));
    assert!(
        !line.contains("FAILED") && line.contains("PgBouncer"),
        "{line}"
    );

    let market = Market::at(&bouncer.url(), &[]).await;
    let crowd = Crowd::gather(&market).await;
    crowd.has_sent(100).await;
    crowd.end().await;
    // Somebody else's statements are in the same sessions.
    let other = Market::at(&bouncer.url(), &[]).await;
    let conversation = market.steel().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let there = other.people(["anna", "sofia"]);
    for round in 0..10 {
        let what = format!("round {round}");
        tokio::join!(
            everybody_is_answered([&anna, &sofia], &conversation, &what),
            everybody_is_answered([&there[0], &there[1]], &conversation, &what),
        );
    }
    bouncer.restart();
    everybody_is_answered([&anna, &sofia], &conversation, "a new PgBouncer").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_pooler_with_fewer_connections_than_the_setting_they_go_round() {
    let cluster = PrivateCluster::start();
    let bouncer = PgBouncer::by_session(&cluster, 4);
    let migrated = haggle("migrate", &bouncer.url(), &[]);
    assert!(migrated.status.success(), "{}", said(&migrated));
    let market = Market::at(&bouncer.url(), &[]).await;
    let conversation = market.steel().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    for round in 0..5 {
        let what = format!("round {round}");
        everybody_is_answered([&anna, &sofia], &conversation, &what).await;
    }
}
