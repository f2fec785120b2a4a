//! PostgreSQL goes away for a while. The server says so, and is well again by itself.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;
use sqlx::query;
use test_support::{
    Answer, Heard, PATIENCE, Person, PrivateCluster, ServerOptions, ServerProcess, eventually,
};

use crate::{
    market::Market,
    talk::{Talk, id, of},
};

#[track_caller]
fn expect_unavailable(answer: &Answer, what: &str) {
    assert_eq!(answer.status, 503, "{what}: {:#}", answer.json);
    assert_eq!(answer.json["error"], "Service Unavailable", "{what}");
    assert_eq!(answer.json["code"], "unavailable", "{what}");
    assert!(answer.json["requestId"].is_string(), "{what}");
    assert!(answer.headers.contains_key("retry-after"), "{what}");
    let text = answer.json.to_string().to_lowercase();
    for secret in ["sql", "postgres", "pool", "socket", "/tmp", "refused"] {
        assert!(!text.contains(secret), "{what} shows {secret}: {text}");
    }
}

/// Everything that cannot be answered without the database.
async fn expect_everything_unavailable(anna: &Person, conversation: &str) {
    let requests = [
        (Method::GET, of(conversation, "")),
        (Method::GET, of(conversation, "/messages")),
        (Method::POST, of(conversation, "/messages")),
        (Method::PATCH, of(conversation, "/read")),
        (Method::POST, "/api/chat/conversations".to_owned()),
        (Method::GET, "/api/chat/conversations".to_owned()),
        (Method::GET, "/api/chat/unread-count".to_owned()),
        (Method::GET, "/api/chat/notifications".to_owned()),
        (Method::GET, "/api/chat/users/sofia/status".to_owned()),
    ];
    let body = json!({"content": "Hello?", "clientMessageId": "during the outage"});
    let answers = requests.iter().map(async |(method, path)| {
        let request = anna.request(method.clone(), path);
        let request = if *method == Method::GET {
            request
        } else {
            request.json(&body)
        };
        let answer = Answer::to(request).await;
        expect_unavailable(&answer, &format!("{method} {path}"));
    });
    futures_util::future::join_all(answers).await;
}

#[tokio::test]
async fn without_postgresql_the_answer_is_503_and_with_it_everything_is_well_again() {
    let mut cluster = PrivateCluster::start();
    let mut market = Market::on(&cluster).await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let before = anna.say(&conversation, "Before.").await;
    let (mut tab, mut screen) = (anna.online().await, sofia.online().await);
    let ready = async || anna.get("/readyz").await;
    ready().await.expect(200);
    let pid = market.server.pid();

    cluster.stop();
    eventually("the server is not ready", async || {
        ready().await.status != 200
    })
    .await;
    expect_unavailable(&ready().await, "readyz");
    anna.get("/healthz").await.expect(200);
    // Who calls is remembered for a second, and so is what was just answered.
    eventually("nothing is known any more", async || {
        anna.get("/api/chat/unread-count").await.status == 503
    })
    .await;
    expect_everything_unavailable(&anna, &conversation).await;

    // Open sockets stay, and say so when they cannot do what is asked.
    screen.expect_silence_until_pong().await;
    screen
        .send("read", json!({"conversationId": conversation}))
        .await;
    let refused = screen.next().await;
    assert_eq!(
        (&*refused.kind, &refused.payload["code"]),
        ("error", &json!("unavailable"))
    );
    // New ones come back later.
    let mut early = anna.connect().await;
    early
        .send("authenticate", json!({"token": anna.token}))
        .await;
    assert_eq!(early.close_code().await, 1001);

    cluster.start_again();
    eventually("the server is ready", async || ready().await.status == 200).await;
    assert_eq!(market.server.pid(), pid);
    let body = json!({"content": "Hello?", "clientMessageId": "during the outage"});
    let path = of(&conversation, "/messages");
    let mut sent = None;
    eventually("it can be sent", async || {
        let answer = anna.post(&path, body.clone()).await;
        let is_stored = matches!(answer.status, 200 | 201);
        if is_stored {
            sent = Some(id(&answer.json["message"]));
        } else {
            expect_unavailable(&answer, "a first try");
        }
        is_stored
    })
    .await;
    // Those who waited hear of it, without coming back.
    for socket in [&mut screen, &mut tab] {
        let heard = socket.until("message").await.pop().expect("the message");
        assert_eq!(Some(id(&heard.payload["message"])), sent);
    }
    let history = sofia.history(&conversation).await;
    let ids: Vec<_> = history.iter().map(id).collect();
    assert_eq!(ids, [id(&before), sent.expect("it was sent")]);
    eventually("everything is answered", async || {
        sofia.get("/api/chat/conversations").await.status == 200
    })
    .await;
    assert_eq!(sofia.read(&conversation).await, 0);
    tab.until("read").await;
    assert!(market.server.sigterm_and_wait().await.success());
}

#[tokio::test]
async fn who_comes_and_goes_is_known_again_after_an_outage() {
    let mut cluster = PrivateCluster::start();
    let market = Market::on(&cluster).await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    market.steel().await;
    let mut screen = sofia.online().await;
    let tab = anna.online().await;
    screen.until("online_status").await;

    cluster.stop();
    // She leaves while nobody can write it down.
    tab.cut();
    eventually("only one socket is left", async || {
        market.figure("haggle_sockets").await < 1.5
    })
    .await;
    cluster.start_again();
    let left = screen.until("online_status").await.pop().expect("the news");
    assert_eq!(
        (&left.payload["userId"], &left.payload["isOnline"]),
        (&json!("anna"), &json!(false))
    );
    eventually("her status is known", async || {
        let status = sofia.get("/api/chat/users/anna/status").await;
        status.json["isOnline"] == false
    })
    .await;
    let _back = anna.online().await;
    let came = screen.until("online_status").await.pop().expect("the news");
    assert_eq!(came.payload["isOnline"], true);
}

#[tokio::test]
async fn a_change_that_is_stored_but_cannot_be_told_is_told_later() {
    let market = Market::open().await;
    let [anna, ada] = market.people(["anna", "ada"]);
    let conversation = market.steel().await;
    let sql = market.sql().await;
    let mut screen = anna.online().await;

    // What a change looks like cannot be read, as if the database had died right behind it.
    let hide = "alter view haggle.named_conversations rename to hidden";
    query(hide).execute(&sql).await.expect("it is hidden");
    let joined = ada.post(&of(&conversation, "/join"), json!({})).await;
    assert!(joined.status >= 500, "{:#}", joined.json);
    let show = "alter view haggle.hidden rename to named_conversations";
    query(show).execute(&sql).await.expect("it is shown");

    let heard = screen.until("conversation_updated").await.pop();
    let conversation = &heard.expect("the news").payload["conversation"];
    assert_eq!(conversation["participants"]["admin"]["id"], "ada");
}

#[tokio::test]
async fn a_server_without_its_database_ends_in_time() {
    let mut cluster = PrivateCluster::start();
    let mut market = Market::on(&cluster).await;
    let conversation = market.steel().await;
    let anna = market.person("anna");
    let mut socket = anna.online().await;
    cluster.stop();
    let path = of(&conversation, "/messages");
    let asking = tokio::spawn(async move { anna.post(&path, json!({"content": "Hello?"})).await });
    let start = Instant::now();
    assert_eq!(market.server.sigterm_and_wait().await.code(), Some(0));
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(socket.close_code().await, 1001);
    // It was asked, or it had gone before.
    if let Ok(answer) = asking.await {
        expect_unavailable(&answer, "a message");
    }
}

#[tokio::test]
async fn a_resume_without_the_database_ends_the_socket_and_is_not_just_an_error() {
    let mut cluster = PrivateCluster::start();
    let market = Market::on(&cluster).await;
    let conversation = market.steel().await;
    // Of whom the server has nothing in its cache.
    let mut socket = market.person("sofia").online().await;
    cluster.stop();
    // No `ready` can follow, and a client that waits for it would not come back.
    let since = json!({"since": {conversation: 0}});
    socket.send("resume", since).await;
    loop {
        match socket.hear(PATIENCE).await {
            Heard::Closed(code) => break assert_eq!(code, 1001),
            Heard::Frame(frame) => assert_ne!(frame.kind, "error", "{frame:?}"),
            Heard::Nothing => panic!("neither an answer nor an end"),
        }
    }
}

#[tokio::test]
async fn a_server_that_is_started_without_its_database_waits_for_it() {
    let mut cluster = PrivateCluster::start();
    let mut market = Market::on(&cluster).await;
    let conversation = market.steel().await;
    assert_eq!(market.server.sigterm_and_wait().await.code(), Some(0));
    cluster.stop();

    market.server = ServerProcess::spawn(&market.options).await;
    let anna = market.person("anna");
    anna.get("/healthz").await.expect(200);
    expect_unavailable(&anna.get("/readyz").await, "/readyz");
    let path = of(&conversation, "/messages");
    let message = json!({"content": "Hello?", "clientMessageId": "hello"});
    expect_unavailable(&anna.post(&path, message.clone()).await, "a message");
    let output = market.server.output();
    assert!(output.contains("it is tried again for"), "{output}");

    cluster.start_again();
    eventually("the server is ready", async || {
        Answer::try_to(anna.request(Method::GET, "/readyz"))
            .await
            .is_ok_and(|answer| answer.status == 200)
    })
    .await;
    anna.post(&path, message).await.expect(201);
    let output = market.server.output();
    assert_eq!(output.matches("haggle listening").count(), 1, "{output}");
}

#[tokio::test]
async fn a_server_that_waits_for_its_database_ends_when_it_is_asked_to() {
    let nobody = "postgres://haggle@localhost:1/haggle?host=/nowhere";
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle")).database(nobody);
    let mut server = ServerProcess::spawn(&options).await;
    assert_eq!(server.sigterm_and_wait().await.code(), Some(0));
}

#[tokio::test]
async fn a_server_that_is_not_let_into_its_database_does_not_wait() {
    let cluster = PrivateCluster::start();
    let right = cluster.url();
    let (_, place) = right.split_once('@').expect("a user");
    let (server, query) = place.split_once('?').expect("a folder");
    let (server, _) = server.rsplit_once('/').expect("a database");
    for (wrong, why) in [
        (format!("postgres://stranger@{place}"), "stranger"),
        (
            format!("postgres://haggle@{server}/bazaar?{query}"),
            "bazaar",
        ),
    ] {
        let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle")).database(&wrong);
        let said = ServerProcess::try_spawn(&options).await.unwrap_err();
        assert!(
            said.contains(why) && !said.contains("tried again"),
            "{said}"
        );
    }
}
