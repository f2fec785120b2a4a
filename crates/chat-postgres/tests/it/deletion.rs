//! The host deletes people and products in its own tables, by a role that knows nothing of Haggle.

use sqlx::{AssertSqlSafe, PgPool, query_scalar, raw_sql};

use crate::host::{Host, MARKETPLACE};

async fn text(sql: &PgPool, query: &str) -> String {
    let text = query_scalar(AssertSqlSafe(query.to_owned()));
    let text: Option<String> = text.fetch_one(sql).await.unwrap();
    text.unwrap_or_default()
}

/// A conversation of everybody about the product, before and after these statements of the host.
async fn after(statements: &str) -> (Host, PgPool) {
    let host = Host::open(MARKETPLACE).await;
    let sql = host.database.pool().await;
    host.migrate().await.unwrap();
    host.conversation(&sql, "c-1").await;
    let mut shop = host.shop().await;
    let done = raw_sql(AssertSqlSafe(statements.to_owned()));
    done.execute(&mut shop).await.unwrap();
    (host, sql)
}

const STORED: &str = "
    select concat_ws(' ',
      (select count(*) from haggle.conversations),
      (select count(*) from haggle.messages),
      (select count(*) from haggle.notifications),
      (select count(*) from haggle.participants))";

#[tokio::test]
async fn whoever_owns_the_hosts_tables_deletes_a_buyer_with_their_conversations() {
    let (_host, sql) = after("delete from users where id = 'ann'").await;
    assert_eq!(text(&sql, STORED).await, "0 0 0 2");
}

#[tokio::test]
async fn whoever_owns_the_hosts_tables_deletes_a_supplier_with_their_conversations() {
    let (_host, sql) = after("delete from users where id = 'sam'").await;
    assert_eq!(text(&sql, STORED).await, "0 0 0 2");
}

#[tokio::test]
async fn whoever_owns_the_hosts_tables_deletes_an_administrator_whose_messages_stay() {
    let (_host, sql) = after("delete from users where id = 'ada'").await;
    assert_eq!(text(&sql, STORED).await, "1 3 2 2");
    let senders =
        "select string_agg(coalesce(sender_id, '-'), ' ' order by seq) from haggle.messages";
    assert_eq!(text(&sql, senders).await, "ann sam -");
    let place = "select concat_ws(' ', admin_id, rev, admin_read_seq) from haggle.conversations";
    assert_eq!(text(&sql, place).await, "2 0");
}

#[tokio::test]
async fn whoever_owns_the_hosts_tables_deletes_a_product_and_the_conversation_stays() {
    let (_host, sql) = after("delete from products where id = 'p-1'").await;
    assert_eq!(text(&sql, STORED).await, "1 3 3 3");
    let product = "select concat_ws(' ', product_id, product_key, rev) from haggle.conversations";
    assert_eq!(text(&sql, product).await, "p-1 2");
}

#[tokio::test]
async fn whoever_owns_the_hosts_tables_deletes_everybody_at_once_from_any_search_path() {
    let (_host, sql) = after("set search_path = pg_catalog; delete from public.users").await;
    assert_eq!(text(&sql, STORED).await, "0 0 0 0");
}

#[tokio::test]
async fn the_host_can_neither_read_haggle_nor_use_its_triggers() {
    let (host, _) = after("select").await;
    for statement in [
        "select from haggle.conversations",
        "delete from haggle.participants",
        "create temporary table mine (user_id varchar);
         create trigger mine after delete on mine for each row execute function haggle.participant_gone()",
    ] {
        let mut shop = host.shop().await;
        let refused = raw_sql(AssertSqlSafe(statement.to_owned()))
            .execute(&mut shop)
            .await
            .unwrap_err();
        let refused = refused.to_string();
        assert!(refused.contains("permission denied"), "{refused}");
    }
}
