//! Nodes that let somebody go and take them up at the same moment.

use chat::{
    ids::{NodeId, UserId},
    storage::{DirectoryEditor, Leases, UserRecord},
};
use chat_postgres::PgWriter;
use sqlx::{PgPool, query, query_scalar};
use test_support::Waiting;
use tokio::task::JoinHandle;

use crate::support::Fixture;

async fn put(writer: &PgWriter, id: &UserId) {
    let user = UserRecord {
        id: id.clone(),
        name: "Ann".to_owned(),
        company: None,
        email: String::new(),
        role: chat::person::Role::Buyer,
        is_active: true,
        time_zone: None,
    };
    writer.put_user(&user).await.unwrap();
}

/// Or is done.
async fn until_it_waits<T>(sql: &PgPool, task: &JoinHandle<T>) {
    let waiting = Waiting::for_("a statement waits, or is done");
    let blocked = "select count(*) from pg_stat_activity
        where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0";
    while !task.is_finished() {
        let count: i64 = query_scalar(blocked).fetch_one(sql).await.unwrap();
        if count > 0 {
            break;
        }
        waiting.a_moment().await;
    }
}

#[tokio::test]
async fn whoever_comes_while_their_last_lease_is_ending_is_told_to_have_come() {
    let fixture = Fixture::new().await;
    let (storage, ann) = (fixture.storage.clone(), UserId::new("ann"));
    put(&fixture.writer, &ann).await;
    let (old, new) = (NodeId::new("old"), NodeId::new("new"));
    let users = [ann.clone()];
    assert_eq!(storage.hold(&old, &users).await.unwrap(), users);

    // The old node has ended its lease, sees no other, and is about to commit.
    let sql = fixture.database.pool().await;
    let mut ending = sql.begin().await.unwrap();
    let delete = query("delete from haggle.leases where user_id = 'ann' and node_id = 'old'");
    delete.execute(&mut *ending).await.unwrap();

    let holding = tokio::spawn(async move { storage.hold(&new, &[ann]).await.unwrap() });
    until_it_waits(&sql, &holding).await;
    ending.commit().await.unwrap();
    // Otherwise everybody hears that Ann left, and nobody that she is back.
    assert_eq!(holding.await.unwrap(), users);
}

#[tokio::test]
async fn a_node_that_is_back_keeps_the_leases_of_which_somebody_saw_that_they_had_ended() {
    let fixture = Fixture::new().await;
    let (storage, ann) = (fixture.storage.clone(), UserId::new("ann"));
    put(&fixture.writer, &ann).await;
    let (node, users) = (NodeId::new("node"), [ann]);
    storage.hold(&node, &users).await.unwrap();
    let sql = fixture.database.pool().await;
    let silent = query("update haggle.nodes set expires_at = clock_timestamp()");
    silent.execute(&sql).await.unwrap();

    // Somebody has seen it, and waits for a send to Ann before it ends her lease.
    let mut sending = sql.begin().await.unwrap();
    let lock = query("select pg_advisory_xact_lock_shared($1, hashtext('ann'))");
    let lock = lock.bind(0x4861_6767);
    lock.execute(&mut *sending).await.unwrap();
    let other = storage.clone();
    let expiring = tokio::spawn(async move { other.expire().await.unwrap() });
    until_it_waits(&sql, &expiring).await;
    assert!(!expiring.is_finished());

    assert_eq!(storage.hold(&node, &users).await.unwrap(), users);
    sending.rollback().await.unwrap();
    assert_eq!(expiring.await.unwrap(), []);
    assert!(storage.statuses(&users).await.unwrap()[0].is_online);
}
