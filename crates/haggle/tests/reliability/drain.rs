//! SIGTERM: what was asked is answered, sockets are told to come back, and the server ends.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use reqwest::Method;
use serde_json::json;
use sqlx::{Connection, PgPool, query, query_scalar};
use test_support::{Answer, Person, eventually};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    task::JoinSet,
};

use crate::{
    folder::{Folder, runs},
    market::Market,
    talk::{Talk, number, of},
};

/// What is promised.
const LIMIT: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_that_wait_for_the_database_are_answered_before_the_end() {
    let mut market = Market::open().await;
    let conversation = market.steel().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let mut screen = sofia.online().await;
    let pool = market.sql().await;
    let mut sql = pool.acquire().await.expect("a connection");

    // Somebody holds the conversation, so that sends get so far and no further.
    let mut held = sql.begin().await.expect("a transaction");
    let lock =
        query("select from haggle.conversations where id = $1 for update").bind(&conversation);
    lock.execute(&mut *held).await.expect("it is held");
    let mut sends = JoinSet::new();
    let mut send = |number: usize| {
        let (anna, conversation) = (anna.clone(), conversation.clone());
        sends.spawn(async move { anna.say(&conversation, &format!("message {number}")).await });
    };
    send(0);
    somebody_waits(&pool).await;
    (1..10).for_each(&mut send);
    eventually("the others wait behind it", async || {
        market.figure("haggle_write_queue_depth").await > 8.5
    })
    .await;

    let start = Instant::now();
    market.server.sigterm();
    assert_eq!(screen.close_code().await, 1001);
    held.rollback().await.expect("it is let go");
    let mut seqs = Vec::new();
    while let Some(sent) = sends.join_next().await {
        seqs.push(number(&sent.expect("it is answered")["seq"]));
    }
    seqs.sort_unstable();
    assert_eq!(seqs, (1..=10).collect::<Vec<_>>());
    assert_eq!(market.server.ended().await.code(), Some(0));
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    let stored = query_scalar::<_, i64>("select count(*) from haggle.message_rows");
    assert_eq!(stored.fetch_one(&pool).await.ok(), Some(10));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_cannot_be_finished_is_told_so_and_does_not_hold_up_the_end() {
    let mut market = Market::open().await;
    let conversation = market.steel().await;
    let anna = market.person("anna");
    let pool = market.sql().await;
    let mut sql = pool.acquire().await.expect("a connection");
    let mut held = sql.begin().await.expect("a transaction");
    let lock =
        query("select from haggle.conversations where id = $1 for update").bind(&conversation);
    lock.execute(&mut *held).await.expect("it is held");
    let path = of(&conversation, "/messages");
    let send = tokio::spawn(async move { anna.post(&path, json!({"content": "Hello?"})).await });
    somebody_waits(&pool).await;

    let start = Instant::now();
    assert_eq!(market.server.sigterm_and_wait().await.code(), Some(0));
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    let answer = send.await.expect("it is answered");
    assert_eq!(
        (answer.status, &answer.json["code"]),
        (503, &json!("unavailable"))
    );
    held.rollback().await.expect("it is let go");
}

/// Waits until a statement of the server is held up by a lock.
async fn somebody_waits(pool: &PgPool) {
    eventually("a statement waits for a lock", async || {
        let waiting = "select exists (select from pg_stat_activity \
                       where wait_event_type = 'Lock' and datname = current_database())";
        let waiting = query_scalar::<_, bool>(waiting).fetch_one(pool).await;
        waiting.expect("an answer")
    })
    .await;
}

/// Talks on one connection until the server is gone. Returns how many messages were acknowledged.
/// No request may be left without an answer.
async fn talk(person: Person, conversation: String, count: Arc<AtomicUsize>) -> usize {
    let mut sent = 0;
    loop {
        let request = person.request(Method::POST, &of(&conversation, "/messages"));
        match Answer::try_to(request.json(&json!({"content": "and"}))).await {
            Ok(answer) if answer.status == 201 => {
                sent += 1;
                count.fetch_add(1, Ordering::SeqCst);
            }
            Ok(answer) => panic!("{}: {:#}", answer.status, answer.json),
            // Nobody listens any more, so nobody was asked.
            Err(error) if error.is_connect() => return sent,
            Err(error) => panic!("cut off: {error:?}"),
        }
    }
}

async fn talkers(market: &Market, count: &Arc<AtomicUsize>) -> JoinSet<usize> {
    let conversation = market.steel().await;
    let mut talkers = JoinSet::new();
    for number in 0..12 {
        // Each on a connection of its own.
        let person = market.person(["anna", "sofia"][number % 2]);
        talkers.spawn(talk(person, conversation.clone(), count.clone()));
    }
    eventually("they talk", async || count.load(Ordering::SeqCst) > 100).await;
    talkers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_load_no_request_is_cut_and_nothing_acknowledged_is_missing() {
    let mut market = Market::open().await;
    let mut sockets = Vec::new();
    for id in ["anna", "anna", "sofia", "ada", "bert"] {
        sockets.push(market.person(id).online().await);
    }
    let count = Arc::default();
    let talkers = talkers(&market, &count).await;
    let closing = sockets.into_iter().map(async |mut socket| {
        assert_eq!(socket.close_code().await, 1001);
    });
    let closing: JoinSet<()> = closing.collect();
    let start = Instant::now();
    assert_eq!(market.server.sigterm_and_wait().await.code(), Some(0));
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    closing.join_all().await;
    let sent: usize = talkers.join_all().await.into_iter().sum();
    let stored = query_scalar::<_, i64>("select count(*) from haggle.message_rows");
    let stored = stored
        .fetch_one(&market.sql().await)
        .await
        .expect("a count");
    assert_eq!(usize::try_from(stored).ok(), Some(sent));
}

#[tokio::test]
async fn a_request_on_a_kept_connection_is_answered_after_the_listener_has_gone() {
    let mut market = Market::open().await;
    let address = market.server.address();
    let connection = TcpStream::connect(address)
        .await
        .expect("the server listens");
    let mut connection = BufReader::new(connection);
    assert_eq!(ask(&mut connection).await, (200, false));

    market.server.sigterm();
    eventually("nobody listens any more", async || {
        TcpStream::connect(address).await.is_err()
    })
    .await;
    assert_eq!(ask(&mut connection).await, (200, true));
    assert_eq!(market.server.ended().await.code(), Some(0));
}

/// The status, and whether this was the last request of the connection.
async fn ask(connection: &mut BufReader<TcpStream>) -> (u16, bool) {
    let request = b"GET /healthz HTTP/1.1\r\nhost: haggle\r\n\r\n";
    connection.write_all(request).await.expect("it is open");
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        let read = connection.read_line(&mut head).await.expect("it is open");
        assert!(read > 0, "cut off after {head:?}");
    }
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    let mut body = vec![0; r#"{"status":"ok"}"#.len()];
    connection.read_exact(&mut body).await.expect("a body");
    let is_last = head.to_lowercase().contains("connection: close");
    (status.expect("a status"), is_last)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_its_own_ends_with_the_server_and_keeps_everything() {
    let folder = Folder::new();
    let mut market = Market::embedded_in(folder.path()).await;
    let count = Arc::default();
    let talkers = talkers(&market, &count).await;
    let postgres = folder.postgres().expect("it runs");
    let start = Instant::now();
    assert_eq!(market.server.sigterm_and_wait().await.code(), Some(0));
    assert!(start.elapsed() < LIMIT, "{:?}", start.elapsed());
    assert!(!runs(postgres), "PostgreSQL is still there");
    assert_eq!(folder.postgres(), None);
    let sent: usize = talkers.join_all().await.into_iter().sum();

    let market = Market::embedded_in(folder.path()).await;
    let conversation = market.steel().await;
    let history = market.person("sofia").history(&conversation).await;
    assert_eq!(history.len(), sent);
}
