//! Conversations that another server holds.

use chat::storage::{Append, Messages, Storage};
use chat_postgres::{PgOptions, PgStorage};
use sqlx::query;

use crate::support::{Fixture, draft};

#[tokio::test]
async fn what_another_server_holds_keeps_nobody_else_waiting() {
    let fixture = Fixture::new().await;
    fixture.people().await;
    let held = fixture.conversation("held").await;
    let free = fixture.conversation_with("free", "sue").await;
    let mut options = PgOptions::new(fixture.database.url());
    options.write_workers = PgOptions::WRITE_WORKERS_AMONG_SEVERAL;
    let storage = PgStorage::connect(&options).await.unwrap();
    let writer = storage.writer(fixture.heard.clone());

    let sql = fixture.database.pool().await;
    let mut other = sql.begin().await.unwrap();
    query("select from haggle.conversations where id = 'held' for no key update")
        .execute(&mut *other)
        .await
        .unwrap();
    let send = |number, conversation| {
        let writer = writer.clone();
        let draft = draft(number, conversation, None);
        tokio::spawn(async move { writer.append(draft).await.unwrap() })
    };
    // On this one thread all three wait before the worker looks.
    let (first, second, easy) = (send(1, &held), send(2, &held), send(3, &free));
    assert!(matches!(easy.await.unwrap(), Append::Created(_)));
    assert!(!first.is_finished() && !second.is_finished());

    other.rollback().await.unwrap();
    let seq = |append: Append| match append {
        Append::Created(message) => message.seq,
        other => panic!("{other:?}"),
    };
    let seqs = (seq(first.await.unwrap()), seq(second.await.unwrap()));
    assert_eq!(seqs, (1, 2), "in the order in which they came");
    writer.close().await;
    storage.close().await;
}
