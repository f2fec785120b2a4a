//! Letting a WebSocket in: an upgrade of HTTP/1.1 as RFC 6455 has it.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hyper_util::rt::TokioIo;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::connection::serve;
use crate::app::App;

/// The longest between our answer and the connection being ours.
const UPGRADE_TIMEOUT: Duration = Duration::from_secs(10);

/// The handler of `GET /api/chat/ws`.
pub async fn upgrade(State(app): State<Arc<App>>, mut request: Request) -> Response<Body> {
    if app.draining.is_cancelled() {
        return refuse(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "This server is going away",
        );
    }
    let accept = match accept_key(request.method(), request.headers()) {
        Ok(accept) => accept,
        Err(response) => return *response,
    };
    let cookie = cookie_token(request.headers()).map(Box::from);
    // Browsers send the cookie from any page, and the same-origin policy does not cover sockets.
    if cookie.is_some() && !is_allowed_origin(request.headers()) {
        return refuse(
            StatusCode::FORBIDDEN,
            "origin_not_allowed",
            "A socket with a session cookie needs an allowed origin",
        );
    }
    let upgraded = hyper::upgrade::on(&mut request);
    app.tasks.clone().spawn(async move {
        match timeout(UPGRADE_TIMEOUT, upgraded).await {
            Ok(Ok(upgraded)) => serve(app, TokioIo::new(upgraded), cookie).await,
            Ok(Err(error)) => tracing::debug!(%error, "an upgrade failed"),
            Err(_) => tracing::debug!("an upgrade took too long"),
        }
    });
    switch(accept)
}

fn switch(accept: HeaderValue) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    response
}

/// What proves to the client that we understood; or an answer for what is not a WebSocket handshake.
fn accept_key(method: &Method, headers: &HeaderMap) -> Result<HeaderValue, Box<Response<Body>>> {
    let is_upgrade = method == Method::GET
        && names(headers, header::CONNECTION, "upgrade")
        && names(headers, header::UPGRADE, "websocket");
    if !is_upgrade || !names(headers, header::SEC_WEBSOCKET_VERSION, "13") {
        let mut response = refuse(
            StatusCode::UPGRADE_REQUIRED,
            "upgrade_required",
            "This address speaks WebSocket, version 13",
        );
        let headers = response.headers_mut();
        headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        headers.insert(
            header::SEC_WEBSOCKET_VERSION,
            HeaderValue::from_static("13"),
        );
        return Err(Box::new(response));
    }
    let key = headers
        .get(header::SEC_WEBSOCKET_KEY)
        .map(HeaderValue::as_bytes);
    key.filter(|key| STANDARD.decode(key).is_ok_and(|nonce| nonce.len() == 16))
        .and_then(|key| HeaderValue::from_str(&derive_accept_key(key)).ok())
        .ok_or_else(|| {
            let message = "Sec-WebSocket-Key is 16 bytes in base64";
            Box::new(refuse(StatusCode::BAD_REQUEST, "validation_error", message))
        })
}

/// Whether a header that lists names has this one, in any case.
fn names(headers: &HeaderMap, header: HeaderName, name: &str) -> bool {
    let values = headers.get_all(header);
    let mut names = values
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    names.any(|listed| listed.trim().eq_ignore_ascii_case(name))
}

fn refuse(status: StatusCode, code: &str, message: &str) -> Response<Body> {
    let error = status.canonical_reason().unwrap_or_default();
    let body = serde_json::json!({ "error": error, "message": message, "code": code });
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    response
}

fn cookie_token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == "haggle_session")
        .map(|(_, token)| token)
}

fn is_allowed_origin(headers: &HeaderMap) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    let host = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
    host.is_some_and(|(_, origin)| text(header::HOST) == Some(origin))
}
