//! People who write at a steady rate, whatever happens to the servers.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::data::Side;
use crate::device::OfMessage;
use crate::http::Connection;
use crate::load::{Latencies, count};
use crate::requests::Sends;
use crate::result::Result;
use crate::rng::Rng;
use crate::sent::Sent;

/// Before a message is tried again.
const PAUSE: Duration = Duration::from_millis(100);
/// Tries of one message.
const TRIES: usize = 100;

/// Each conversation is written in by one task, so that messages of one wait for each other and
/// those of others do not.
#[derive(Debug)]
pub struct Writers {
    tasks: JoinSet<Result>,
    shared: Shared,
}

#[derive(Debug, Clone)]
struct Shared {
    servers: Arc<[SocketAddr]>,
    sends: Sends,
    log: Arc<Mutex<Log>>,
    is_over: Arc<AtomicBool>,
}

#[derive(Debug, Default)]
struct Log {
    sent: Vec<Sent>,
    failed: usize,
}

impl Writers {
    /// So many messages a second in all, independent of each other, each through any of the servers.
    pub fn start(servers: &[SocketAddr], conversations: usize, per_second: f64) -> Self {
        let shared = Shared {
            servers: servers.into(),
            sends: Sends::prepare(servers[0], conversations),
            log: Arc::default(),
            is_over: Arc::default(),
        };
        let mut tasks = JoinSet::new();
        for number in 0..conversations {
            let per_second = per_second / count(conversations);
            tasks.spawn(write(shared.clone(), number, per_second));
        }
        Self { tasks, shared }
    }

    /// What was acknowledged so far.
    pub fn sent(&self) -> Vec<Sent> {
        self.shared.log(|log| log.sent.clone())
    }

    /// How many requests failed; each was made again until it was answered.
    pub fn failed(&self) -> usize {
        self.shared.log(|log| log.failed)
    }

    /// Waits until the last message is acknowledged.
    pub async fn stop(&mut self) -> Result {
        self.shared.is_over.store(true, Ordering::Relaxed);
        while let Some(done) = self.tasks.join_next().await {
            done??;
        }
        Ok(())
    }
}

impl Shared {
    fn log<T>(&self, work: impl FnOnce(&mut Log) -> T) -> T {
        work(&mut self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn write(shared: Shared, conversation: usize, per_second: f64) -> Result {
    let mut rng = Rng::new(conversation as u64);
    let mut connections: Vec<Option<Connection>> = shared.servers.iter().map(|_| None).collect();
    // As a load balancer would, without those that failed.
    let mut nodes: Vec<usize> = (0..connections.len()).collect();
    let mut request = Vec::new();
    let mut due = Instant::now();
    loop {
        due += rng.gap(per_second);
        tokio::time::sleep_until(due.into()).await;
        if shared.is_over.load(Ordering::Relaxed) {
            return Ok(());
        }
        request.clear();
        let side = [Side::Buyer, Side::Supplier][rng.below(2)];
        let number = shared.sends.next_number();
        shared.sends.write(conversation, side, number, &mut request);
        let sent = 'tries: {
            for _ in 0..TRIES {
                let node = nodes[rng.below(nodes.len())];
                let address = shared.servers[node];
                match send(address, &mut connections[node], &request).await {
                    Ok(seq) => break 'tries Some((node, seq)),
                    Err(_) => connections[node] = None,
                }
                shared.log(|log| log.failed += 1);
                if nodes.len() > 1 {
                    nodes.retain(|other| *other != node);
                }
                tokio::time::sleep(PAUSE).await;
            }
            None
        };
        let (node, seq) = sent.ok_or("a message was not accepted by any server")?;
        let sent = Sent {
            conversation,
            node,
            seq,
            due,
            answered: Instant::now(),
        };
        shared.log(|log| log.sent.push(sent));
    }
}

async fn send(
    address: SocketAddr,
    connection: &mut Option<Connection>,
    request: &[u8],
) -> Result<u64> {
    let connection = match connection {
        Some(connection) => connection,
        None => connection.insert(Connection::open(address).await?),
    };
    let answer: OfMessage = serde_json::from_slice(connection.exchange(request).await?)?;
    Ok(answer.message.seq)
}

/// From when they were due to their answers.
pub fn latencies<'a>(sent: impl IntoIterator<Item = &'a Sent>) -> Latencies {
    let mut latencies = Latencies::default();
    for sent in sent {
        latencies.push(sent.answered - sent.due);
    }
    latencies
}
