//! Thousands of sockets come back together after their server was restarted.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::data::id;
use crate::figure::{Amount, Figure, Unit};
use crate::load::{Latencies, count};
use crate::machine::{allow_sockets, resident_bytes};
use crate::plan::Plan;
use crate::requests::token;
use crate::result::Result;
use crate::returning::{First, come_back};
use crate::rng::Rng;
use crate::setup::Setup;
use crate::socket::Socket;
use crate::work::{COUNTED_WITHIN, Connections, transactions};

pub const ABOUT: &str = "\
One node with so many sockets, each of somebody else, all in conversations of two. It gets SIGKILL and is started again, \
and all clients connect at the moment at which it listens, without the pause that ours take: the worst that can come. Each \
names its conversation in `since`, lacks two messages of it, and tries again as the React kit does when it is turned away. \
Times are from that moment to `ready`. Transactions are PostgreSQL's count (a statement alone is one) less what the node \
does all the time with as many silent sockets, measured before; connections are looked at ten times a second. The \
clients are one thread, which shares the cores with server and PostgreSQL.";

/// Sockets that are opened at a time before the storm.
const AT_A_TIME: usize = 64;
/// What each has of its 20 messages.
const SEEN: &str = r#"{"seq":18,"rev":19}"#;
/// What each lacks.
const MISSED: usize = 2;

/// One that is back.
struct Returned {
    ready: Instant,
    failed: u32,
    messages: usize,
}

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    // Everybody has somebody to talk with.
    let sockets = plan.storm_sockets.next_multiple_of(2);
    allow_sockets(sockets)?;
    let server = setup.serve()?;
    println!("loading {} messages", 10 * sockets);
    setup.sql(&format!(
        "\\set people {sockets}\n{}",
        include_str!("../sql/storm.sql")
    ))?;

    let (tell, told) = watch::channel(None);
    let (returned, mut returns) = mpsc::channel(AT_A_TIME);
    let mut clients = JoinSet::new();
    let mut opening = JoinSet::new();
    let address = server.address;
    for number in 0..sockets + AT_A_TIME {
        if number < sockets {
            let token = token(&id('1', number));
            opening.spawn(async move { (number, Socket::enter(address, &token).await) });
        }
        if number >= AT_A_TIME
            && let Some(opened) = opening.join_next().await
        {
            let (number, socket) = opened?;
            clients.spawn(client(number, socket?, told.clone(), returned.clone()));
        }
    }
    still_open(&mut clients)?;

    tokio::time::sleep(COUNTED_WITHIN).await;
    let silent = Instant::now();
    let first = transactions(setup)?;
    tokio::time::sleep(COUNTED_WITHIN).await;
    let before = transactions(setup)?;
    let all_the_time = (before - first) / silent.elapsed().as_secs_f64();
    still_open(&mut clients)?;

    server.kill9()?;
    let server = setup.serve()?;
    let empty = resident_bytes(server.pid())?;
    let connections = Connections::watch(setup)?;
    let start = Instant::now();
    tell.send(Some(server.address))?;
    let mut backs = Vec::new();
    while backs.len() < sockets {
        tokio::select! {
            back = returns.recv() => backs.extend(back),
            ended = clients.join_next() => {
                let ended = ended.ok_or("no clients")??;
                return Err(ended.err().unwrap_or_else(|| "a client left".into()));
            }
        }
    }
    let connections = connections.stop()?;
    if let Some(back) = backs.iter().find(|back| back.messages != MISSED) {
        return Err(format!("a client was told {} of {MISSED} messages", back.messages).into());
    }
    tokio::time::sleep(COUNTED_WITHIN).await;
    let held = resident_bytes(server.pid())?;
    let silently = all_the_time * start.elapsed().as_secs_f64();
    let transactions = transactions(setup)? - before - silently;
    still_open(&mut clients)?;
    // Servers wait for sockets when they end.
    clients.shutdown().await;

    let mut latencies = Latencies::default();
    for back in &backs {
        latencies.push(back.ready - start);
    }
    let failed: u32 = backs.iter().map(|back| back.failed).sum();
    let number = |value| Amount::new(value, Unit::Count);
    let mut figures = Vec::new();
    for (percent, what) in [
        (50, "p50 until a client was ready".to_owned()),
        (99, "p99 until a client was ready".to_owned()),
        (100, format!("until all {sockets} were ready")),
    ] {
        let seconds = latencies.percentile(percent) / 1e3;
        figures.push(Figure::alone(what, Amount::new(seconds, Unit::Seconds)));
    }
    figures.extend([
        Figure::alone("attempts that were turned away", number(f64::from(failed))),
        Figure::alone(
            "most connections to PostgreSQL",
            number(f64::from(connections.open)),
        ),
        Figure::alone(
            "most of them at work",
            number(f64::from(connections.at_work)),
        ),
        Figure::alone(
            "transactions for each client",
            number(transactions / count(sockets)),
        ),
        Figure::alone(
            "transactions a second when silent",
            Amount::new(all_the_time, Unit::PerSecond),
        ),
        Figure::alone(
            "memory of a socket afterwards",
            Amount::new((held - empty) / count(sockets), Unit::Bytes),
        ),
    ]);
    Ok(figures)
}

/// Holds a socket, and comes back as soon as there is a server again.
async fn client(
    number: usize,
    mut socket: Socket,
    mut told: watch::Receiver<Option<SocketAddr>>,
    returned: mpsc::Sender<Returned>,
) -> Result {
    while socket.hear(|_| {}).await.is_ok() {}
    drop(socket);
    let server = told.wait_for(Option::is_some).await?.ok_or("no server")?;
    let pair = number - number % 2;
    let since = format!(r#"{{"{}":{SEEN}}}"#, id('4', pair));
    // Of the last attempt only: one that was cut may have told a part.
    let messages = AtomicUsize::new(0);
    let since = || {
        messages.store(0, Ordering::Relaxed);
        since.clone()
    };
    let on_text = |frame: &[u8]| {
        if frame.starts_with(br#"{"type":"message""#) {
            messages.fetch_add(1, Ordering::Relaxed);
        }
    };
    let mut rng = Rng::new(number as u64);
    let back = come_back(
        &[server],
        &token(&id('1', number)),
        since,
        on_text,
        First::AtOnce,
        &mut rng,
    )
    .await?;
    let back = {
        socket = back.socket;
        Returned {
            ready: back.ready,
            failed: back.failed,
            messages: messages.into_inner(),
        }
    };
    returned.send(back).await?;
    loop {
        socket.hear(|_| {}).await?;
    }
}

fn still_open(clients: &mut JoinSet<Result>) -> Result {
    match clients.try_join_next() {
        None => Ok(()),
        Some(ended) => Err(ended?.err().unwrap_or_else(|| "a client left".into())),
    }
}
