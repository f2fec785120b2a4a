//! Whatever somebody sends, the answer says what is wrong with it, and it is never a defect of the server.

use std::fmt::Write;

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
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

/// Percent-encoded in full.
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "%{byte:02x}");
        text
    })
}

/// Method, path and body.
type Request = (Method, String, Vec<u8>);

/// Every field of every body with every odd value.
fn odd_bodies(steel: &str) -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    let values: Vec<String> = odd_values().iter().map(ToString::to_string).collect();
    let more = [
        r#""\ud800""#,
        r#""\ud83d\ud83d""#,
        r#"["\udc00"]"#,
        "1e999",
        "-0",
    ];
    let values: Vec<String> = values.into_iter().chain(more.map(str::to_owned)).collect();
    for (method, path, fields) in [
        (
            Method::POST,
            "/api/chat/conversations",
            "supplierId productId type buyerId adminId",
        ),
        (
            Method::POST,
            &*of(steel, "/messages"),
            "content clientMessageId attachments",
        ),
        (Method::PATCH, &*of(steel, "/read"), "upTo"),
        (Method::PATCH, "/api/chat/notifications/read", "ids"),
        (
            Method::PUT,
            "/api/directory/users/x",
            "name email role isActive",
        ),
        (Method::PUT, "/api/directory/suppliers/x", "userId name"),
        (
            Method::PUT,
            "/api/directory/products/x",
            "name image supplierId",
        ),
    ] {
        for field in fields.split(' ') {
            for value in &values {
                let good = r#""content":"a","supplierId":"s-1","name":"n","email":"e@x.y","role":"buyer","userId":"tom""#;
                for body in [
                    format!(r#"{{"{field}":{value}}}"#),
                    format!(r#"{{{good},"{field}":{value}}}"#),
                ] {
                    requests.push((method.clone(), path.into(), body.into()));
                }
            }
        }
    }
    requests
}

/// Every id and every part of a query with every odd text.
fn odd_paths(steel: &str) -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    for text in odd_texts().iter().filter_map(Value::as_str) {
        let text = encoded(text);
        for (path, names) in [
            (
                "/api/chat/conversations",
                "limit cursor type q view waiting counts",
            ),
            (
                &*of(steel, "/messages"),
                "limit before after around markRead",
            ),
            ("/api/chat/notifications", "limit cursor unread"),
            (
                "/api/chat/audit",
                "limit cursor conversationId actorId action from to format",
            ),
        ] {
            for name in names.split(' ') {
                requests.push((Method::GET, format!("{path}?{name}={text}"), vec![]));
            }
        }
        for (method, before, after) in [
            (Method::GET, "conversations/", ""),
            (Method::GET, "conversations/", "/messages"),
            (Method::POST, "conversations/", "/messages"),
            (Method::PATCH, "conversations/", "/read"),
            (Method::POST, "conversations/", "/join"),
            (Method::POST, "conversations/", "/leave"),
            (Method::GET, "users/", "/status"),
            (Method::GET, "attachments/", ""),
            (Method::GET, "attachments/", "/thumbnail"),
            (Method::GET, "attachments/", "?expires=9&signature=%00"),
        ] {
            let path = format!("/api/chat/{before}{text}{after}");
            requests.push((method, path, br#"{"content":"a"}"#.to_vec()));
        }
        for kind in ["users", "suppliers", "products"] {
            let path = format!("/api/directory/{kind}/{text}");
            requests.push((Method::DELETE, path, vec![]));
        }
    }
    requests
}

/// Times that PostgreSQL or a library may not know.
fn odd_times() -> Vec<Request> {
    let mut requests: Vec<Request> = Vec::new();
    for time in [
        "-9999-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "+292277-01-01T00:00:00Z",
    ] {
        for name in ["from", "to"] {
            let path = format!("/api/chat/audit?{name}={}", encoded(time));
            requests.push((Method::GET, path, vec![]));
        }
    }
    requests
}

#[tokio::test]
async fn no_request_is_an_internal_error() {
    let world = World::open().await;
    let steel = world.steel().await;
    let requests = [odd_bodies(&steel), odd_paths(&steel), odd_times()];
    for (method, path, body) in requests.concat() {
        let person = if path.contains("audit") || path.contains("join") {
            &world.ada
        } else {
            &world.anna
        };
        let request = person
            .request(method.clone(), &path)
            .header("x-api-key", API_KEY)
            .header("content-type", "application/json");
        let answer = Answer::to(request.body(body.clone())).await;
        let body = String::from_utf8_lossy(&body);
        assert!(
            answer.status < 500,
            "{method} {path:.120} {body:.200}: {:#}",
            answer.json
        );
    }
    assert_no_defect(&world);
}

#[tokio::test]
async fn no_cut_or_mixed_up_body_is_an_internal_error() {
    let world = World::open().await;
    let messages = of(&world.steel().await, "/messages");
    let mut dice = StdRng::seed_from_u64(7);
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"content\"",
        "\"a\"",
        "\"",
        "\\u0000",
        "\\ud800",
        "\\udc00",
        "\\",
        "\0",
        "null",
        "1e999",
        "-",
        "\u{feff}",
        "ö",
        " ",
        "\"clientMessageId\"",
        "\"attachments\"",
    ];
    for _ in 0..500 {
        let length = dice.random_range(0..12);
        let body: String = (0..length)
            .filter_map(|_| pieces.choose(&mut dice))
            .copied()
            .collect();
        for body in [
            body.clone(),
            format!(r#"{{"content":"a",{body}}}"#),
            format!(r#"{{"content":"{body}"}}"#),
        ] {
            let answer = send_body(&world, Method::POST, &messages, body.clone().into()).await;
            assert!(answer.status < 500, "{body:?}: {:#}", answer.json);
        }
    }
    assert_no_defect(&world);
}
