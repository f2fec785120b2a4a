//! What a connection is doing, and since when.

use std::{
    sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering::Relaxed},
    time::Duration,
};

use tokio::sync::Notify;

/// What is younger has had no time to be slow.
const YOUNG: Duration = Duration::from_secs(10);

/// What a connection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Phase {
    /// It waits for the head of a request, or for the rest of one.
    Head,
    /// The server answers a request.
    Answer,
    /// Nothing is asked, and everything has been answered.
    Idle,
}

/// What a connection is doing, for those who decide which connection is closed. All times are
/// milliseconds since the server began to count.
#[derive(Debug)]
pub struct Activity {
    phase: AtomicU8,
    /// When the phase began.
    since: AtomicU64,
    /// The client does not read what it was sent.
    is_held_up: AtomicBool,
    is_over: AtomicBool,
    over: Notify,
}

impl Activity {
    pub fn new(now: u64) -> Self {
        Self {
            phase: AtomicU8::new(Phase::Head as u8),
            since: AtomicU64::new(now),
            is_held_up: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
            over: Notify::new(),
        }
    }

    pub fn is(&self, phase: Phase) -> bool {
        self.phase.load(Relaxed) == phase as u8
    }

    pub fn enter(&self, phase: Phase, now: u64) {
        self.phase.store(phase as u8, Relaxed);
        self.since.store(now, Relaxed);
    }

    pub fn since(&self) -> u64 {
        self.since.load(Relaxed)
    }

    pub fn hold_up(&self, is_held_up: bool) {
        self.is_held_up.store(is_held_up, Relaxed);
    }

    /// Whether it keeps the server busy, and has for long enough to be called slow.
    pub fn is_slow(&self, now: u64) -> bool {
        let age = now.saturating_sub(self.since());
        self.is_busy() && u128::from(age) >= YOUNG.as_millis()
    }

    pub fn is_busy(&self) -> bool {
        !self.is(Phase::Idle) || self.is_held_up.load(Relaxed)
    }

    /// Tells the connection to close.
    pub fn end(&self) {
        self.is_over.store(true, Relaxed);
        self.over.notify_one();
    }

    pub fn is_over(&self) -> bool {
        self.is_over.load(Relaxed)
    }

    /// Waits for [`Self::end`].
    pub async fn ended(&self) {
        self.over.notified().await;
    }
}
