//! The host's own columns of who is online.

use chat::{
    ids::{NodeId, UserId},
    storage::Leases,
};
use chat_postgres::{Mapping, PgStorage, migrate};

use crate::host::Host;

const TABLES: &str = "
    create table public.users (
      id integer primary key, name text, role text, is_active boolean,
      is_online boolean default false, seen timestamp, seen_zoned timestamptz
    );
    insert into public.users values (1, 'Ann', 'buyer', true), (2, 'Bob', 'buyer', true);
    grant usage on schema public to haggler, shop;
    grant select on public.users to haggler;
    grant update (is_online, seen) on public.users to haggler;";

async fn open(online: &str) -> (Host, std::sync::Arc<PgStorage>, sqlx::PgPool) {
    let host = Host::open(TABLES).await;
    migrate(&host.options(), &mapping(online)).await.unwrap();
    let storage = PgStorage::connect(&host.options()).await.unwrap();
    let sql = host.database.pool().await;
    (host, storage, sql)
}

fn mapping(online: &str) -> Mapping {
    let mut mapping = Mapping::default();
    mapping.set("HAGGLE_USERS_ONLINE", online).unwrap();
    mapping
}

async fn online(sql: &sqlx::PgPool) -> String {
    let online = "select coalesce(string_agg(id::text, ' ' order by id), '') from public.users where is_online";
    sqlx::query_scalar(online).fetch_one(sql).await.unwrap()
}

async fn run(sql: &sqlx::PgPool, statement: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))
        .execute(sql)
        .await
        .unwrap();
}

#[tokio::test]
async fn who_comes_and_goes_is_written_into_the_hosts_columns() {
    let (_host, storage, sql) = open("is_online, seen").await;
    let (node, ann) = (NodeId::new("n-1"), [UserId::new("1")]);
    storage.hold(&node, &ann).await.unwrap();
    assert_eq!(storage.mirror(Some(&ann)).await.unwrap(), 1);
    assert_eq!(online(&sql).await, "1");
    assert_eq!(
        storage.mirror(Some(&ann)).await.unwrap(),
        0,
        "it is written once"
    );
    storage.release(&node, &ann).await.unwrap();
    assert_eq!(storage.mirror(Some(&ann)).await.unwrap(), 1);
    assert_eq!(online(&sql).await, "");
    let seen = "select u.seen = (p.last_seen at time zone 'UTC') from public.users u, haggle.presence p where u.id = 1";
    let seen: bool = sqlx::query_scalar(seen).fetch_one(&sql).await.unwrap();
    assert!(seen, "the time of the departure, in UTC");
}

#[tokio::test]
async fn a_column_with_a_zone_and_the_flag_alone_are_kept_too() {
    let host = Host::open(&format!(
        "{TABLES} grant update (seen_zoned) on public.users to haggler"
    ))
    .await;
    let sql = host.database.pool().await;
    for columns in ["is_online, seen_zoned", "is_online"] {
        migrate(&host.options(), &mapping(columns)).await.unwrap();
        let storage = PgStorage::connect(&host.options()).await.unwrap();
        let (node, bob) = (NodeId::new("n-1"), [UserId::new("2")]);
        storage.hold(&node, &bob).await.unwrap();
        storage.mirror(Some(&bob)).await.unwrap();
        assert_eq!(online(&sql).await, "2", "{columns}");
        storage.release(&node, &bob).await.unwrap();
        storage.mirror(Some(&bob)).await.unwrap();
        assert_eq!(online(&sql).await, "", "{columns}");
        storage.close().await;
    }
}

#[tokio::test]
async fn the_people_of_a_server_that_died_go_offline_there_too() {
    let (_host, storage, sql) = open("is_online, seen").await;
    let people = ["1", "2"].map(UserId::new);
    storage.hold(&NodeId::new("dead"), &people).await.unwrap();
    storage.mirror(None).await.unwrap();
    assert_eq!(online(&sql).await, "1 2");
    run(&sql, "update haggle.nodes set expires_at = now() - interval '1 minute'; update haggle.chores set done_at = '-infinity'").await;
    storage
        .hold(&NodeId::new("alive"), &people[..1])
        .await
        .unwrap();
    storage.mirror(None).await.unwrap();
    assert_eq!(online(&sql).await, "1");
}

#[tokio::test]
async fn a_row_that_the_host_has_locked_is_left_for_the_next_time() {
    let (_host, storage, sql) = open("is_online, seen").await;
    let people = ["1", "2"].map(UserId::new);
    storage.hold(&NodeId::new("n-1"), &people).await.unwrap();
    let mut host = sql.begin().await.unwrap();
    sqlx::query("select from public.users where id = 1 for update")
        .execute(&mut *host)
        .await
        .unwrap();
    assert_eq!(storage.mirror(Some(&people)).await.unwrap(), 1);
    assert_eq!(online(&sql).await, "2");
    host.rollback().await.unwrap();
    storage.mirror(Some(&people)).await.unwrap();
    assert_eq!(online(&sql).await, "1 2");
}

#[tokio::test]
async fn whoever_is_deleted_is_forgotten_and_only_one_server_looks_at_everybody() {
    let (_host, storage, sql) = open("is_online").await;
    let (node, ann) = (NodeId::new("n-1"), [UserId::new("1")]);
    storage.hold(&node, &ann).await.unwrap();
    assert_eq!(storage.mirror(None).await.unwrap(), 1);
    storage.release(&node, &ann).await.unwrap();
    assert_eq!(
        storage.mirror(None).await.unwrap(),
        0,
        "somebody did a moment ago"
    );
    run(
        &sql,
        "delete from public.users where id = 1; update haggle.chores set done_at = '-infinity'",
    )
    .await;
    assert_eq!(storage.mirror(None).await.unwrap(), 0);
    let left: i64 = sqlx::query_scalar("select count(*) from haggle.mirrored")
        .fetch_one(&sql)
        .await
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn without_the_right_to_write_there_the_start_says_which_grant_is_missing() {
    let host = Host::open(TABLES).await;
    let sql = host.database.pool().await;
    run(&sql, "revoke update (seen) on public.users from haggler").await;
    let refused = migrate(&host.options(), &mapping("is_online, seen"))
        .await
        .unwrap_err();
    let expected = r#"HAGGLE_USERS_ONLINE: permission denied for table users; grant update ("is_online", "seen") on "public"."users" to haggler"#;
    assert_eq!(refused.to_string(), expected);
}

#[tokio::test]
async fn without_the_setting_nothing_of_the_hosts_is_written() {
    let (_host, storage, sql) = open("none").await;
    let ann = [UserId::new("1")];
    storage.hold(&NodeId::new("n-1"), &ann).await.unwrap();
    assert_eq!(storage.mirror(Some(&ann)).await.unwrap(), 0);
    assert_eq!(storage.mirror(None).await.unwrap(), 0);
    assert_eq!(online(&sql).await, "");
}
