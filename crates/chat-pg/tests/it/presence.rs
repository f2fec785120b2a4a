//! Nodes that let somebody go and take them up at the same moment.

use chat::{
    ids::{NodeId, UserId},
    storage::{Directory, Leases, UserRecord},
};
use sqlx::{query, query_scalar};
use test_support::Waiting;

use crate::support::Fixture;

#[tokio::test]
async fn whoever_comes_while_their_last_lease_is_ending_is_told_to_have_come() {
    let fixture = Fixture::new().await;
    let (storage, ann) = (fixture.storage.clone(), UserId::new("ann"));
    let user = UserRecord {
        id: ann.clone(),
        name: "Ann".to_owned(),
        email: String::new(),
        role: chat::person::Role::Buyer,
        is_active: true,
    };
    storage.put_user(&user).await.unwrap();
    let (old, new) = (NodeId::new("old"), NodeId::new("new"));
    let users = [ann.clone()];
    assert_eq!(storage.hold(&old, &users).await.unwrap(), users);

    // The old node has ended its lease, sees no other, and is about to commit.
    let sql = fixture.database.pool().await;
    let mut ending = sql.begin().await.unwrap();
    let delete = query("delete from haggle_leases where user_id = 'ann' and node_id = 'old'");
    delete.execute(&mut *ending).await.unwrap();

    let holding = tokio::spawn(async move { storage.hold(&new, &[ann]).await.unwrap() });
    let waiting = Waiting::for_("the new node waits, or is done");
    let blocked = "select count(*) from pg_stat_activity
        where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0";
    while !holding.is_finished() {
        let count: i64 = query_scalar(blocked).fetch_one(&sql).await.unwrap();
        if count > 0 {
            break;
        }
        waiting.a_moment().await;
    }
    ending.commit().await.unwrap();
    // Otherwise everybody hears that Ann left, and nobody that she is back.
    assert_eq!(holding.await.unwrap(), users);
}
