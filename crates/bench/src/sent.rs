//! What a writer knows of its message.

use std::time::Instant;

/// A message that was acknowledged.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    /// Its number in the data set.
    pub conversation: usize,
    /// The server that acknowledged it.
    pub node: usize,
    pub seq: u64,
    /// When it was to be sent.
    pub due: Instant,
    pub answered: Instant,
}
