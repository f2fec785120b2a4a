//! How many questions of sockets that come back together storage is asked at a time.

use tokio::sync::Semaphore;

/// Storage answers many questions with one query; these are enough for it to be busy, and far fewer than
/// it lets wait.
const AT_ONCE: usize = 400;

/// The turns of one server.
#[derive(Debug)]
pub struct Turns {
    /// Questions who somebody is.
    pub names: Semaphore,
    /// Questions what somebody missed.
    pub news: Semaphore,
}

impl Default for Turns {
    fn default() -> Self {
        Self {
            names: Semaphore::new(AT_ONCE),
            news: Semaphore::new(AT_ONCE),
        }
    }
}
