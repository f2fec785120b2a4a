//! Somebody stops reading. They are disconnected, and nobody else notices.

use serde_json::json;
use test_support::{Heard, PATIENCE, Person, Socket};
use tokio::net::TcpSocket;

use crate::{
    market::Market,
    reader::{Reader, Return},
    talk::{Talk, number},
};

const SLOW: usize = 4;
/// Far more than the queues and the kernel hold.
const MOST_MESSAGES: usize = 1_000;
/// What the server may grow by, in KiB.
const MOST_GROWTH_KIB: u64 = 48 << 10;

/// Ready, with little room in the kernel, and from now on deaf.
async fn slow_socket(market: &Market, person: &Person) -> Socket {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket
        .set_recv_buffer_size(16 << 10)
        .expect("a small buffer");
    let stream = socket.connect(market.server.address()).await;
    let stream = stream.expect("the server listens");
    let token = person.token.as_deref().expect("a token");
    let mut socket = Socket::over(stream, token).await;
    socket.authenticate(None).await;
    socket.until("ready").await;
    socket
}

fn resident_kib(market: &Market) -> u64 {
    market.server.resident_kib().expect("the server runs")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_stops_reading_is_closed_with_4408_and_nobody_else_notices() {
    let market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let mut slow = Vec::new();
    for _ in 0..SLOW {
        slow.push(slow_socket(&market, &sofia).await);
    }
    let mut reader = Reader::new(&sofia, &[&conversation]).await;
    reader.is_strict = true;
    assert!(reader.come_back(Return::WHOLE).await);
    reader.until_ready().await;
    // Once around, so that what grows by itself has grown.
    let text = "\u{1F529}".repeat(10_000);
    anna.say(&conversation, &text).await;
    let before = resident_kib(&market);

    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let reading = tokio::spawn(async move {
        while stopped.try_recv().is_err() {
            reader.turn(std::time::Duration::from_millis(20)).await;
        }
        reader
    });
    let mut sent = 1;
    let overflows = async || market.figure("haggle_queue_overflows_total").await;
    while overflows().await < 3.5 {
        assert!(
            sent < MOST_MESSAGES,
            "nobody was too slow for {sent} messages"
        );
        for _ in 0..20 {
            anna.say(&conversation, &text).await;
            sent += 1;
        }
    }
    let growth = resident_kib(&market).saturating_sub(before);
    assert!(growth < MOST_GROWTH_KIB, "the server grew by {growth} KiB");

    // The quick one has seen everything, one after the other.
    stop.send(()).expect("it reads");
    let mut reader = reading.await.expect("it reads");
    let fresh = reader.fetch().await;
    reader.until_it_sees(&fresh).await;
    reader.expect(&fresh);
    assert_eq!(reader.seen[&conversation].messages.len(), sent);

    // The slow ones find the beginning, and why there is no end.
    for mut socket in slow {
        let mut next = 1;
        let code = loop {
            match socket.hear(PATIENCE).await {
                Heard::Frame(frame) if frame.kind == "message" => {
                    assert_eq!(number(&frame.payload["message"]["seq"]), next);
                    next += 1;
                }
                Heard::Frame(_) => {}
                Heard::Closed(code) => break code,
                Heard::Nothing => panic!("neither a frame nor a close"),
            }
        };
        assert_eq!(code, 4408);
    }
    // They may come back at once.
    let mut back = sofia.online().await;
    anna.say(&conversation, "Welcome back.").await;
    back.until("message").await;
}

#[tokio::test]
async fn who_writes_without_reading_the_answers_holds_nobody_up() {
    let market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let mut screen = sofia.online().await;
    let mut rude = slow_socket(&market, &anna).await;
    for _ in 0..2_000 {
        rude.send("ping", json!({})).await;
        rude.send("resume", json!({"since": {conversation.clone(): 0}}))
            .await;
    }
    anna.say(&conversation, "All the same.").await;
    screen.until("message").await;
    screen.expect_silence_until_pong().await;
}
