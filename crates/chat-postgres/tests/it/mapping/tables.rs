//! Tables of the host of every kind, and ids of every type.

use chat::{
    error::StorageError,
    ids::{ProductId, UserId},
    reply::Owner,
    storage::{Conversations, Directory, Replies},
};
use chat_postgres::{Mapping, PgOptions, PgStorage, migrate};
use sqlx::{AssertSqlSafe, raw_sql};
use test_support::TestDatabase;

use super::{Host, person};

#[tokio::test]
async fn ids_of_every_type_that_has_a_text_form_are_ids() {
    for (id, ann) in [
        ("integer", "7"),
        ("bigint", "9007199254740993"),
        ("smallint", "7"),
        ("numeric(20)", "12345678901234567890"),
        ("uuid", "00000000-0000-4000-8000-00000000000a"),
        ("varchar(36)", "ann"),
        ("char(5)", "ann"),
        ("text", "Ann of Arbor"),
        ("mood", "buyer"),
    ] {
        let database = TestDatabase::create().await;
        let sql = database.pool().await;
        let tables = format!(
            "create type mood as enum ('buyer', 'other');
             create table users (id {id} primary key, name text, role text, is_active boolean);
             create table suppliers (id {id} primary key, user_id {id}, name text);
             create table products (id {id} primary key, name text, image text, supplier_id {id});
             insert into users values ('{ann}', 'Ann', 'supplier', true);
             insert into suppliers values ('{ann}', '{ann}', 'Ann & Co');
             insert into products values ('{ann}', 'Bolt', null, '{ann}')"
        );
        raw_sql(AssertSqlSafe(tables)).execute(&sql).await.unwrap();
        let options = PgOptions::new(database.url());
        migrate(&options, &Mapping::default()).await.unwrap();
        let storage = PgStorage::connect(&options).await.unwrap();
        assert_eq!(person(&storage, ann).await.unwrap().0, "Ann & Co", "{id}");
        assert_eq!(
            storage
                .supplier_user(ann)
                .await
                .unwrap()
                .unwrap()
                .id
                .as_str(),
            ann
        );
        assert!(
            storage
                .product(&ProductId::new(ann))
                .await
                .unwrap()
                .is_some()
        );
        // What cannot be an id of this type is nobody, and no error.
        for nobody in ["nobody", "", "0007", "1e3", "{}", "\u{1f980}"] {
            assert_eq!(person(&storage, nobody).await, None, "{id} {nobody}");
        }
        storage.close().await;
    }
}

#[tokio::test]
async fn ids_that_a_view_has_twice_break_no_list() {
    let host = Host::open().await;
    host.run("alter table users rename to people; create view users as select * from people union all select * from people").await;
    let storage = host.storage().await;
    host.run(
        "insert into haggle.conversations (id, buyer_id, supplier_id) values ('c-1', 'u-1', 'u-2')",
    )
    .await;
    let id = chat::ids::ConversationId::new("c-1");
    let conversation = storage.get(&id).await.unwrap();
    assert_eq!(conversation.unwrap().buyer.name, "Ann Arbor");
}

#[tokio::test]
async fn materialised_and_foreign_tables_are_read_too() {
    let host = Host::open().await;
    host.run(
        "alter table users rename to people; create materialized view users as select * from people;
         alter table products rename to goods;
         create extension if not exists file_fdw;
         create server files foreign data wrapper file_fdw;
         create foreign table products (id varchar, name text, slug text, images text[])
         server files options (program 'printf \"p-9,Nut,nut,\\\\n\"', format 'csv', null '')",
    )
    .await;
    let done = migrate(&host.options(), &host.mapping).await.unwrap();
    assert_eq!(done.notes.len(), 2, "{done:?}");
    let storage = PgStorage::connect(&host.options()).await.unwrap();
    assert_eq!(person(&storage, "u-1").await.unwrap().0, "Ann Arbor");
    let nut = storage.product(&ProductId::new("p-9")).await.unwrap();
    assert_eq!(nut.unwrap().name, "Nut");
}

#[tokio::test]
async fn tables_whose_names_need_quotes_are_found() {
    let mut host = Host::open().await;
    host.run(r#"create schema "My Shop"; alter table users set schema "My Shop"; alter table "My Shop".users rename to "User""#).await;
    host.set("HAGGLE_USERS_TABLE", r#""My Shop"."User""#);
    let storage = host.storage().await;
    assert_eq!(person(&storage, "u-1").await.unwrap().0, "Ann Arbor");
}

#[tokio::test]
async fn a_mapped_column_gets_another_type_once_the_views_are_away_and_they_come_back() {
    let host = Host::open().await;
    let storage = host.storage().await;
    let change = "alter table users alter column first_name type varchar(200)";
    raw_sql(change).execute(&host.sql).await.unwrap_err();
    let away = "drop view haggle.directory_users, haggle.directory_suppliers, haggle.directory_products cascade";
    raw_sql(away).execute(&host.sql).await.unwrap();
    let meanwhile = storage.person(&UserId::new("u-1")).await;
    assert!(
        matches!(meanwhile, Err(StorageError::Unavailable(_))),
        "{meanwhile:?}"
    );
    raw_sql(change).execute(&host.sql).await.unwrap();
    migrate(&host.options(), &host.mapping).await.unwrap();
    // A server that runs goes on by itself.
    assert_eq!(person(&storage, "u-1").await.unwrap().0, "Ann Arbor");
}

/// Every session has made its plans by then, and a plan whose columns have other types is of no use to it.
#[tokio::test]
async fn stale_plans_fail_nobody_however_many_sessions_have_them() {
    let host = Host::open().await;
    migrate(&host.options(), &host.mapping).await.unwrap();
    let mut options = host.options();
    options.connections = 8;
    let storage = PgStorage::connect(&options).await.unwrap();
    let owners = [Owner::Person(UserId::new("u-1"))];
    let replies = async || {
        let asked = (0..8).map(|_| Replies::list(&*storage, &owners));
        let answers = futures_util::future::join_all(asked).await;
        answers.into_iter().filter(Result::is_err).count()
    };
    assert_eq!(replies().await, 0);
    for kind in ["varchar(4000)", "text"] {
        let change = format!("alter table haggle.replies alter column text type {kind}");
        raw_sql(AssertSqlSafe(change))
            .execute(&host.sql)
            .await
            .unwrap();
        assert_eq!(replies().await, 0, "{kind}");
    }
}

/// So that the plans of those who read them stay as they are.
#[tokio::test]
async fn a_column_of_the_views_has_one_type_whatever_the_hosts_has() {
    const TYPES: &str = "
        select string_agg(c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, null), E'\n' order by c.relname, a.attname)
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'haggle'::regnamespace
          and c.relname in ('directory_users', 'directory_products', 'people')
          and a.attnum > 0";
    let mut host = Host::open().await;
    host.set("HAGGLE_USERS_NAME", "first_name");
    host.set("HAGGLE_USERS_EMAIL", "email");
    host.set("HAGGLE_PRODUCTS_NAME", "name");
    let mut seen = Vec::new();
    for kind in ["text", "varchar(200)", "char(30)", "name"] {
        let change = format!(
            "drop view if exists haggle.directory_users, haggle.directory_suppliers, haggle.directory_products cascade;
             alter table users alter column first_name type {kind}, alter column email type {kind};
             alter table products alter column name type {kind}"
        );
        raw_sql(AssertSqlSafe(change))
            .execute(&host.sql)
            .await
            .unwrap();
        migrate(&host.options(), &host.mapping).await.unwrap();
        let types: String = sqlx::query_scalar(TYPES)
            .fetch_one(&host.sql)
            .await
            .unwrap();
        seen.push(types);
    }
    assert!(seen.iter().all(|types| *types == seen[0]), "{seen:#?}");
}
