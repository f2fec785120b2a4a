//! Who is let in at all.

use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use test_support::Socket;

use super::rig::{HOUR, Rig};

#[tokio::test]
async fn a_socket_with_the_cookie_needs_an_allowed_origin() {
    let settings = [("HAGGLE_ALLOWED_ORIGINS", "https://shop.example")];
    let rig = Rig::with(&settings).await;
    let base = rig.listen();
    let cookie = format!("haggle_session={}", rig.token("anna", HOUR));

    for origin in ["https://evil.example", "null"] {
        let headers = [("cookie", &*cookie), ("origin", origin)];
        let refused = Socket::handshake(&base, &headers, "").await;
        assert_eq!(refused.err(), Some(403), "{origin}");
    }
    let refused = Socket::handshake(&base, &[("cookie", &cookie)], "").await;
    assert_eq!(refused.err(), Some(403));

    for origin in [&*base, "https://shop.example"] {
        let headers = [("cookie", &*cookie), ("origin", origin)];
        let mut anna = Socket::handshake(&base, &headers, "").await.unwrap();
        anna.send("authenticate", json!({})).await;
        let authenticated = anna.next().await;
        assert_eq!(authenticated.payload["userId"], "anna");
    }
}

#[tokio::test]
async fn without_a_cookie_any_origin_may_bring_a_token() {
    let rig = Rig::new().await;
    let base = rig.listen();
    let headers = [("origin", "https://evil.example"), ("cookie", "theme=dark")];
    let token = rig.token("anna", HOUR);
    let mut anna = Socket::handshake(&base, &headers, &token).await.unwrap();
    anna.authenticate(None).await;
}

#[tokio::test]
async fn a_token_goes_before_the_cookie() {
    let rig = Rig::new().await;
    let base = rig.listen();
    let cookie = format!("haggle_session={}", rig.token("anna", HOUR));
    let headers = [("cookie", &*cookie), ("origin", &*base)];
    let token = rig.token("ben", HOUR);
    let mut ben = Socket::handshake(&base, &headers, &token).await.unwrap();
    assert_eq!(ben.authenticate(None).await.payload["userId"], "ben");
}

#[tokio::test]
async fn what_is_not_a_handshake_is_refused_in_the_envelope() {
    let rig = Rig::new().await;
    let url = format!("{}/api/chat/ws", rig.listen());
    let upgrade = || {
        let request = Client::new().get(&url);
        request
            .header("connection", "keep-alive, Upgrade")
            .header("upgrade", "WebSocket")
    };
    let version_8 = upgrade().header("sec-websocket-version", "8");
    for request in [Client::new().get(&url), upgrade(), version_8] {
        let (status, body) = answer(request).await;
        assert_eq!(status, StatusCode::UPGRADE_REQUIRED);
        assert_eq!(body["code"], "upgrade_required");
        assert!(body["requestId"].is_string());
    }
    for key in ["", "c2hvcnQ=", "not base64 at all, really"] {
        let request = upgrade()
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", key);
        let (status, body) = answer(request).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(body["fields"]["sec-websocket-key"].is_string());
    }
    let (status, _) = answer(Client::new().post(&url)).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
}

async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}
