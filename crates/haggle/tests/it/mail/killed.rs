//! A server is killed while it hands a mail over: nobody gets one twice, nor two within a window, and what one that never
//! arrived would have said is in the next.

use serde_json::json;
use sqlx::PgPool;
use test_support::{Person, ServerOptions, ServerProcess, eventually};

use super::{Post, read, settings};
use crate::world::say;

async fn another(post: &Post) -> ServerProcess {
    let mut options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(post.world.database.url())
        .set("HAGGLE_NOTIFICATION_GRACE", "0");
    for (name, value) in settings(&post.sink, &post.folder) {
        options = options.set(name, &value);
    }
    ServerProcess::spawn(&options).await
}

/// Time passes for mails: turns of servers end, and windows.
async fn pass(sql: &PgPool, minutes: i32) {
    for passed in [
        "update haggle.mail_recipients set due_at = due_at - make_interval(mins => $1)",
        "update haggle.digests set mailed_at = mailed_at - make_interval(mins => $1), sending_at = sending_at - make_interval(mins => $1)",
    ] {
        sqlx::query(passed)
            .bind(minutes)
            .execute(sql)
            .await
            .unwrap();
    }
}

async fn is(sql: &PgPool, what: &str) -> bool {
    let is = format!("select coalesce(({what}), false)");
    let asked = sqlx::query_scalar(sqlx::AssertSqlSafe(is));
    asked.fetch_one(sql).await.unwrap()
}

/// The mail server does with Sofia's first mail what her address says, and the server is killed meanwhile.
async fn killed_while(address: &str, before: usize, after: usize) {
    let mut post = Post::open().await;
    let sql = post.world.database.pool().await;
    let sofia = json!({"name": "Sofia", "email": address, "role": "supplier"});
    post.world.put("users/sofia", sofia).await.expect(200);
    let steel = post.world.steel().await;
    say(&post.world.anna, &steel, "Is 500 ready?").await;
    post.sink.wait_for_a_hang().await;
    assert_eq!(post.sink.mails().len(), before);
    post.world.server.kill9();

    let server = another(&post).await;
    let anna = Person::new(&server.base(), "anna");
    // The turn of whoever is dead ends.
    pass(&sql, 4).await;
    eventually("somebody sees to it", async || {
        is(&sql, "select due_at is null from haggle.mail_recipients").await
    })
    .await;
    assert_eq!(post.sink.mails().len(), after);

    // What is said then waits for the window's end.
    say(&anna, &steel, "And 600?").await;
    let waits = "select due_at > now() + interval '9 minutes' from haggle.mail_recipients";
    eventually("it waits", async || is(&sql, waits).await).await;
    assert_eq!(post.sink.mails().len(), after);
    pass(&sql, 16).await;
    let mails = post.sink.wait_for(after + 1).await;
    let mail = read(&mails[after].bytes);
    let text = mail.body_text(0).unwrap();
    for unread in ["Is 500 ready?", "And 600?"] {
        assert!(text.contains(unread), "{text}");
    }
}

#[tokio::test]
async fn before_the_mail_is_begun_it_is_sent_by_the_next() {
    killed_while("hesitant@example.com", 0, 1).await;
}

#[tokio::test]
async fn in_the_middle_of_the_mail_it_counts_as_sent_and_the_next_says_it() {
    killed_while("deaf@example.com", 0, 0).await;
}

#[tokio::test]
async fn after_the_mail_was_taken_it_is_not_sent_again() {
    killed_while("silent@example.com", 1, 1).await;
}
