//! The handshake of a WebSocket: an upgrade of HTTP/1.1 as RFC 6455 has it.

use std::time::Duration;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use chat::error::ChatError;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use rustix::net::sockopt::set_socket_send_buffer_size;
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::{client::Client, connection::serve};
use crate::{
    app::App,
    auth::origin,
    http::{caller::source, error::ApiError},
    listener::{Connection, TimedStream},
    sessions::{Credential, credentials},
};

/// The longest between the answer and the handover of the connection.
const UPGRADE_TIMEOUT: Duration = Duration::from_secs(10);
/// Bytes that the kernel keeps for a socket. By default it keeps megabytes for a client that does not
/// read, and the server learns late that the client is too slow.
const SEND_BUFFER: usize = 128 << 10;

/// The handler of `GET /api/chat/ws`.
pub async fn upgrade(State(app): State<App>, mut request: Request) -> Result<Response, ApiError> {
    let headers = request.headers();
    let accept = accept_key(request.method(), headers)?;
    let cookies: Box<[Credential]> =
        credentials(headers, &app.settings, app.sessions.as_deref()).into();
    // Browsers send the cookie from any page, and the same-origin policy does not cover sockets.
    if !cookies.is_empty() && !origin::allowed(headers, &app.settings) {
        return Err(ApiError::ForeignOrigin);
    }
    if app.draining.is_cancelled() {
        return Err(ApiError::Unavailable);
    }
    let source = Box::new(source(request.extensions(), headers));
    let connection = request.extensions_mut().remove::<Connection>();
    let upgraded = hyper::upgrade::on(&mut request);
    let tasks = app.tasks.clone();
    let client = Client::new(app, cookies, source, connection.clone());
    tasks.spawn(async move {
        if let Some((stream, first)) = Box::pin(take_over(upgraded)).await {
            tokio::select! {
                () = serve(client, stream, first) => {}
                () = cut(connection) => {}
            }
        }
    });
    Ok(switch(accept))
}

/// Waits until the connection must make room for others.
async fn cut(connection: Option<Connection>) {
    match connection {
        Some(connection) => connection.cut().await,
        None => std::future::pending().await,
    }
}

/// The connection below, and what was already read from it.
async fn take_over(upgraded: OnUpgrade) -> Option<(TcpStream, Bytes)> {
    let upgraded = match timeout(UPGRADE_TIMEOUT, upgraded).await {
        Ok(Ok(upgraded)) => upgraded,
        Ok(Err(error)) => {
            tracing::debug!(%error, "the upgrade to a WebSocket failed");
            return None;
        }
        Err(_) => {
            tracing::debug!("the upgrade to a WebSocket took too long");
            return None;
        }
    };
    let Ok(parts) = upgraded.downcast::<TokioIo<TimedStream>>() else {
        tracing::error!("a WebSocket came over an unknown kind of connection");
        return None;
    };
    let stream = parts.io.into_inner().into_inner();
    if let Err(error) = set_socket_send_buffer_size(&stream, SEND_BUFFER) {
        tracing::debug!(%error, "the send buffer of a connection cannot be set");
    }
    Some((stream, parts.read_buf))
}

fn switch(accept: HeaderValue) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    response
}

/// The header that proves to the client that the server understood its handshake.
fn accept_key(method: &Method, headers: &HeaderMap) -> Result<HeaderValue, ApiError> {
    let is_upgrade = method == Method::GET
        && names(headers, header::CONNECTION, "upgrade")
        && names(headers, header::UPGRADE, "websocket")
        && names(headers, header::SEC_WEBSOCKET_VERSION, "13");
    if !is_upgrade {
        return Err(ApiError::UpgradeRequired);
    }
    let key = headers.get(header::SEC_WEBSOCKET_KEY);
    key.map(HeaderValue::as_bytes)
        .filter(|key| STANDARD.decode(key).is_ok_and(|nonce| nonce.len() == 16))
        .and_then(|key| HeaderValue::from_str(&derive_accept_key(key)).ok())
        .ok_or_else(|| ChatError::field("sec-websocket-key", "16 bytes in base64").into())
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
