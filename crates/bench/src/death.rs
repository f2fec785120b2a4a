//! One of three nodes is killed, and its clients come back to the others.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use test_support::RedisServer;
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::JoinSet;

use crate::data::Side;
use crate::device::{Device, all_know};
use crate::figure::{Amount, Figure, Unit};
use crate::load::{Latencies, count};
use crate::plan::Plan;
use crate::requests::token;
use crate::result::Result;
use crate::returning::{Back, First, come_back};
use crate::rng::Rng;
use crate::setup::Setup;
use crate::socket::Socket;
use crate::writers::Writers;

pub const ABOUT: &str = "\
Three nodes with a Redis between them, 300 people in 150 conversations, each with one socket, a third of them at each node, \
the two of a conversation at different ones. 100 messages a second come independently of each other through any of the \
nodes; one that is not answered is sent again to another, with the same `clientMessageId`. The first node gets SIGKILL. \
Its clients come back to either of the others as the React kit does, after a pause between nothing and one second (twice \
as long after each failure), and name in `since` what they have. Clients of all nodes ask for what is missing when they see \
a gap. At the end every socket must have heard every acknowledged message, or the run fails.";

const NODES: usize = 3;
const CONVERSATIONS: usize = 150;
const MESSAGES_PER_SECOND: f64 = 100.0;
/// Messages go on for so long after the death: longer than the others take to see it.
const AFTERWARDS: Duration = Duration::from_secs(15);

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    let redis = RedisServer::start();
    let mut nodes = Vec::new();
    for _ in 0..NODES {
        nodes.push(setup.join(&redis)?);
    }
    let servers: Vec<_> = nodes.iter().map(|node| node.address).collect();
    let (returned, mut returns) = channel(2 * CONVERSATIONS);
    let mut clients = JoinSet::new();
    let mut devices = Vec::new();
    for conversation in 0..CONVERSATIONS {
        for side in [Side::Buyer, Side::Supplier] {
            let node = (conversation + side as usize) % NODES;
            let token = token(&side.user(conversation));
            let socket = Socket::enter(servers[node], &token).await?;
            let client = Client {
                device: Device::new(conversation, node),
                token,
                others: servers[1..].to_vec(),
                returned: returned.clone(),
            };
            devices.push(client.device.clone());
            let rng = Rng::new(devices.len() as u64);
            clients.spawn(client.stay(socket, rng));
        }
    }
    let leaving = devices.iter().filter(|device| device.node == 0).count();

    let mut writers = Writers::start(&servers, CONVERSATIONS, MESSAGES_PER_SECOND);
    tokio::time::sleep(3 * plan.turn).await;
    let killed = Instant::now();
    nodes.remove(0).kill9()?;
    tokio::time::sleep(AFTERWARDS).await;
    let mut backs = Vec::new();
    while backs.len() < leaving {
        tokio::select! {
            back = returns.recv() => backs.extend(back),
            ended = clients.join_next() => {
                let ended = ended.ok_or("no clients")??;
                return Err(ended.err().unwrap_or_else(|| "a client left".into()));
            }
        }
    }
    writers.stop().await?;
    let all = writers.sent();
    all_know(&devices, || all.clone(), Device::has).await?;
    let mut until_then = all.clone();
    until_then.retain(|sent| sent.due < killed);
    let caught_up = all_know(&devices, || until_then.clone(), Device::has).await?;
    let caught_up = caught_up.map_or(Duration::ZERO, |at| at.saturating_duration_since(killed));
    if returns.try_recv().is_ok() {
        return Err("a socket of a living node was closed".into());
    }
    // Servers wait for sockets when they end.
    clients.shutdown().await;
    Ok(figures(
        killed,
        &backs,
        caught_up,
        all.len(),
        writers.failed(),
    ))
}

struct Client {
    device: Device,
    token: String,
    /// The nodes that stay.
    others: Vec<SocketAddr>,
    returned: Sender<Returned>,
}

struct Returned {
    began: Instant,
    ready: Instant,
    failed: u32,
}

impl Client {
    /// Listens, and comes back when the socket ends, for ever.
    async fn stay(self, mut socket: Socket, mut rng: Rng) -> Result {
        loop {
            self.device.listen_closely(socket).await;
            let since = || self.device.since();
            let on_text = |frame: &[u8]| self.device.take(frame);
            let (servers, first) = (&self.others, First::Jittered);
            let back = come_back(servers, &self.token, since, on_text, first, &mut rng);
            let Back {
                socket: next,
                began,
                ready,
                failed,
            } = back.await?;
            socket = next;
            let returned = Returned {
                began,
                ready,
                failed,
            };
            self.returned.send(returned).await?;
        }
    }
}

fn figures(
    killed: Instant,
    backs: &[Returned],
    caught_up: Duration,
    sent: usize,
    retried: usize,
) -> Vec<Figure> {
    let (mut since_death, mut of_attempt) = (Latencies::default(), Latencies::default());
    for back in backs {
        since_death.push(back.ready.saturating_duration_since(killed));
        of_attempt.push(back.ready - back.began);
    }
    let failed: u32 = backs.iter().map(|back| back.failed).sum();
    let number = |value| Amount::new(value, Unit::Count);
    let clients = backs.len();
    let mut figures = Vec::new();
    for (what, latencies) in [
        ("from the kill to `ready`", &mut since_death),
        ("from connecting to `ready`", &mut of_attempt),
    ] {
        for (which, percent) in [("p50", 50), ("p99", 99), ("longest", 100)] {
            let amount = Amount::new(latencies.percentile(percent), Unit::Milliseconds);
            figures.push(Figure::alone(format!("{which} {what}"), amount));
        }
    }
    let seconds = Amount::new(caught_up.as_secs_f64(), Unit::Seconds);
    figures.extend([
        Figure::alone(
            format!("attempts that failed, of {clients} clients"),
            number(f64::from(failed)),
        ),
        Figure::alone(
            "until all sockets had what was due before the kill",
            seconds,
        ),
        Figure::alone(
            format!("requests made again, for {sent} messages"),
            number(count(retried)),
        ),
        Figure::alone("messages missing at a socket", number(0.0)),
    ]);
    figures
}
