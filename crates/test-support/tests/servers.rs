//! The clients and the server process, tried on small stand-ins for the server.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tempfile::TempDir;
use test_support::{Person, ServerOptions, ServerProcess, Socket};
use tokio::net::TcpListener;
use tokio_tungstenite::accept_async;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

/// A program that behaves like the server as far as a parent can see.
fn script(body: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("haggle");
    fs::write(&path, format!("#!/bin/sh\n{body}\n")).expect("a script");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("it can be run");
    (folder, path)
}

const OBEDIENT: &str = "
trap 'echo drained; exit 0' TERM
echo \"settings: $HAGGLE_LISTEN $DATABASE_URL $1\" >&2
echo 'haggle listening on http://127.0.0.1:4321'
while :; do sleep 0.01; done";

#[tokio::test]
async fn a_server_is_started_with_its_settings_and_drains() {
    let (_folder, binary) = script(OBEDIENT);
    let options = ServerOptions::new(binary).database("postgres://somewhere/x");
    let mut server = ServerProcess::spawn(&options).await;
    assert_eq!(server.base(), "http://127.0.0.1:4321");
    assert!(server.sigterm_and_wait().await.success());
    let said = || {
        server
            .output()
            .contains("127.0.0.1:0 postgres://somewhere/x serve")
    };
    test_support::eventually("both outputs are collected", async || {
        said() && server.output().contains("drained")
    })
    .await;
}

#[tokio::test]
async fn a_killed_server_is_gone() {
    let (_folder, binary) = script(OBEDIENT);
    let mut server = ServerProcess::spawn(&ServerOptions::new(binary)).await;
    let process = PathBuf::from(format!("/proc/{}", server.pid()));
    assert!(process.exists());
    server.kill9();
    assert!(!process.exists());
}

#[tokio::test]
#[should_panic(expected = "a wrong setting")]
async fn a_server_that_does_not_start_says_why() {
    let (_folder, binary) = script("echo 'a wrong setting' >&2; exit 1");
    ServerProcess::spawn(&ServerOptions::new(binary)).await;
}

/// Greets, answers pings, says one thing that was not asked for, and closes on `bye`.
async fn chat_server(listener: TcpListener) {
    let (stream, _) = listener.accept().await.expect("a client");
    let mut socket = accept_async(stream).await.expect("a handshake");
    let with = |kind: &str, payload: Value| {
        Message::text(json!({"type": kind, "payload": payload}).to_string())
    };
    let frame = |kind: &str| with(kind, json!({}));
    let authenticated = json!({
        "userId": "anna", "connectionId": "1", "expiresAt": "2099-01-01T00:00:00.000Z"
    });
    let typing = json!({"conversationId": "c", "userId": "sofia", "isTyping": true});
    while let Some(Ok(Message::Text(text))) = socket.next().await {
        let asked: Value = serde_json::from_str(&text).expect("JSON");
        let answers = match asked["type"].as_str() {
            Some("authenticate") => vec![
                with("authenticated", authenticated.clone()),
                with("typing", typing.clone()),
                frame("ready"),
            ],
            Some("ping") => vec![frame("pong")],
            Some("gossip") => vec![with("typing", typing.clone())],
            _ => vec![Message::Close(Some(CloseFrame {
                code: 4409.into(),
                reason: "".into(),
            }))],
        };
        for answer in answers {
            socket.send(answer).await.expect("the client listens");
        }
    }
}

async fn socket() -> Socket {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let base = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(chat_server(listener));
    Person::new(&base, "buyer-1").connect().await
}

#[tokio::test]
async fn a_socket_tells_silence_from_closing() {
    let mut socket = socket().await;
    socket.authenticate(Some(json!({"c1": 4}))).await;
    let kinds: Vec<_> = socket
        .until("ready")
        .await
        .into_iter()
        .map(|frame| frame.kind)
        .collect();
    assert_eq!(kinds, ["typing", "ready"]);
    socket.expect_silence_until_pong().await;
    socket.send("bye", json!({})).await;
    assert_eq!(socket.close_code().await, 4409);
}

#[tokio::test]
#[should_panic(expected = "heard what it must not hear")]
async fn gossip_breaks_the_silence() {
    let mut socket = socket().await;
    socket.authenticate(None).await;
    socket.until("ready").await;
    socket.send("gossip", json!({})).await;
    socket.expect_silence_until_pong().await;
}
