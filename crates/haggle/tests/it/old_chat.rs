//! A marketplace that has a chat: servers beside it, and the ways back and on.

use std::process::{Command, Output};

use chat_postgres::{PgOptions, begin_move, end_copy};
use sqlx::{AssertSqlSafe, PgPool, raw_sql};
use test_support::{
    Person, RedisServer, SECRET, ServerOptions, ServerProcess, TestDatabase, eventually,
    old_chat::{MARKETPLACE, tables},
};

use crate::world::{of, say};

const PEOPLE: &str = "
    insert into public.users (id, name, role) values ('anna', 'Anna', 'buyer'), ('ada', 'Ada', 'admin');";

/// With a chat of shape C that nobody moved.
async fn marketplace() -> (TestDatabase, PgPool) {
    let database = TestDatabase::create().await;
    let sql = database.pool().await;
    for statements in [MARKETPLACE, PEOPLE, &tables("C")] {
        run(&sql, statements).await;
    }
    (database, sql)
}

async fn run(sql: &PgPool, statements: &str) {
    let done = raw_sql(AssertSqlSafe(statements.to_owned()));
    done.execute(sql).await.unwrap();
}

fn haggle(arguments: &[&str], database: &TestDatabase, settings: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_haggle"));
    command.args(arguments).current_dir(folder.path());
    command.env("DATABASE_URL", database.url());
    command.env("HAGGLE_JWT_SECRET", SECRET);
    command.env("HAGGLE_LISTEN", "127.0.0.1:0");
    command.envs(settings.iter().copied()).output().unwrap()
}

fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    text(&output.stdout) + &text(&output.stderr)
}

async fn moved(database: &TestDatabase) {
    let options = PgOptions::new(database.url());
    let mapping = chat_postgres::Mapping::default();
    chat_postgres::migrate(&options, &mapping).await.unwrap();
    begin_move(&options, "UTC").await.unwrap();
    end_copy(&options).await.unwrap();
}

async fn server(database: &TestDatabase, redis: Option<&RedisServer>) -> ServerProcess {
    let mut options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(database.url())
        .set("HAGGLE_MESSAGES_PER_MINUTE", "0");
    if let Some(redis) = redis {
        options = options.set("REDIS_URL", &redis.url());
    }
    ServerProcess::spawn(&options).await
}

#[tokio::test]
async fn a_server_does_not_start_beside_a_chat_that_was_never_moved() {
    let (database, sql) = marketplace().await;
    let refused = haggle(&["serve"], &database, &[]);
    assert_eq!(refused.status.code(), Some(1));
    let why = "public.conversations and public.messages hold a chat that was never moved; run `haggle migrate`";
    assert!(said(&refused).contains(why), "{}", said(&refused));
    // Nothing was made.
    let made = "select count(*) from pg_namespace where nspname = 'haggle'";
    let made: i64 = sqlx::query_scalar(made).fetch_one(&sql).await.unwrap();
    assert_eq!(made, 0);
    let checked = haggle(&["check"], &database, &[]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(said(&checked).contains(why), "{}", said(&checked));

    let ignore = [("HAGGLE_LEGACY", "ignore")];
    let checked = haggle(&["check"], &database, &ignore);
    assert!(!said(&checked).contains("old chat"), "{}", said(&checked));
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(database.url())
        .set("HAGGLE_LEGACY", "ignore");
    let server = ServerProcess::spawn(&options).await;
    Person::new(&server.base(), "anna")
        .get("/api/chat/conversations")
        .await
        .expect(200);
    let wrong = haggle(&["check"], &database, &[("HAGGLE_LEGACY", "move")]);
    assert!(said(&wrong).contains("HAGGLE_LEGACY must be ignore, or not be set"));
}

#[tokio::test]
async fn a_server_starts_beside_a_chat_that_was_moved() {
    let (database, _) = marketplace().await;
    moved(&database).await;
    server(&database, None).await;
    let checked = haggle(&["check"], &database, &[]);
    assert!(!said(&checked).contains("old chat"), "{}", said(&checked));
}

#[tokio::test]
async fn sockets_of_every_server_hear_what_the_old_application_writes() {
    let (database, sql) = marketplace().await;
    moved(&database).await;
    let redis = RedisServer::start();
    let one = server(&database, Some(&redis)).await;
    let two = server(&database, Some(&redis)).await;
    let mut anna = Person::new(&one.base(), "anna").online().await;
    let mut ada = Person::new(&two.base(), "ada").online().await;
    run(
        &sql,
        "insert into public.conversations (id, buyer_id, unread_count_admin) values ('o-1', 'anna', 'ada');
         insert into public.messages (id, conversation_id, sender_id, receiver_id, message)
         values ('m-1', 'o-1', 'anna', 'ada', 'Good morning')",
    )
    .await;
    for socket in [&mut anna, &mut ada] {
        let heard = socket.until("message").await;
        let message = &heard.last().unwrap().payload["message"];
        assert_eq!(message["message"], "Good morning");
        assert_eq!(
            (&message["seq"], &message["senderId"]),
            (&1.into(), &"anna".into())
        );
    }
    run(&sql, "update public.messages set is_read = true").await;
    for socket in [&mut anna, &mut ada] {
        let heard = socket.until("read").await;
        assert_eq!(heard.last().unwrap().payload["userId"], "ada");
    }
    // And what is said here is there when the answer comes.
    let ada = Person::new(&two.base(), "ada");
    say(&ada, "o-1", "How are you?").await;
    let there = "select string_agg(message, ', ' order by created_at) from public.messages";
    let there: String = sqlx::query_scalar(there).fetch_one(&sql).await.unwrap();
    assert_eq!(there, "Good morning, How are you?");
    run(
        &sql,
        "delete from public.messages; delete from public.conversations",
    )
    .await;
    let anna = Person::new(&one.base(), "anna");
    eventually("the conversation is gone", async || {
        anna.get(&of("o-1", "")).await.status == 404
    })
    .await;
}

#[tokio::test]
async fn a_revert_asks_and_is_done_once() {
    let (database, sql) = marketplace().await;
    moved(&database).await;
    let refused = haggle(&["migrate", "--revert"], &database, &[]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        said(&refused).contains("--yes says that it is meant"),
        "{}",
        said(&refused)
    );
    let there = "select count(*) from pg_namespace where nspname = 'haggle'";
    let count: i64 = sqlx::query_scalar(there).fetch_one(&sql).await.unwrap();
    assert_eq!(count, 1);
    let done = haggle(&["migrate", "--revert", "--yes"], &database, &[]);
    assert!(done.status.success(), "{}", said(&done));
    let count: i64 = sqlx::query_scalar(there).fetch_one(&sql).await.unwrap();
    assert_eq!(count, 0);
    let again = haggle(&["migrate", "--revert", "--yes"], &database, &[]);
    assert!(
        again.status.success() && said(&again).contains("nothing is left to take away"),
        "{}",
        said(&again)
    );
}

#[tokio::test]
async fn a_move_is_finished_and_restored_by_the_command() {
    let (database, sql) = marketplace().await;
    moved(&database).await;
    // No server runs: what the old application wrote last is taken over by the command.
    run(
        &sql,
        "insert into public.conversations (id, buyer_id, unread_count_admin) values ('o-1', 'anna', 'ada');
         insert into public.messages (id, conversation_id, sender_id, receiver_id, message)
         values ('m-1', 'o-1', 'anna', 'ada', 'Good morning')",
    )
    .await;
    let done = haggle(&["migrate", "--finish"], &database, &[]);
    assert!(done.status.success(), "{}", said(&done));
    let report = "select string_agg(message, ', ') from public.messages";
    let read: String = sqlx::query_scalar(report).fetch_one(&sql).await.unwrap();
    assert_eq!(read, "Good morning");
    let again = haggle(&["migrate", "--finish"], &database, &[]);
    assert!(
        said(&again).contains("it is finished already"),
        "{}",
        said(&again)
    );
    let running = server(&database, None).await;
    say(&Person::new(&running.base(), "ada"), "o-1", "Hello").await;
    let done = haggle(&["migrate", "--restore"], &database, &[]);
    assert!(done.status.success(), "{}", said(&done));
    let there = "select string_agg(message, ', ' order by created_at) from public.messages";
    let there: String = sqlx::query_scalar(there).fetch_one(&sql).await.unwrap();
    assert_eq!(there, "Good morning, Hello");
    let again = haggle(&["migrate", "--restore"], &database, &[]);
    assert!(
        said(&again).contains("the bridge stands"),
        "{}",
        said(&again)
    );
}

#[test]
fn ways_exclude_each_other() {
    for arguments in [
        &["migrate", "--revert", "--finish"][..],
        &["migrate", "--restore", "--dry-run"],
        &["migrate", "--yes"],
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_haggle"));
        assert_eq!(
            command.args(arguments).output().unwrap().status.code(),
            Some(2)
        );
    }
}
