//! The way from a TCP connection to the router: one task per connection, HTTP/1.1.

mod answer;
mod client_address;
pub mod connections;
mod relocate;
mod stream;

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    http::{Extensions, HeaderValue, StatusCode, header},
    response::Response,
};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use rustix::net::sockopt::set_socket_send_buffer_size;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::Service;

use self::{answer::Answer, relocate::relocate};
pub use self::{
    client_address::{Network, TrustedProxies},
    connections::{Connection, Connections, Limits},
    stream::TimedStream,
};

/// Connections that wait to be accepted.
const BACKLOG: u32 = 4096;
/// The longest between two requests of a connection. Balancers keep one for 60 s; if ours were shorter,
/// they would send a request to a connection that we are just closing.
const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// Bytes of the head of a request.
const HEAD_BYTES: usize = 64 * 1024;
/// Bytes that the kernel keeps for a client that does not read.
const SEND_BUFFER: usize = 128 << 10;
/// How long a connection without a request is kept when the server drains.
const LAST_REQUEST: Duration = Duration::from_secs(1);
/// After the operating system refused us a connection.
const PAUSE: Duration = Duration::from_millis(100);

/// From which address a request comes; in its extensions.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    pub fn of(extensions: &Extensions) -> Option<IpAddr> {
        extensions.get::<Self>().map(|address| address.0)
    }
}

/// Who may come, and whom to believe.
#[derive(Clone, Debug)]
pub struct Door {
    pub connections: Arc<Connections>,
    pub proxies: Arc<TrustedProxies>,
}

impl Door {
    /// As many as a system without limits lets in, and no proxies.
    pub fn open() -> Self {
        Self {
            connections: Connections::new(Limits::of_files(1 << 20, 0)),
            proxies: Arc::default(),
        }
    }
}

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
    door: Door,
    draining: CancellationToken,
    tasks: TaskTracker,
) {
    let closed = CancellationToken::new();
    let serve = |stream, peer: SocketAddr| {
        let peer = peer.ip().to_canonical();
        let Some(connection) = door.connections.admit(peer, door.proxies.has(peer)) else {
            return;
        };
        let proxies = Arc::clone(&door.proxies);
        let serve = serve(
            stream,
            peer,
            connection,
            proxies,
            router.clone(),
            closed.clone(),
        );
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

/// Requests find their sender's address in the extensions, as [`ClientAddress`], and their [`Connection`].
async fn serve(
    stream: TcpStream,
    peer: IpAddr,
    connection: Connection,
    proxies: Arc<TrustedProxies>,
    router: Router,
    closed: CancellationToken,
) {
    let prepared = stream.set_nodelay(true);
    if let Err(error) = prepared.and_then(|()| {
        // Left to itself the kernel keeps megabytes for each client that does not read.
        Ok(set_socket_send_buffer_size(&stream, SEND_BUFFER)?)
    }) {
        tracing::debug!(%error, "a connection is gone already");
        return;
    }
    let (is_closed, asking) = (closed.clone(), connection.clone());
    let service = service_fn(move |mut request: Request<Incoming>| {
        let address = proxies.client(peer, request.headers());
        asking.asks(address);
        relocate(request.uri_mut());
        request.extensions_mut().insert(ClientAddress(address));
        request.extensions_mut().insert(asking.clone());
        let (mut router, is_closed, asking) = (router.clone(), is_closed.clone(), asking.clone());
        async move {
            let response = router.call(request.map(Body::new)).await;
            response.map(|response| {
                let response = last_if(is_closed.is_cancelled(), response);
                response.map(|body| Answer::new(body, asking))
            })
        }
    });
    let stream = TimedStream::new(stream, connection.clone());
    let http = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(KEEP_ALIVE)
        .max_buf_size(HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(http);
    let served = tokio::select! {
        served = http.as_mut() => served,
        () = connection.cut() => return,
        () = over(&closed) => {
            // The request that is being answered is finished, the next is not read.
            http.as_mut().graceful_shutdown();
            http.await
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

#[cfg(test)]
mod tests;
