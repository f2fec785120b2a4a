//! `haggle conformance` against a real server, and against one that does not keep its word.

use std::process::Output;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use test_support::Person;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    process::Command,
};
use tokio_tungstenite::{accept_async, client_async, tungstenite::Message};

use crate::world::{World, say};

fn token(person: &Person) -> &str {
    person.token.as_deref().unwrap()
}

async fn play(url: &str, person: &Person, more: &[&str]) -> (Output, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_haggle"));
    command.args(["conformance", "--url", url, "--token", token(person)]);
    let output = command.args(more).output().await.unwrap();
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    (output, said)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_promise_holds_against_the_server() {
    let world = World::open().await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "Good morning").await;
    let more = ["--other-token", token(&world.sofia)];
    let (output, said) = play(&world.server.base(), &world.anna, &more).await;
    assert!(output.status.success(), "{said}");
    assert!(!said.contains("BROKEN"), "{said}");
    assert!(
        said.contains("held     After a cut, what was missed comes in order"),
        "{said}"
    );
    assert!(
        said.contains("held     Typing is heard by the others alone"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_conversation_is_one_in_which_both_sit() {
    let world = World::open().await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "Good morning").await;
    // Anna's newest is with somebody else.
    let tom = serde_json::json!({"supplierId": "s-2"});
    let other = world.anna.post("/api/chat/conversations", tom).await;
    let other = crate::world::id(&other.expect(201));
    say(&world.anna, &other, "Good evening").await;
    let more = ["--other-token", token(&world.sofia), "--rounds", "1"];
    let (output, said) = play(&world.server.base(), &world.anna, &more).await;
    assert!(output.status.success(), "{said}");

    let more = ["--other-token", token(&world.bert)];
    let (output, _) = play(&world.server.base(), &world.anna, &more).await;
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("share none of their newest conversations"),
        "{said}"
    );
}

#[tokio::test]
async fn whoever_has_no_conversation_is_told_to_open_one() {
    let world = World::open().await;
    let (output, _) = play(&world.server.base(), &world.bert, &[]).await;
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("open one, or name one of theirs by --conversation"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_loses_a_message_of_a_resume_is_found_out() {
    let world = World::open().await;
    world.steel().await;
    let lie = |frame: &Value| match frame["type"].as_str() {
        Some("message") => Vec::new(),
        _ => vec![frame.clone()],
    };
    let url = lying(&world.server.base(), lie).await;
    let (output, said) = play(&url, &world.anna, &["--rounds", "1"]).await;
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("BROKEN   After a cut"), "{said}");
    assert!(
        said.contains("BROKEN   Messages sent at the same time"),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_a_message_twice_is_found_out() {
    let world = World::open().await;
    world.steel().await;
    let lie = |frame: &Value| match frame["type"].as_str() {
        Some("message") => vec![frame.clone(), frame.clone()],
        _ => vec![frame.clone()],
    };
    let url = lying(&world.server.base(), lie).await;
    let (output, said) = play(&url, &world.anna, &["--rounds", "1"]).await;
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("BROKEN   After a cut"), "{said}");
}

/// The address of a server that is this one, but for what its sockets say.
async fn lying(base: &str, lie: fn(&Value) -> Vec<Value>) -> String {
    let truth = base.trim_start_matches("http://").to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let truth = truth.clone();
            tokio::spawn(async move { relay(client, &truth, lie).await });
        }
    });
    format!("http://{address}")
}

async fn relay(mut client: TcpStream, truth: &str, lie: fn(&Value) -> Vec<Value>) {
    let mut server = TcpStream::connect(truth).await.unwrap();
    let mut start = [0; 21];
    while client.peek(&mut start).await.unwrap_or(start.len()) < start.len() {
        tokio::task::yield_now().await;
    }
    if &start[..] != b"GET /api/chat/ws HTTP" {
        let _ = copy_bidirectional(&mut client, &mut server).await;
        return;
    }
    let client = accept_async(client).await.unwrap();
    let url = format!("ws://{truth}/api/chat/ws");
    let (server, _) = client_async(url, server).await.unwrap();
    let (mut to_client, mut from_client) = client.split();
    let (mut to_server, mut from_server) = server.split();
    let up = async {
        while let Some(Ok(message)) = from_client.next().await {
            if to_server.send(message).await.is_err() {
                break;
            }
        }
    };
    let down = async {
        while let Some(Ok(message)) = from_server.next().await {
            let told = match &message {
                Message::Text(text) => {
                    let frames = lie(&serde_json::from_str(text).unwrap());
                    frames
                        .iter()
                        .map(|frame| Message::text(frame.to_string()))
                        .collect()
                }
                _ => vec![message],
            };
            for message in told {
                if to_client.send(message).await.is_err() {
                    return;
                }
            }
        }
    };
    tokio::select! {
        () = up => {}
        () = down => {}
    }
}
