//! The one timer of a socket: when to ping, when the token ends, when to read again.

use std::{pin::Pin, time::Duration};

use tokio::time::{Instant, Sleep, sleep_until};
use wire::Close;

use super::framed_socket::Ending;

/// The server pings a peer once in this time, and gives it up after two of them in silence.
pub const PING_EVERY: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub struct Keepalive {
    /// On the heap: a timer must not move, and a socket's task should be small.
    timer: Pin<Box<Sleep>>,
    ping_at: Instant,
    /// When the token ends.
    expires_at: Option<Instant>,
    /// Something arrived since the last ping.
    has_received: bool,
    /// A write waits for the peer, and a ping was due meanwhile.
    is_held_up: bool,
}

/// What the timer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// The token has ended, or the peer was silent for too long.
    End(Ending),
    Ping,
    /// Nothing of ours: the caller's own limit was reached.
    Nothing,
}

impl Keepalive {
    pub fn new(now: Instant) -> Self {
        let ping_at = now + PING_EVERY;
        Self {
            timer: Box::pin(sleep_until(ping_at)),
            ping_at,
            expires_at: None,
            has_received: true,
            is_held_up: false,
        }
    }

    pub fn expire_at(&mut self, expires_at: Option<Instant>) {
        self.expires_at = expires_at;
    }

    pub fn received(&mut self) {
        self.has_received = true;
    }

    /// A ping is due but cannot be written.
    pub fn write_held_up(&mut self) {
        self.is_held_up = true;
    }

    /// A write is done. If it was held up, the peer reads.
    pub fn write_done(&mut self) {
        self.has_received |= std::mem::take(&mut self.is_held_up);
    }

    /// Waits for what is due next, or until `no_later_than`. Nothing is lost when it is dropped.
    pub async fn next_due(&mut self, no_later_than: Option<Instant>) -> Due {
        let limits = [self.expires_at, no_later_than].into_iter().flatten();
        let due = limits.fold(self.ping_at, Instant::min);
        if self.timer.deadline() != due {
            self.timer.as_mut().reset(due);
        }
        self.timer.as_mut().await;
        self.judge(Instant::now())
    }

    fn judge(&mut self, now: Instant) -> Due {
        if self.expires_at.is_some_and(|end| now >= end) {
            return Due::End(Ending::Close(Close::NotAuthenticated));
        }
        if now < self.ping_at {
            return Due::Nothing;
        }
        self.ping_at = now + PING_EVERY;
        if std::mem::take(&mut self.has_received) {
            Due::Ping
        } else {
            Due::End(Ending::Close(Close::TooSlow))
        }
    }
}
