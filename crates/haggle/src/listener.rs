//! The way from a TCP connection to the router: one task per connection, HTTP/1.1.

use std::{io, net::SocketAddr, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::Service;

/// Connections that wait to be accepted.
const BACKLOG: u32 = 4096;
/// The longest between two requests of a connection, and for the head of one.
const HEAD_TIMEOUT: Duration = Duration::from_mins(1);
/// Bytes of the head of a request.
const HEAD_BYTES: usize = 64 * 1024;
/// How long a connection without a request is kept when the server drains.
const LAST_REQUEST: Duration = Duration::from_secs(1);
/// After the operating system refused us a connection.
const PAUSE: Duration = Duration::from_millis(100);

pub fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves every connection until the server drains.
pub async fn accept(
    listener: TcpListener,
    router: Router,
    draining: CancellationToken,
    tasks: TaskTracker,
) {
    let closed = CancellationToken::new();
    let serve = |stream, peer| {
        let serve = serve(stream, peer, router.clone(), closed.clone());
        tasks.spawn(serve);
    };
    loop {
        let accepted = tokio::select! {
            () = draining.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => serve(stream, peer),
            Err(error) if is_about_one_connection(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "no connection can be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    // Those whom the system has let in already would be cut off with the listener.
    if let Ok(listener) = listener.into_std() {
        while let Ok((stream, peer)) = listener.accept() {
            if let Ok(stream) = nonblocking(stream) {
                serve(stream, peer);
            }
        }
    }
    // From here on connections are refused, so whoever is told to close finds nobody else to ask.
    closed.cancel();
}

fn nonblocking(stream: std::net::TcpStream) -> io::Result<TcpStream> {
    stream.set_nonblocking(true)?;
    TcpStream::from_std(stream)
}

/// The client went away before it was accepted.
fn is_about_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

/// Requests find their sender's address in the extensions, as [`ConnectInfo`].
async fn serve(stream: TcpStream, peer: SocketAddr, router: Router, closed: CancellationToken) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection is gone already");
        return;
    }
    let is_closed = closed.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let (mut router, is_closed) = (router.clone(), is_closed.clone());
        async move {
            let response = router.call(request.map(Body::new)).await;
            response.map(|response| last_if(is_closed.is_cancelled(), response))
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(connection);
    let served = tokio::select! {
        served = connection.as_mut() => served,
        () = over(&closed) => {
            // The request that is being answered is finished, the next is not read.
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = served {
        tracing::debug!(%error, %peer, "a connection broke");
    }
}

/// A request may be on its way when the server begins to drain: it is answered, as the last one.
async fn over(closed: &CancellationToken) {
    closed.cancelled().await;
    tokio::time::sleep(LAST_REQUEST).await;
}

fn last_if(is_last: bool, mut response: Response) -> Response {
    if is_last && response.status() != StatusCode::SWITCHING_PROTOCOLS {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}
