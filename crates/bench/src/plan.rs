//! How much is measured.

use std::time::Duration;

use clap::ValueEnum;

/// What happens to Redis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Outage {
    /// It is killed, and started again, empty.
    Killed,
    /// It stops where it is, with all its connections, and goes on.
    Frozen,
}

#[derive(Debug)]
pub struct Plan {
    pub turn: Duration,
    pub rounds: usize,
    pub clients: Vec<usize>,
    pub sockets: Vec<usize>,
    pub outage: Duration,
    pub outage_by: Outage,
    pub storm_sockets: usize,
    pub old_messages: u32,
    pub search_messages: u32,
}

impl Plan {
    /// For caches, connections and statements; not measured.
    pub fn warm_up(&self) -> Duration {
        self.turn.min(Duration::from_secs(1))
    }
}
