//! What a client may say, and what it hears when it may not.

use chat::person::Role;
use serde_json::{Value, json};
use test_support::Socket;
use tokio_tungstenite::tungstenite::{
    Message,
    protocol::frame::{
        Frame,
        coding::{Data, OpCode},
    },
};

use super::rig::{HOUR, Rig};

/// Somebody's socket that is ready, over TCP.
async fn join(rig: &Rig, base: &str, user: &str) -> Socket {
    let mut socket = Socket::connect(base, &rig.token(user, HOUR)).await;
    socket.authenticate(None).await;
    socket.until("ready").await;
    socket
}

async fn error_code(socket: &mut Socket) -> String {
    let frame = socket.next().await;
    assert_eq!(frame.kind, "error", "{frame:?}");
    assert!(frame.payload["message"].is_string());
    frame.payload["code"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_first_frame_says_who_is_there() {
    let rig = Rig::new().await;
    let base = rig.listen();
    let token = rig.token("anna", HOUR);
    let mut anna = Socket::connect(&base, &token).await;
    let authenticated = anna.authenticate(None).await;
    assert_eq!(authenticated.payload["userId"], "anna");
    assert!(authenticated.payload["connectionId"].is_string());
    let expires_at = rig.app.auth.verify(&token).unwrap().expires_at;
    assert_eq!(authenticated.payload["expiresAt"], expires_at.to_string());
    assert_eq!(anna.next().await.kind, "ready");
    anna.expect_silence_until_pong().await;
}

#[tokio::test]
async fn any_other_first_frame_is_4401() {
    let rig = Rig::new().await;
    let base = rig.listen();
    for first in [
        Message::text(r#"{"type":"ping"}"#),
        Message::text(r#"{"type":"typing","payload":{"conversationId":"c"}}"#),
        Message::text("authenticate"),
        Message::text(r#"{"type":"hello"}"#),
        Message::text(r#"{"type":"authenticate"}"#),
        Message::text(r#"{"type":"authenticate","payload":{"token":"forged"}}"#),
        Message::binary(r#"{"type":"authenticate"}"#),
    ] {
        let mut socket = Socket::connect(&base, "").await;
        socket.send_raw(first.clone()).await;
        assert_eq!(socket.close_code().await, 4401, "{first:?}");
    }
}

#[tokio::test]
async fn nobody_enters_who_is_not_there_or_not_active() {
    let rig = Rig::new().await;
    let base = rig.listen();
    rig.put("dora", Role::Buyer, false).await;
    for user in ["dora", "nobody"] {
        let mut socket = Socket::connect(&base, "").await;
        let token = rig.token(user, HOUR);
        socket.send("authenticate", json!({"token": token})).await;
        assert_eq!(socket.close_code().await, 4401, "{user}");
    }
}

#[tokio::test]
async fn a_wrong_payload_of_authenticate_may_be_repaired() {
    let rig = Rig::new().await;
    let base = rig.listen();
    let mut anna = Socket::connect(&base, &rig.token("anna", HOUR)).await;
    anna.send("authenticate", json!({"token": 7})).await;
    assert_eq!(error_code(&mut anna).await, "bad_frame");
    anna.authenticate(None).await;
    anna.until("ready").await;
}

#[tokio::test]
async fn frames_sent_too_early_are_answered_after_authenticated_in_order() {
    let rig = Rig::new().await;
    let base = rig.listen();
    let mut anna = Socket::connect(&base, "").await;
    let token = rig.token("anna", HOUR);
    anna.send("authenticate", json!({"token": token})).await;
    anna.send("ping", json!({})).await;
    anna.send("read", json!({"conversationId": "none"})).await;
    anna.send("resume", json!({"since": {"none": 0}})).await;
    anna.send("ping", json!({})).await;
    for kind in [
        "authenticated",
        "ready",
        "pong",
        "error",
        "reset",
        "ready",
        "pong",
    ] {
        assert_eq!(anna.next().await.kind, kind);
    }
}

#[tokio::test]
async fn a_bad_frame_is_answered_and_three_in_a_row_are_4400() {
    let rig = Rig::new().await;
    let base = rig.listen();
    let mut anna = join(&rig, &base, "anna").await;
    for _ in 0..3 {
        anna.send_raw(Message::text("{")).await;
        assert_eq!(error_code(&mut anna).await, "bad_frame");
        anna.send("message", json!({})).await;
        assert_eq!(error_code(&mut anna).await, "unknown_type");
        // One that is understood begins a new row, also when it is refused.
        anna.send("read", json!({"conversationId": "none"})).await;
        assert_eq!(error_code(&mut anna).await, "conversation_not_found");
    }
    anna.send_raw(Message::binary("ping")).await;
    anna.send("typing", json!({})).await;
    anna.send("hello", json!({})).await;
    for code in ["bad_frame", "bad_frame", "unknown_type"] {
        assert_eq!(error_code(&mut anna).await, code);
    }
    assert_eq!(anna.close_code().await, 4400);
}

#[tokio::test]
async fn what_is_not_allowed_is_refused_as_over_http() {
    let rig = Rig::new().await;
    let conversation = rig.conversation().await;
    let theirs = rig.open("carl", "ben").await;
    let message = rig.send("carl", &theirs, "hello").await;
    let base = rig.listen();
    let mut anna = join(&rig, &base, "anna").await;
    let mut ada = join(&rig, &base, "ada").await;

    let missing = [
        json!("none"),
        json!(""),
        json!("a\u{0}b"),
        json!("x".repeat(200)),
    ];
    for conversation in missing {
        for kind in ["read", "typing"] {
            anna.send(kind, json!({"conversationId": conversation}))
                .await;
            assert_eq!(error_code(&mut anna).await, "conversation_not_found");
        }
    }
    for kind in ["read", "typing"] {
        let payload = json!({"conversationId": theirs});
        anna.send(kind, payload.clone()).await;
        assert_eq!(error_code(&mut anna).await, "not_participant");
        // An administrator who has not joined reads, and changes nothing.
        ada.send(kind, payload).await;
        assert_eq!(error_code(&mut ada).await, "not_participant");
    }
    let payload = json!({"conversationId": conversation, "upTo": message.id});
    anna.send("read", payload).await;
    assert_eq!(error_code(&mut anna).await, "validation_failed");
    anna.expect_silence_until_pong().await;
}

#[tokio::test]
async fn a_frame_of_64_kib_is_read_and_a_longer_one_is_1009() {
    let rig = Rig::new().await;
    let base = rig.listen();
    let padded = |bytes: usize| {
        let frame = json!({"type": "ping", "payload": {"x": ""}}).to_string();
        let padding = "x".repeat(bytes - frame.len());
        Message::text(json!({"type": "ping", "payload": {"x": padding}}).to_string())
    };
    let mut anna = join(&rig, &base, "anna").await;
    anna.send_raw(padded(64 << 10)).await;
    assert_eq!(anna.next().await.kind, "pong");
    anna.send_raw(padded((64 << 10) + 1)).await;
    assert_eq!(anna.close_code().await, 1009);

    // Also when the frame is still being sent while the server has had enough.
    let mut anna = join(&rig, &base, "anna").await;
    anna.send_raw(padded(8 << 20)).await;
    assert_eq!(anna.close_code().await, 1009);
}

#[tokio::test]
async fn invalid_utf_8_is_1007() {
    let rig = Rig::new().await;
    let base = rig.listen();
    let invalid = || {
        let text = OpCode::Data(Data::Text);
        Message::Frame(Frame::message(vec![b'"', 0xff, b'"'], text, true))
    };
    let mut stranger = Socket::connect(&base, "").await;
    stranger.send_raw(invalid()).await;
    assert_eq!(stranger.close_code().await, 1007);
    let mut anna = join(&rig, &base, "anna").await;
    anna.send_raw(invalid()).await;
    assert_eq!(anna.close_code().await, 1007);
}

#[tokio::test]
async fn one_socket_too_many_replaces_the_oldest() {
    let rig = Rig::with(&[("HAGGLE_SOCKETS_PER_USER", "2")]).await;
    let base = rig.listen();
    let mut oldest = join(&rig, &base, "anna").await;
    let mut older = join(&rig, &base, "anna").await;
    let mut ben = join(&rig, &base, "ben").await;
    let mut newest = join(&rig, &base, "anna").await;
    assert_eq!(oldest.close_code().await, 4409);
    older.expect_silence_until_pong().await;
    newest.expect_silence_until_pong().await;
    ben.expect_silence_until_pong().await;
}

#[tokio::test]
async fn a_fresh_token_extends_and_another_users_is_4403() {
    let rig = Rig::new().await;
    let conversation = rig.conversation().await;
    let base = rig.listen();
    let mut anna = join(&rig, &base, "anna").await;

    let token = rig.token("anna", 2 * HOUR);
    anna.send("authenticate", json!({"token": token})).await;
    let again = anna.next().await;
    assert_eq!(again.kind, "authenticated");
    let expires_at = rig.app.auth.verify(&token).unwrap().expires_at;
    assert_eq!(again.payload["expiresAt"], expires_at.to_string());
    assert_eq!(anna.next().await.kind, "ready");
    anna.expect_silence_until_pong().await;

    // With `since` it is a resume as well.
    let payload = json!({"token": token, "since": {conversation.as_str(): 0}});
    anna.send("authenticate", payload).await;
    let kinds: Vec<_> = (anna.until("ready").await.into_iter())
        .map(|frame| frame.kind)
        .collect();
    assert_eq!(kinds, ["authenticated", "conversation_updated", "ready"]);

    let token = rig.token("ben", HOUR);
    anna.send("authenticate", json!({"token": token})).await;
    assert_eq!(anna.close_code().await, 4403);
}

#[tokio::test]
async fn a_bad_token_later_is_4401() {
    let rig = Rig::new().await;
    let base = rig.listen();
    let mut anna = join(&rig, &base, "anna").await;
    anna.send("authenticate", json!({"token": "forged"})).await;
    assert_eq!(anna.close_code().await, 4401);
}

#[tokio::test]
async fn the_unread_notifications_follow_authenticated() {
    let rig = Rig::new().await;
    let (one, two) = (rig.conversation().await, rig.open("anna", "sue").await);
    rig.send("ben", &one, "first").await;
    rig.send("ben", &one, "second").await;
    rig.send("sue", &two, "third").await;
    let base = rig.listen();
    let mut anna = Socket::connect(&base, &rig.token("anna", HOUR)).await;
    anna.authenticate(None).await;
    let frames = anna.until("ready").await;
    let mut heard: Vec<(Value, Value)> = frames
        .into_iter()
        .filter(|frame| frame.kind == "notification")
        .map(|mut frame| frame.payload["notification"].take())
        .map(|mut row| (row["conversationId"].take(), row["count"].take()))
        .collect();
    heard.sort_by_key(|(_, count)| count.as_i64());
    assert_eq!(heard, [(json!(two), json!(1)), (json!(one), json!(2))]);
}
