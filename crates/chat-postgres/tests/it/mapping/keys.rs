//! Ids that are no texts at the host: its own indexes find them, and no text means an id that it does
//! not spell.

use chat::{
    ids::{ProductId, UserId},
    storage::Directory,
};
use chat_postgres::{Mapping, PgOptions, PgStorage, migrate};
use sqlx::{AssertSqlSafe, PgPool, raw_sql};
use test_support::TestDatabase;

/// Tables of a host whose ids have this type, with one user, supplier and product.
async fn host(ids: &str, speakers: &str, one: &str) -> (TestDatabase, PgPool) {
    let database = TestDatabase::create().await;
    let sql = database.pool().await;
    let tables = format!(
        "create table users (id {ids} primary key, name text, role text, is_active boolean);
         create table suppliers (id {ids} primary key, user_id {speakers}, name text);
         create table products (id {ids} primary key, name text, image text, supplier_id {ids});
         create index suppliers_users on suppliers (user_id);
         insert into users values ('{one}', 'Sam', 'supplier', true);
         insert into suppliers values ('{one}', '{one}', 'Sam & Co');
         insert into products values ('{one}', 'Bolt', '/bolt.png', '{one}')"
    );
    raw_sql(AssertSqlSafe(tables)).execute(&sql).await.unwrap();
    let options = PgOptions::new(database.url());
    migrate(&options, &Mapping::default()).await.unwrap();
    (database, sql)
}

/// The plan where reading a table from end to end is the last resort.
async fn plan(sql: &PgPool, statement: &str) -> String {
    let mut session = sql.acquire().await.unwrap();
    raw_sql("set enable_seqscan = off")
        .execute(&mut *session)
        .await
        .unwrap();
    let explain = format!("explain {statement}");
    let lines: Vec<String> = sqlx::query_scalar(AssertSqlSafe(explain))
        .fetch_all(&mut *session)
        .await
        .unwrap();
    lines.join("\n")
}

const UUID: &str = "0191d3b5-7f1e-7c3a-9a55-1f0e8c2d4b6a";

#[tokio::test]
async fn an_id_is_found_by_the_hosts_own_index_whatever_its_type() {
    for (ids, speakers, one) in [
        ("uuid", "uuid", UUID),
        ("integer", "bigint", "42"),
        ("bigint", "integer", "42"),
        ("text", "varchar", "u-42"),
        ("varchar", "text", "u-42"),
    ] {
        let (database, sql) = host(ids, speakers, one).await;
        for statement in [
            format!("select name from haggle.people where key = haggle.user_key('{one}')"),
            format!(
                "select name from haggle.people where key = any (array(select haggle.user_key(id) from unnest(array['{one}', 'x']::varchar[]) id))"
            ),
            format!(
                "select name from haggle.directory_products where key = haggle.product_key('{one}')"
            ),
            format!(
                "select user_id from haggle.directory_suppliers where key = haggle.supplier_key('{one}')"
            ),
            "select buyer_names, product_name from haggle.named_conversations where id = 'c'"
                .to_owned(),
        ] {
            let plan = plan(&sql, &statement).await;
            for table in ["users", "suppliers", "products"] {
                assert!(
                    !plan.contains(&format!("Seq Scan on {table}")),
                    "{ids}: {statement}\n{plan}"
                );
            }
        }
        let storage = PgStorage::connect(&PgOptions::new(database.url()))
            .await
            .unwrap();
        let person = storage.person(&UserId::new(one)).await.unwrap().unwrap();
        assert_eq!((person.id.as_str(), &*person.name), (one, "Sam & Co"));
        assert!(
            storage
                .product(&ProductId::new(one))
                .await
                .unwrap()
                .is_some()
        );
        let supplier = storage.supplier_user(one).await.unwrap();
        assert_eq!(
            supplier.map(|person| person.id.to_string()).as_deref(),
            Some(one)
        );
    }
}

#[tokio::test]
async fn only_the_text_that_the_host_would_write_is_an_id() {
    for (ids, one, others) in [
        (
            "integer",
            "42",
            vec![
                "042",
                "+42",
                " 42",
                "42 ",
                "42.0",
                "4e1",
                "4294967338",
                "99999999999999999999",
                "-",
                "",
                "x",
            ],
        ),
        (
            "bigint",
            "9223372036854775807",
            vec![
                "9223372036854775808",
                "-9223372036854775809",
                "9999999999999999999",
            ],
        ),
        (
            "uuid",
            UUID,
            vec![
                "0191D3B5-7F1E-7C3A-9A55-1F0E8C2D4B6A",
                "{0191d3b5-7f1e-7c3a-9a55-1f0e8c2d4b6a}",
                "0191d3b57f1e7c3a9a551f0e8c2d4b6a",
                "u",
            ],
        ),
    ] {
        let (database, _) = host(ids, ids, one).await;
        let storage = PgStorage::connect(&PgOptions::new(database.url()))
            .await
            .unwrap();
        assert!(
            storage.person(&UserId::new(one)).await.unwrap().is_some(),
            "{ids}"
        );
        for other in others {
            let other = UserId::new(other);
            assert_eq!(storage.person(&other).await.unwrap(), None, "{ids} {other}");
        }
    }
}

#[tokio::test]
async fn suppliers_that_name_their_users_in_another_type_are_theirs() {
    let (database, _) = host("uuid", "text", UUID).await;
    let storage = PgStorage::connect(&PgOptions::new(database.url()))
        .await
        .unwrap();
    let person = storage.person(&UserId::new(UUID)).await.unwrap().unwrap();
    assert_eq!(person.name, "Sam & Co");
}
