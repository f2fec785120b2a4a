use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, body::Body, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::{Instant, sleep},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{Connections, Door, Limits, TrustedProxies, accept, bind};

/// More than the kernel keeps for both ends.
const BIG: usize = 16 << 20;

struct Front {
    address: SocketAddr,
    connections: Arc<Connections>,
}

/// A listener before two answers, a small one and a big one.
fn open() -> Front {
    let listener = bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new()
        .route("/", get(async || "hello"))
        .route("/big", get(async || Body::from(vec![0_u8; BIG])));
    let connections = Connections::new(Limits::of_files(1_000, 100));
    let door = Door {
        connections: connections.clone(),
        proxies: Arc::new(TrustedProxies::default()),
    };
    let (draining, tasks) = (CancellationToken::new(), TaskTracker::new());
    tokio::spawn(accept(listener, router, door, draining, tasks));
    Front {
        address,
        connections,
    }
}

impl Front {
    /// With little room in the kernel.
    async fn connect(&self) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_recv_buffer_size(16 << 10).unwrap();
        socket.connect(self.address).await.unwrap()
    }

    /// Waits until nothing is open; how long that took.
    async fn is_left(&self) -> Duration {
        let start = Instant::now();
        while self.connections.open() > 0 {
            sleep(Duration::from_millis(100)).await;
        }
        start.elapsed()
    }
}

async fn ask(stream: &mut TcpStream, path: &str) {
    let request = format!("GET {path} HTTP/1.1\r\nhost: chat.example\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_connection_between_two_requests_is_kept_longer_than_balancers_keep_it() {
    let front = open();
    let mut stream = front.connect().await;
    for _ in 0..2 {
        ask(&mut stream, "/").await;
        let mut answer = [0; 1_024];
        let read = stream.read(&mut answer).await.unwrap();
        assert!(answer[..read].starts_with(b"HTTP/1.1 200"));
        sleep(Duration::from_secs(65)).await;
    }
    let left = front.is_left().await;
    assert!(
        left > Duration::from_secs(5) && left < Duration::from_secs(15),
        "{left:?}"
    );
    assert_eq!(stream.read(&mut [0]).await.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_head_that_drips_is_given_up() {
    let front = open();
    let mut dripping = front.connect().await;
    let silent = front.connect().await;
    let drip = async move {
        while dripping.write_all(b"G").await.is_ok() {
            sleep(Duration::from_secs(1)).await;
        }
    };
    let dripping = tokio::spawn(drip);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(front.connections.open(), 2);
    assert!(front.is_left().await < Duration::from_secs(16));
    dripping.abort();
    drop(silent);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_nobody_reads_is_given_up() {
    let front = open();
    let mut stream = front.connect().await;
    ask(&mut stream, "/big").await;
    // The head of the answer has come, so the rest is on its way.
    stream.read_exact(&mut [0; 16]).await.unwrap();
    assert!(front.is_left().await < Duration::from_secs(40));
}

#[tokio::test(start_paused = true)]
async fn requests_sent_ahead_whose_answers_nobody_reads_are_given_up() {
    let front = open();
    let mut stream = front.connect().await;
    for _ in 0..100 {
        ask(&mut stream, "/big").await;
    }
    stream.read_exact(&mut [0; 16]).await.unwrap();
    assert!(front.is_left().await < Duration::from_secs(40));
}

#[tokio::test(start_paused = true)]
async fn a_slow_reader_gets_everything() {
    let front = open();
    let mut stream = front.connect().await;
    ask(&mut stream, "/big").await;
    let (mut read, mut piece) = (0, vec![0; 256 << 10]);
    while read < BIG {
        let bytes = stream.read(&mut piece).await.unwrap();
        assert!(bytes > 0, "it was given up after {read} bytes");
        read += bytes;
        if read % 7 == 0 {
            sleep(Duration::from_secs(5)).await;
        }
    }
}
