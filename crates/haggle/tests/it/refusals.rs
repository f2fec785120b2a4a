//! Whatever somebody sends, the answer says what is wrong with it, and it is never a defect of the server.

mod bodies;

use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Frame, Heard, Socket};
use tokio_tungstenite::tungstenite::Message;

use crate::world::{API_KEY, World, of, say};

/// Sends a body as it stands.
async fn send_body(world: &World, method: Method, path: &str, body: Vec<u8>) -> Answer {
    let request = world.anna.request(method, path);
    let request = request
        .header("content-type", "application/json")
        .header("x-api-key", API_KEY);
    Answer::to(request.body(body)).await
}

#[tokio::test]
async fn a_text_that_is_refused_says_what_to_change() {
    let world = World::open().await;
    let messages = of(&world.steel().await, "/messages");
    let text = |length: usize| format!(r#"{{"content":"{}"}}"#, "ö".repeat(length));
    for (body, field, says) in [
        (text(10_001), "content", "1 character too many"),
        (text(12_345), "content", "2345 characters too many"),
        (text(12_345), "content", "at most 10000"),
        (
            r#"{"content":"\ud83d"}"#.into(),
            "content",
            "half of an emoji",
        ),
        (
            r#"{"content":"ok \udc00 ok"}"#.into(),
            "content",
            "half of an emoji",
        ),
        (
            r#"{"content":" \n\u202e"}"#.into(),
            "content",
            "only spaces and invisible characters",
        ),
        (
            r#"{"content":"\u0000"}"#.into(),
            "content",
            "only spaces and invisible characters",
        ),
        (
            r#"{"content":""}"#.into(),
            "content",
            "Message content is required",
        ),
        ("{}".into(), "content", "Message content is required"),
        (r#"{"content":7}"#.into(), "content", "Must be a text"),
        (
            r#"{"content":"a","clientMessageId":"\ud800"}"#.into(),
            "clientMessageId",
            "half of an emoji",
        ),
        (
            r#"{"content":"a","clientMessageId":"\u0000"}"#.into(),
            "clientMessageId",
            "NUL",
        ),
        (
            r#"{"content":"a","clientMessageId":""}"#.into(),
            "clientMessageId",
            "1 to 64 characters",
        ),
        (
            r#"{"content":"a","attachments":["\ud800"]}"#.into(),
            "attachments",
            "half of an emoji",
        ),
    ] {
        let answer = send_body(&world, Method::POST, &messages, body.clone().into()).await;
        let problem = answer.expect(400);
        assert_eq!(problem["code"], "validation_failed");
        let reason = problem["fields"][field].as_str().expect("a reason");
        assert!(reason.contains(says), "{body:.60}: {reason}");
        let message = problem["message"].as_str().expect("a sentence");
        assert!(message.contains(reason), "{body:.60}: {message}");
    }
}

#[tokio::test]
async fn characters_are_counted_before_spaces_are_put_in() {
    let world = World::open().await;
    let messages = of(&world.steel().await, "/messages");
    let full = "<a".repeat(5_000);
    let sent = world.anna.post(&messages, json!({"content": full})).await;
    assert_eq!(sent.expect(201)["message"]["message"], "< a".repeat(5_000));
}

/// What no client of ours sends.
fn odd_texts() -> Vec<Value> {
    let texts = [
        "",
        "\0",
        "a\0b",
        "\u{FFFF}",
        "\u{202E}",
        "'; drop table users; --",
        "%00",
        "../../etc/passwd",
        "01900000-0000-7000-8000-000000000000",
    ];
    let long = ["x".repeat(129), "x".repeat(10_000), "\0".repeat(5_000)];
    let texts = texts.map(Value::from).into_iter();
    texts.chain(long.map(Value::from)).collect()
}

fn odd_values() -> Vec<Value> {
    let mut values = odd_texts();
    values.extend([
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e300),
        json!([]),
        json!({}),
        json!(["\0"]),
        json!({"\0": "\0"}),
    ]);
    values
}

/// Every frame with every odd value in every one of its places.
fn odd_frames(conversation: &str, message: &str) -> Vec<String> {
    let mut payloads = Vec::new();
    for odd in odd_values() {
        payloads.push(("read", json!({"conversationId": conversation, "upTo": odd})));
        payloads.push(("read", json!({"conversationId": odd, "upTo": message})));
        payloads.push(("read", json!({"conversationId": odd})));
        payloads.push(("typing", json!({"conversationId": odd})));
        payloads.push((
            "typing",
            json!({"conversationId": conversation, "isTyping": odd}),
        ));
        payloads.push(("resume", json!({"since": odd})));
        payloads.push(("resume", json!({"since": {conversation: odd}})));
        payloads.push((
            "resume",
            json!({"since": {conversation: {"seq": odd, "rev": 1}}}),
        ));
        payloads.push((
            "resume",
            json!({"since": {conversation: {"seq": 1, "rev": odd}}}),
        ));
        if let Some(key) = odd.as_str() {
            payloads.push(("resume", json!({"since": {key: 1}})));
            payloads.push((
                "resume",
                json!({"since": {key: {"seq": i64::MAX, "rev": i64::MAX}}}),
            ));
        }
        payloads.push(("ping", odd));
    }
    let frame = |(kind, payload)| json!({"type": kind, "payload": payload}).to_string();
    let mut frames: Vec<_> = payloads.into_iter().map(frame).collect();
    let surrogates = frames
        .iter()
        .map(|frame| frame.replace(r"\u0000", r"\ud800"));
    frames.extend(surrogates.collect::<Vec<_>>());
    frames.sort();
    frames.dedup();
    frames
}

/// What the server says to this frame; a ping behind it shows where the answer ends.
async fn answers(socket: &mut Socket, frame: &str) -> Vec<Frame> {
    socket.send_raw(Message::text(frame.to_owned())).await;
    socket.send("ping", json!({})).await;
    let mut pongs = 1 + usize::from(frame.contains(r#""type":"ping""#));
    let mut frames = Vec::new();
    while pongs > 0 {
        match socket.hear(test_support::PATIENCE).await {
            Heard::Frame(heard) => {
                pongs -= usize::from(heard.kind == "pong");
                // A ping that was not understood has no pong.
                pongs -= usize::from(heard.kind == "error" && frame.contains(r#""type":"ping""#));
                frames.push(heard);
            }
            other => panic!("{frame:.200} was answered by {other:?}"),
        }
    }
    frames
}

fn assert_no_defect(world: &World) {
    let log = world.server.output();
    for defect in ["refused a statement", "panicked", "ERROR"] {
        assert!(!log.contains(defect), "{log}");
    }
}

#[tokio::test]
async fn no_frame_is_an_internal_error() {
    let world = World::open().await;
    let steel = world.steel().await;
    let said = say(&world.anna, &steel, "hello").await;
    let mut socket = world.sofia.online().await;
    for frame in odd_frames(&steel, said["id"].as_str().expect("an id")) {
        for heard in answers(&mut socket, &frame).await {
            let code = &heard.payload["code"];
            let is_defect = code == "internal" || code == "unavailable";
            assert!(!is_defect, "{frame:.200} was answered by {heard:?}");
        }
    }
    assert_no_defect(&world);
}

#[tokio::test]
async fn a_frame_is_held_against_the_rules_of_the_endpoint() {
    let world = World::open().await;
    let steel = world.steel().await;
    let mut socket = world.sofia.online().await;
    let long = "x".repeat(10_000);
    for (kind, payload, code, says) in [
        (
            "read",
            json!({"conversationId": steel, "upTo": "\0"}),
            "validation_failed",
            "upTo",
        ),
        (
            "read",
            json!({"conversationId": steel, "upTo": long}),
            "validation_failed",
            "upTo",
        ),
        (
            "read",
            json!({"conversationId": steel, "upTo": ""}),
            "validation_failed",
            "upTo",
        ),
        (
            "read",
            json!({"conversationId": steel, "upTo": "nothing"}),
            "validation_failed",
            "upTo",
        ),
        (
            "read",
            json!({"conversationId": "\0"}),
            "conversation_not_found",
            "not found",
        ),
        (
            "read",
            json!({"conversationId": long}),
            "conversation_not_found",
            "not found",
        ),
        (
            "typing",
            json!({"conversationId": ""}),
            "conversation_not_found",
            "not found",
        ),
        (
            "typing",
            json!({"conversationId": "\0"}),
            "conversation_not_found",
            "not found",
        ),
    ] {
        socket.send(kind, payload.clone()).await;
        let heard = socket.next().await;
        assert_eq!(
            (&*heard.kind, &heard.payload["code"]),
            ("error", &json!(code)),
            "{payload}"
        );
        let message = heard.payload["message"].as_str().expect("a sentence");
        assert!(message.contains(says), "{message}");
    }
}

#[tokio::test]
async fn no_token_and_no_since_is_an_internal_error() {
    let world = World::open().await;
    let steel = world.steel().await;
    for odd in odd_values() {
        let mut socket = world.sofia.connect().await;
        socket.send("authenticate", json!({"token": odd})).await;
        match socket.hear(test_support::PATIENCE).await {
            Heard::Closed(code) => assert_eq!(code, 4401, "{odd:.60}"),
            Heard::Frame(heard) => assert_eq!(heard.payload["code"], "bad_frame", "{odd:.60}"),
            Heard::Nothing => panic!("{odd:.60} was not answered"),
        }
        for since in [json!({&*steel: odd}), json!({"seq": 1, "rev": odd})] {
            let token = &world.sofia.token;
            let mut socket = world.sofia.connect().await;
            let asked = json!({"token": token, "since": since});
            socket.send("authenticate", asked).await;
            let heard = socket.next().await;
            let is_good = heard.kind == "authenticated" || heard.payload["code"] == "bad_frame";
            assert!(is_good, "{since:.60} was answered by {heard:?}");
        }
    }
    assert_no_defect(&world);
}
