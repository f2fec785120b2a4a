//! An import that ends in the middle.

use std::fmt::Write;

use test_support::eventually;

use super::shop;

/// Conversations of Anna's and Bert's, each with this many messages: several batches.
fn large(each: usize) -> String {
    let mut text = String::from("{\"type\":\"haggle\",\"version\":1}\n");
    for (buyer, supplier) in [
        ("anna", "sofia"),
        ("anna", "tom"),
        ("bert", "sofia"),
        ("bert", "tom"),
    ] {
        writeln!(
            text,
            "{{\"type\":\"conversation\",\"id\":\"{buyer}-{supplier}\",\"buyerId\":\"{buyer}\",\
             \"supplierId\":\"{supplier}\",\"createdAt\":\"2024-01-01T00:00:00Z\"}}"
        )
        .unwrap();
        for number in 0..each {
            let minute = number % 60;
            let hour = number / 60 % 24;
            let day = 1 + number / 1440;
            writeln!(
                text,
                "{{\"type\":\"message\",\"id\":\"{buyer}-{supplier}-{number}\",\
                 \"conversationId\":\"{buyer}-{supplier}\",\"senderId\":\"{buyer}\",\"message\":\"{number}\",\
                 \"createdAt\":\"2024-01-{day:02}T{hour:02}:{minute:02}:00Z\"}}"
            )
            .unwrap();
        }
    }
    text
}

#[tokio::test]
async fn a_killed_import_goes_on_where_it_was() {
    let (world, desk) = shop().await;
    desk.write("large.jsonl", &large(4_000));
    let pool = world.database.pool().await;
    // Whoever opens a conversation first notes who takes part, and for that the import would wait too.
    sqlx::query(
        "insert into haggle.participants (user_id) values ('anna'), ('bert'), ('sofia'), ('tom')",
    )
    .execute(&pool)
    .await
    .unwrap();
    // Somebody opens the third conversation and does not commit: the import waits for them there.
    let mut other = pool.begin().await.unwrap();
    sqlx::query(
        "insert into haggle.conversations (id, buyer_id, supplier_id, type)
         values ('bert-sofia', 'bert', 'sofia', 'buyer_supplier')",
    )
    .execute(&mut *other)
    .await
    .unwrap();
    let mut import = desk.command(&["import", "large.jsonl"]).spawn().unwrap();
    let there = "select count(*) from haggle.conversations where last_seq = 4000";
    let waiting = "
        select count(*) from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'";
    eventually("the import waits", async || {
        let there: i64 = sqlx::query_scalar(there).fetch_one(&pool).await.unwrap();
        let waiting: i64 = sqlx::query_scalar(waiting).fetch_one(&pool).await.unwrap();
        there == 2 && waiting == 1
    })
    .await;
    import.kill().unwrap();
    import.wait().unwrap();
    other.rollback().await.unwrap();

    let said = desk.run(&["import", "large.jsonl"]);
    assert!(
        said.contains("conversations: 4 found = 4 kept (2 new) + 0 merged + 0 refused"),
        "{said}"
    );
    assert!(
        said.contains("messages: 16000 found = 16000 kept (8000 new) + 0 merged + 0 refused"),
        "{said}"
    );
    let wrong: i64 = sqlx::query_scalar(
        "select count(*) from haggle.message_rows
         where id <> conversation_id || '-' || (seq - 1) or message <> (seq - 1)::text",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(wrong, 0);
    let all: (i64, i64) = sqlx::query_as(
        "select (select count(*) from haggle.message_rows), (select sum(last_seq)::bigint from haggle.conversations)",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(all, (16_000, 16_000));
}
