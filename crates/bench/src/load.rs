//! Clients that each send one request after the other.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::http::Connection;
use crate::result::Result;

/// What came of it.
#[derive(Debug, Default)]
pub struct Load {
    pub elapsed: Duration,
    /// From request to answer, of every request.
    pub latencies: Latencies,
}

impl Load {
    pub fn per_second(&self) -> f64 {
        count(self.latencies.0.len()) / self.elapsed.as_secs_f64()
    }
}

#[derive(Debug, Default, Clone)]
pub struct Latencies(Vec<Duration>);

impl Latencies {
    pub fn push(&mut self, latency: Duration) {
        self.0.push(latency);
    }

    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Milliseconds within which this percentage of them lies.
    pub fn percentile(&mut self, percent: usize) -> f64 {
        self.0.sort_unstable();
        let last = self.0.len().saturating_sub(1);
        let at = (self.0.len() * percent / 100).min(last);
        self.0
            .get(at)
            .map_or(f64::NAN, |latency| latency.as_secs_f64() * 1e3)
    }
}

/// A number of things, to compute with.
pub fn count(things: usize) -> f64 {
    u32::try_from(things).map_or(f64::INFINITY, f64::from)
}

/// So many clients for so long, in turn at one of the servers. `client` makes what writes a client's
/// next request.
pub async fn closed_loop<Next>(
    servers: &[SocketAddr],
    clients: usize,
    time: Duration,
    client: impl Fn(usize) -> Next,
) -> Result<Load>
where
    Next: FnMut(&mut Vec<u8>) + Send + 'static,
{
    let mut connections = Vec::with_capacity(clients);
    for address in servers.iter().cycle().take(clients) {
        connections.push(Connection::open(*address).await?);
    }
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for (number, mut connection) in connections.into_iter().enumerate() {
        let mut next = client(number);
        tasks.spawn(async move {
            let mut latencies = Latencies::default();
            let mut request = Vec::with_capacity(1024);
            let mut sent = Instant::now();
            while sent - start < time {
                request.clear();
                next(&mut request);
                connection.exchange(&request).await?;
                let answered = Instant::now();
                latencies.push(answered - sent);
                sent = answered;
            }
            Result::Ok(latencies)
        });
    }
    let mut load = Load::default();
    while let Some(done) = tasks.join_next().await {
        load.latencies.extend(done??);
    }
    load.elapsed = start.elapsed();
    Ok(load)
}
