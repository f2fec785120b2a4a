//! From a send to the frame at the other one's socket, against bare commits at the same rate.

use std::collections::HashMap;
use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use tokio::io::AsyncReadExt;
use tokio::task::{JoinSet, spawn_blocking};

use crate::data::Side;
use crate::figure::{Amount, Figure, Goal, Unit, median};
use crate::load::Latencies;
use crate::pgbench::Pgbench;
use crate::plan::Plan;
use crate::requests::{Sends, number_in, token};
use crate::result::Result;
use crate::rng::Rng;
use crate::setup::Setup;
use crate::socket::Socket;

pub const ABOUT: &str = "\
The time from the moment at which a message is due to be sent to the moment at which the other person's socket has its \
frame. 50 conversations of two people, all 100 with a socket, 500 messages a second in all, which come independently of \
each other and of the answers, so that a slow answer does not hide the wait behind it. pgbench commits single rows at the \
same rate on the same cluster, in turns with the server, its time counted in the same way.";

const CONVERSATIONS: usize = 50;
const MESSAGES_PER_SECOND: f64 = 500.0;
/// The longest that the last frames may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Which message came when.
type Arrivals = Arc<Mutex<HashMap<u64, Instant>>>;

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    let pgbench = Pgbench::prepare(setup)?;
    let server = setup.serve()?;
    let sends = Sends::prepare(server.address, CONVERSATIONS);
    let arrivals = Arrivals::default();
    let mut sockets = JoinSet::new();
    for conversation in 0..CONVERSATIONS {
        for side in [Side::Buyer, Side::Supplier] {
            let token = token(&side.user(conversation));
            let socket = Socket::enter(server.address, &token).await?;
            sockets.spawn(listen(socket, side, arrivals.clone()));
        }
    }
    let mut connections = Connections::open(server.address)?;

    let (mut ours, mut bare) = (Rounds::default(), Rounds::default());
    for round in 0..=plan.rounds {
        // The first is to warm up.
        let time = if round == 0 {
            plan.warm_up()
        } else {
            2 * plan.turn
        };
        arrived(&arrivals).clear();
        let (paced, mut rng) = (sends.clone(), Rng::new(round as u64));
        let due;
        (connections, due) =
            spawn_blocking(move || connections.send(&paced, &mut rng, time)).await??;
        let latencies = latencies(&arrivals, &due).await?;
        let commits = pgbench.commits_at(MESSAGES_PER_SECOND, time)?;
        if round > 0 {
            ours.add(latencies);
            bare.add(commits);
        }
    }
    let figure = |percent: &str, ours: &[f64], bare: &[f64]| {
        let milliseconds = |of: &[f64]| Amount::new(median(of.iter().copied()), Unit::Milliseconds);
        let ratio = median(ours.iter().zip(bare).map(|(ours, bare)| ours / bare));
        let what = format!("{percent} of a delivery");
        let against = format!("{percent} of a bare commit");
        Figure::alone(what, milliseconds(ours)).against(against, milliseconds(bare), ratio)
    };
    Ok(vec![
        figure("p50", &ours.p50, &bare.p50),
        figure("p99", &ours.p99, &bare.p99).goal(Goal::ratio(4.0, 2.0)),
    ])
}

#[derive(Debug, Default)]
struct Rounds {
    p50: Vec<f64>,
    p99: Vec<f64>,
}

impl Rounds {
    fn add(&mut self, mut latencies: Latencies) {
        self.p50.push(latencies.percentile(50));
        self.p99.push(latencies.percentile(99));
    }
}

fn arrived(arrivals: &Arrivals) -> std::sync::MutexGuard<'_, HashMap<u64, Instant>> {
    arrivals.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Writes down what the other one sent. Even numbers are the buyer's.
async fn listen(mut socket: Socket, side: Side, arrivals: Arrivals) -> Result {
    loop {
        let on_text = |frame: &[u8]| {
            let from_other = |number: &u64| number % 2 != side as u64;
            if let Some(number) = number_in(frame).filter(from_other) {
                arrived(&arrivals).insert(number, Instant::now());
            }
        };
        socket.hear(on_text).await?;
    }
}

/// One for each person. A thread of its own writes, for the timers of the runtime are too coarse.
#[derive(Debug)]
struct Connections(Vec<TcpStream>);

impl Connections {
    fn open(address: SocketAddr) -> Result<Self> {
        let mut all = Vec::new();
        for _ in 0..2 * CONVERSATIONS {
            let stream = TcpStream::connect(address)?;
            stream.set_nodelay(true)?;
            stream.set_nonblocking(true)?;
            // Answers are read away; whether all went well the sockets will show.
            let mut answers = tokio::net::TcpStream::from_std(stream.try_clone()?)?;
            tokio::spawn(async move {
                let mut bytes = vec![0; 4096];
                while answers.read(&mut bytes).await.is_ok_and(|read| read > 0) {}
            });
            all.push(stream);
        }
        Ok(Self(all))
    }

    /// Sends for so long; which message was due when.
    fn send(mut self, sends: &Sends, rng: &mut Rng, time: Duration) -> Result<(Self, Due)> {
        let (start, mut all) = (Instant::now(), Due::new());
        let mut due = start;
        let mut request = Vec::new();
        loop {
            due += rng.gap(MESSAGES_PER_SECOND);
            if due - start > time {
                return Ok((self, all));
            }
            thread::sleep(due.saturating_duration_since(Instant::now()));
            let person = rng.below(self.0.len());
            let side = [Side::Buyer, Side::Supplier][person % 2];
            let number = 2 * sends.next_number() + side as u64;
            request.clear();
            sends.write(person / 2, side, number, &mut request);
            self.0[person].write_all(&request)?;
            all.push((number, due));
        }
    }
}

type Due = Vec<(u64, Instant)>;

/// How long each took, once all have arrived.
async fn latencies(arrivals: &Arrivals, due: &Due) -> Result<Latencies> {
    let deadline = Instant::now() + PATIENCE;
    while arrived(arrivals).len() < due.len() && Instant::now() < deadline {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let arrivals = arrived(arrivals);
    let mut latencies = Latencies::default();
    for (number, due) in due {
        let arrival = arrivals.get(number).ok_or("a message was not delivered")?;
        latencies.push(*arrival - *due);
    }
    Ok(latencies)
}
