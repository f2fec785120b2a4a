//! The server to compare with: the same language, libraries and allocator, and nothing that a chat
//! needs. It knows no people, keeps nothing, and answers with bytes that it was given.

use std::collections::HashMap;
use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use tower::Service;

use crate::result::Result;
use crate::server::LISTENING;

/// Files in the folder with answers; those that are missing are empty.
pub const LIST: &str = "list.json";
pub const COUNT: &str = "count.json";
pub const SENT: &str = "sent.json";
pub const FRAME: &str = "frame.json";

/// Frames that may wait for a socket, as many as in the server under test.
const QUEUE: usize = 1024;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder with what to answer.
    answers: PathBuf,
}

type Listeners = Mutex<HashMap<String, Vec<mpsc::Sender<Utf8Bytes>>>>;

#[derive(Debug, Clone)]
struct Answers {
    list: Bytes,
    count: Bytes,
    sent: Bytes,
    frame: Utf8Bytes,
    listeners: Arc<Listeners>,
}

pub fn run(arguments: &Arguments) -> Result {
    let read = |name| fs::read(arguments.answers.join(name)).unwrap_or_default();
    let answers = Answers {
        list: read(LIST).into(),
        count: read(COUNT).into(),
        sent: read(SENT).into(),
        frame: Utf8Bytes::try_from(read(FRAME))?,
        listeners: Arc::default(),
    };
    tokio::runtime::Runtime::new()?.block_on(serve(answers))
}

async fn serve(answers: Answers) -> Result {
    let router = Router::new()
        .route("/api/chat/conversations", get(list))
        .route("/api/chat/unread-count", get(count))
        .route("/api/chat/conversations/{id}/messages", post(send))
        .route("/echo", get(echo))
        .route("/listen/{id}", get(listen))
        .with_state(answers);
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    println!("baseline {LISTENING}{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let router = router.clone();
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            router.clone().call(request.map(Body::new))
        });
        let connection = http1::Builder::new()
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        // An error means that the client went away.
        tokio::spawn(async move { drop(connection.await) });
    }
}

async fn list(State(answers): State<Answers>) -> Response {
    json(StatusCode::OK, answers.list)
}

async fn count(State(answers): State<Answers>) -> Response {
    json(StatusCode::OK, answers.count)
}

/// Takes a message in, hands the frame to everybody who listens to that conversation, and answers.
async fn send(State(answers): State<Answers>, Path(id): Path<String>, _body: Bytes) -> Response {
    let listeners = answers.listeners.lock();
    let listeners = listeners.unwrap_or_else(PoisonError::into_inner);
    for listener in listeners.get(&id).into_iter().flatten() {
        // Who is too slow misses it, and the benchmark fails.
        drop(listener.try_send(answers.frame.clone()));
    }
    drop(listeners);
    json(StatusCode::CREATED, answers.sent)
}

fn json(status: StatusCode, body: Bytes) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
}

async fn echo(request: Request) -> Response {
    upgrade(request, async |mut socket| {
        while let Some(Ok(message)) = socket.next().await {
            if message.is_text() && socket.send(message).await.is_err() {
                return;
            }
        }
    })
}

async fn listen(
    State(answers): State<Answers>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let (sender, mut frames) = mpsc::channel(QUEUE);
    let listeners = answers.listeners.lock();
    let mut listeners = listeners.unwrap_or_else(PoisonError::into_inner);
    listeners.entry(id).or_default().push(sender);
    drop(listeners);
    upgrade(request, async move |mut socket| {
        while let Some(frame) = frames.recv().await {
            let mut fed = socket.feed(Message::Text(frame)).await;
            while let Ok(frame) = frames.try_recv() {
                fed = socket.feed(Message::Text(frame)).await;
            }
            if fed.is_err() || socket.flush().await.is_err() {
                return;
            }
        }
    })
}

type Socket = WebSocketStream<TokioIo<hyper::upgrade::Upgraded>>;

/// Answers the handshake; the socket has buffers of the same size as those of the server under test.
fn upgrade<Work>(
    mut request: Request,
    work: impl FnOnce(Socket) -> Work + Send + 'static,
) -> Response
where
    Work: Future<Output = ()> + Send,
{
    let key = request.headers().get(header::SEC_WEBSOCKET_KEY);
    let accept = derive_accept_key(key.map_or(b"", HeaderValue::as_bytes));
    let upgraded = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        if let Ok(upgraded) = upgraded.await {
            let config = WebSocketConfig::default()
                .read_buffer_size(1 << 10)
                .write_buffer_size(4 << 10)
                .max_write_buffer_size(1 << 20);
            let io = TokioIo::new(upgraded);
            work(WebSocketStream::from_raw_socket(io, Role::Server, Some(config)).await).await;
        }
    });
    Response::builder()
        .status(StatusCode::SWITCHING_PROTOCOLS)
        .header(header::CONNECTION, "upgrade")
        .header(header::UPGRADE, "websocket")
        .header(header::SEC_WEBSOCKET_ACCEPT, accept)
        .body(Body::empty())
        .unwrap_or_default()
}
