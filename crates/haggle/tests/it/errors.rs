use reqwest::{Method, header::CONTENT_TYPE};
use serde_json::{Value, json};
use test_support::{Answer, Person};

use crate::world::{World, of, say};

/// The envelope, provided that the answer has this status, and is one.
#[track_caller]
fn problem(answer: Answer, status: u16, code: &str) -> Value {
    let header = answer.headers["x-request-id"].to_str().unwrap().to_owned();
    assert_eq!(answer.headers["content-type"], "application/json");
    let problem = answer.expect(status);
    assert_eq!(problem["code"], code, "{problem}");
    assert_eq!(problem["requestId"], header);
    let known = ["code", "error", "fields", "message", "requestId"];
    assert!(
        problem
            .as_object()
            .unwrap()
            .keys()
            .all(|key| known.contains(&key.as_str()))
    );
    assert_eq!(problem["fields"].is_object(), status == 400);
    problem
}

async fn send_raw(
    person: &Person,
    method: Method,
    path: &str,
    media_type: &str,
    body: Vec<u8>,
) -> Answer {
    let request = person
        .request(method, path)
        .header(CONTENT_TYPE, media_type);
    Answer::to(request.body(body)).await
}

#[tokio::test]
async fn every_error_has_the_same_shape() {
    let world = World::open().await;
    let steel = world.steel().await;
    let messages = of(&steel, "/messages");

    let unauthorized = problem(world.nobody().get(&messages).await, 401, "unauthorized");
    assert_eq!(unauthorized["error"], "Unauthorized");
    let forbidden = problem(world.bert.get(&messages).await, 403, "not_participant");
    assert_eq!(forbidden["error"], "Forbidden");
    assert_eq!(
        forbidden["message"],
        "You are not authorized to access this conversation"
    );
    let missing = problem(
        world.anna.get(&of("none", "/messages")).await,
        404,
        "conversation_not_found",
    );
    assert_eq!(missing["error"], "Not Found");
    assert_eq!(missing["message"], "Conversation not found");
    let invalid = problem(
        world.anna.post(&messages, json!({})).await,
        400,
        "validation_failed",
    );
    assert_eq!(invalid["error"], "Validation Error");
    assert_eq!(
        invalid["fields"],
        json!({"content": "Message content is required"})
    );
    let nowhere = world.anna.get("/api/nowhere").await;
    problem(nowhere, 404, "not_found");
    let method = world.anna.delete(&messages).await;
    assert_eq!(method.headers["allow"], "GET,HEAD,POST");
    problem(method, 405, "method_not_allowed");
    world
        .ada
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(200);
    problem(
        world.alan.post(&of(&steel, "/join"), json!({})).await,
        409,
        "conflict",
    );
    let long = send_raw(
        &world.anna,
        Method::POST,
        &messages,
        "application/json",
        vec![b' '; 300 * 1024],
    )
    .await;
    problem(long, 413, "payload_too_large");
    let text = send_raw(
        &world.anna,
        Method::POST,
        &messages,
        "text/plain",
        b"{}".to_vec(),
    )
    .await;
    problem(text, 415, "unsupported_media_type");
}

#[tokio::test]
async fn a_body_that_is_packed_or_in_other_letters_is_not_read_as_if_it_were_not() {
    let world = World::open().await;
    let steel = world.steel().await;
    let messages = of(&steel, "/messages");
    let form = "multipart/form-data; boundary=x";
    let json = "application/json";
    let hello = r#"{"content": "hello"}"#;
    let post = |path: &str, kind: &str, packing: Option<&str>, body: &str| {
        let request = world
            .anna
            .request(Method::POST, path)
            .header("content-type", kind);
        let request = match packing {
            Some(packing) => request.header("content-encoding", packing),
            None => request,
        };
        Answer::to(request.body(body.to_owned()))
    };
    let file = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhi\r\n--x--\r\n";
    for packing in ["gzip", "br", "identity, deflate"] {
        let sent = post(&messages, json, Some(packing), hello).await;
        problem(sent, 415, "unsupported_media_type");
        let sent = post("/api/chat/attachments", form, Some(packing), file).await;
        problem(sent, 415, "unsupported_media_type");
    }
    for charset in ["utf-16", "\"UTF-16LE\"", "iso-8859-1"] {
        let kind = format!("{json}; charset={charset}");
        problem(
            post(&messages, &kind, None, hello).await,
            415,
            "unsupported_media_type",
        );
    }
    for kind in [
        json,
        "application/json; charset=UTF-8",
        "application/json;charset=\"utf-8\"; x=y",
    ] {
        post(&messages, kind, Some("identity"), hello)
            .await
            .expect(201);
    }
    post("/api/chat/attachments", form, Some("identity"), file)
        .await
        .expect(201);
}

#[tokio::test]
async fn nothing_malformed_gets_further_than_a_400() {
    let world = World::open().await;
    let steel = world.steel().await;
    let messages = of(&steel, "/messages");
    let bodies: &[&[u8]] = &[
        b"",
        b"{",
        b"[]",
        b"null",
        b"5",
        b"\"text\"",
        b"{\"content\":",
        b"{\"content\":\"\xff\"}",
        b"{\"content\":\"\\ud800\"}",
        b"{\"content\":1}",
        b"{\"content\":[\"a\"]}",
        b"{\"content\":{}}",
        b"{\"content\":\"\"}",
        b"{\"content\":\" \\n\\u0000\"}",
        b"{\"content\":\"\\ud800\"}",
        b"{\"content\":\"a\",\"clientMessageId\":\"\"}",
        b"{\"content\":\"a\",\"clientMessageId\":5}",
        b"{\"content\":\"a\",\"attachments\":\"b\"}",
        b"{\"content\":\"a\",\"attachments\":[\"b\"]}",
    ];
    for body in bodies {
        let answer = send_raw(
            &world.anna,
            Method::POST,
            &messages,
            "application/json",
            body.to_vec(),
        )
        .await;
        problem(answer, 400, "validation_failed");
    }
    let long = "x".repeat(10_001);
    problem(
        world.anna.post(&messages, json!({"content": long})).await,
        400,
        "validation_failed",
    );
    let deep = vec![b'['; 200_000];
    let deep = send_raw(
        &world.anna,
        Method::POST,
        &messages,
        "application/json",
        deep,
    )
    .await;
    problem(deep, 400, "validation_failed");

    let queries = [
        "limit=0",
        "limit=101",
        "limit=-1",
        "limit=ten",
        "limit=1.5",
        "limit=",
        "limit=99999999999999999999",
        "before=none",
        "after=none",
        "around=none",
        "before=",
        "before=%00",
        "before=%",
        "before=%ff",
        "before=a&after=b",
        "markRead=maybe",
        "limit=1&limit=1",
    ];
    for query in queries {
        let answer = world.anna.get(&format!("{messages}?{query}")).await;
        problem(answer, 400, "validation_failed");
    }
    for id in [
        "%00",
        "%ff",
        "a%2Fb",
        "%F0%9F%A6%80",
        &"x".repeat(2_000),
        "..%2F..%2Fetc",
        "'%20or%201=1",
    ] {
        for part in ["", "/messages"] {
            let answer = world.anna.get(&of(id, part)).await;
            problem(answer, 404, "conversation_not_found");
        }
    }
    // And the server goes on.
    say(&world.anna, &steel, "still here").await;
}

#[tokio::test]
async fn all_wrong_fields_are_named_at_once() {
    let world = World::open().await;
    let steel = world.steel().await;
    let body = json!({"content": " ", "clientMessageId": "x".repeat(65), "attachments": 7});
    let wrong = problem(
        world.anna.post(&of(&steel, "/messages"), body).await,
        400,
        "validation_failed",
    );
    let fields: Vec<_> = wrong["fields"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["attachments", "clientMessageId", "content"]);
    let wrong = world
        .anna
        .get(&format!(
            "{}?limit=0&markRead=x&around=",
            of(&steel, "/messages")
        ))
        .await;
    let wrong = problem(wrong, 400, "validation_failed");
    let fields: Vec<_> = wrong["fields"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["around", "limit", "markRead"]);
}

#[tokio::test]
async fn a_request_may_bring_its_own_id() {
    let world = World::open().await;
    let ask = async |id: &str| {
        let request = world.nobody().request(Method::GET, "/healthz");
        let answer = Answer::to(request.header("x-request-id", id)).await;
        answer.headers["x-request-id"].to_str().unwrap().to_owned()
    };
    assert_eq!(ask("proxy-7.a_B").await, "proxy-7.a_B");
    for bad in ["", "a b", "a\"b", &"x".repeat(65)] {
        assert_ne!(ask(bad).await, bad);
    }
}

/// A server that closed while the client still writes would reset the connection, and the answer
/// would be lost with it.
#[tokio::test]
async fn who_still_writes_gets_the_answer_all_the_same() {
    let world = World::open().await;
    let messages = of(&world.steel().await, "/messages");
    let long = || vec![b' '; 16 << 20];
    for _ in 0..5 {
        let json = "application/json";
        let refused = send_raw(&world.anna, Method::POST, &messages, json, long()).await;
        problem(refused, 413, "payload_too_large");
        let nobody = world.nobody();
        let refused = send_raw(&nobody, Method::POST, &messages, json, long()).await;
        problem(refused, 401, "unauthorized");
    }
    let nowhere = "/api/nowhere";
    let lost = send_raw(&world.anna, Method::POST, nowhere, "text/plain", long()).await;
    problem(lost, 404, "not_found");
}
