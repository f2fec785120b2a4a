//! One request on one connection.

use std::{
    fmt, io,
    net::{IpAddr, SocketAddr},
    pin::pin,
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::http::{
    HeaderMap, HeaderValue, Method, Request, StatusCode,
    header::{CONNECTION, HOST, USER_AGENT},
};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_rustls::ConfigBuilderExt;
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::{Instant, timeout, timeout_at},
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, crypto::aws_lc_rs, pki_types::ServerName},
};

use super::{
    public::is_public,
    reach::Reach,
    resolve::{Resolve, SystemResolver},
    target::Target,
};

/// For each address of a name.
const CONNECT: Duration = Duration::from_secs(5);
/// Addresses of a name that are tried.
const ADDRESSES: usize = 4;
/// Bytes and lines of an answer's head.
const HEAD_BYTES: usize = 32 * 1024;
const HEAD_LINES: usize = 100;
/// Bytes that are read of an answer's body, and thrown away: whoever answers may finish.
const BODY_BYTES: usize = 64 * 1024;
const BODY: Duration = Duration::from_secs(1);

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
}

/// Why nothing came back, in words that show nothing of the network.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    #[error("the name cannot be resolved")]
    Unresolved(#[source] io::Error),
    #[error("the address is not on the public internet")]
    NotPublic,
    #[error("no connection can be made")]
    Unreachable(#[source] io::Error),
    #[error("no encrypted connection can be made: {0}")]
    Tls(#[source] io::Error),
    #[error("the answer is no HTTP, or was cut off")]
    Broken(#[source] hyper::Error),
    #[error("no answer came in time")]
    TooSlow,
    #[error("the system's certificates cannot be used")]
    NoRoots,
}

#[derive(Clone)]
pub struct Client {
    resolver: Arc<dyn Resolve>,
    /// Read when it is needed first.
    tls: Arc<OnceLock<Option<TlsConnector>>>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client")
    }
}

impl Default for Client {
    fn default() -> Self {
        Self::new(Arc::new(SystemResolver))
    }
}

impl Client {
    pub fn new(resolver: Arc<dyn Resolve>) -> Self {
        Self {
            resolver,
            tls: Arc::default(),
        }
    }

    /// Sends a body, and waits for the head of the answer until the time is over. A redirection is an answer like
    /// any other.
    pub async fn post(
        &self,
        target: &Target,
        reach: Reach,
        headers: HeaderMap,
        body: Bytes,
        limit: Duration,
    ) -> Result<Answer, Failed> {
        let until = Instant::now() + limit;
        let request = request(target, headers, body);
        let stream = in_time(until, self.connect(target, reach)).await?;
        if !target.is_encrypted() {
            return exchange(stream, request, until).await;
        }
        let tls = self.tls.get_or_init(connector).as_ref();
        let tls = tls.ok_or(Failed::NoRoots)?;
        let name = ServerName::try_from(target.host().to_owned());
        let name = name.map_err(|error| Failed::Tls(io::Error::other(error)))?;
        let encrypted = async { tls.connect(name, stream).await.map_err(Failed::Tls) };
        exchange(in_time(until, encrypted).await?, request, until).await
    }

    /// To an address that was checked, and not to what its name stands for a moment later.
    async fn connect(&self, target: &Target, reach: Reach) -> Result<TcpStream, Failed> {
        let port = target.port();
        let found: Vec<IpAddr> = if let Some(ip) = target.ip() {
            vec![ip]
        } else {
            let found = self.resolver.resolve(target.host(), port).await;
            found.map_err(Failed::Unresolved)?
        };
        let may = |ip: &IpAddr| reach == Reach::Anywhere || is_public(*ip);
        let mut failed = if found.is_empty() {
            Failed::Unresolved(io::ErrorKind::NotFound.into())
        } else {
            Failed::NotPublic
        };
        for ip in found.into_iter().filter(may).take(ADDRESSES) {
            let connected = timeout(CONNECT, TcpStream::connect(SocketAddr::new(ip, port))).await;
            match connected {
                Ok(Ok(stream)) => {
                    // The request is one small write.
                    drop(stream.set_nodelay(true));
                    return Ok(stream);
                }
                Ok(Err(error)) => failed = Failed::Unreachable(error),
                Err(_) => failed = Failed::Unreachable(io::ErrorKind::TimedOut.into()),
            }
        }
        Err(failed)
    }
}

fn request(target: &Target, mut headers: HeaderMap, body: Bytes) -> Request<Full<Bytes>> {
    let agent = concat!("Haggle/", env!("CARGO_PKG_VERSION"));
    headers.insert(USER_AGENT, HeaderValue::from_static(agent));
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
    if let Ok(host) = HeaderValue::try_from(target.authority()) {
        headers.insert(HOST, host);
    }
    let mut request = Request::new(Full::new(body));
    *request.method_mut() = Method::POST;
    // An address that was parsed has a path.
    *request.uri_mut() = target.path_and_query().parse().unwrap_or_default();
    *request.headers_mut() = headers;
    request
}

async fn in_time<T>(
    until: Instant,
    done: impl Future<Output = Result<T, Failed>>,
) -> Result<T, Failed> {
    timeout_at(until, done)
        .await
        .unwrap_or(Err(Failed::TooSlow))
}

/// The head of the answer is waited for until then; its body has a time of its own, since it changes nothing.
async fn exchange<S>(
    stream: S,
    request: Request<Full<Bytes>>,
    until: Instant,
) -> Result<Answer, Failed>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let mut builder = http1::Builder::new();
    builder.max_buf_size(HEAD_BYTES).max_headers(HEAD_LINES);
    let handshake = builder.handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(Failed::Broken)?;
    let mut connection = pin!(connection);
    let mut answered = pin!(async {
        let sent = async { sender.send_request(request).await.map_err(Failed::Broken) };
        let answer = in_time(until, sent).await?;
        let (head, mut body) = answer.into_parts();
        let read = async {
            let mut read = 0;
            while read < BODY_BYTES
                && let Some(Ok(frame)) = body.frame().await
            {
                read += frame.data_ref().map_or(0, Bytes::len);
            }
        };
        let _ = timeout(BODY, read).await;
        Ok(Answer {
            status: head.status,
            headers: head.headers,
        })
    });
    tokio::select! {
        answer = &mut answered => answer,
        // What it has received is still to be read.
        _ = &mut connection => answered.await,
    }
}

/// With the system's roots.
fn connector() -> Option<TlsConnector> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)
        .and_then(ConfigBuilderExt::with_native_roots)
        .inspect_err(|error| tracing::error!(%error, "no encrypted connections to others"));
    let config = config.ok()?.with_no_client_auth();
    Some(TlsConnector::from(Arc::new(config)))
}
