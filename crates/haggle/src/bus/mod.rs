//! The bus between the nodes; with one node, a queue in this process.

pub mod dispatch;
pub mod local;

#[cfg(test)]
pub mod contract;

pub use self::local::LocalBus;
