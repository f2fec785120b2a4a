//! The one timer of a socket: pings, the end of the token, the pace of reading.

use std::{pin::Pin, time::Duration};

use tokio::time::{Instant, Sleep, sleep_until};

use super::line::Ending;
use crate::hub::close::Close;

/// A peer is asked whether it is there once in this time, and gone after two of them in silence.
pub const PING_EVERY: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub struct Keepalive {
    /// On the heap: a timer must not move, and a socket's task should be small.
    timer: Pin<Box<Sleep>>,
    ping_at: Instant,
    /// When the token ends.
    expires_at: Option<Instant>,
    /// Something arrived since the last ping.
    has_heard: bool,
    /// A write waits for the peer, and a ping was due meanwhile.
    is_held_up: bool,
}

/// What time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// The token has ended, or the peer was silent for too long.
    Over(Ending),
    Ping,
    /// Something else was waited for.
    Early,
}

impl Keepalive {
    pub fn new(now: Instant) -> Self {
        let ping_at = now + PING_EVERY;
        Self {
            timer: Box::pin(sleep_until(ping_at)),
            ping_at,
            expires_at: None,
            has_heard: true,
            is_held_up: false,
        }
    }

    pub fn expire_at(&mut self, expires_at: Option<Instant>) {
        self.expires_at = expires_at;
    }

    pub fn heard(&mut self) {
        self.has_heard = true;
    }

    /// A ping is due but cannot be written.
    pub fn hold_up(&mut self) {
        self.is_held_up = true;
    }

    /// A write is done. If it was held up, somebody reads.
    pub fn go_on(&mut self) {
        self.has_heard |= std::mem::take(&mut self.is_held_up);
    }

    /// Waits for the next beat, or until `no_later_than`. Nothing is lost when it is dropped.
    pub async fn beat(&mut self, no_later_than: Option<Instant>) -> Beat {
        let limits = [self.expires_at, no_later_than].into_iter().flatten();
        let due = limits.fold(self.ping_at, Instant::min);
        if self.timer.deadline() != due {
            self.timer.as_mut().reset(due);
        }
        self.timer.as_mut().await;
        self.judge(Instant::now())
    }

    fn judge(&mut self, now: Instant) -> Beat {
        if self.expires_at.is_some_and(|end| now >= end) {
            return Beat::Over(Ending::Close(Close::NotAuthenticated));
        }
        if now < self.ping_at {
            return Beat::Early;
        }
        self.ping_at = now + PING_EVERY;
        if std::mem::take(&mut self.has_heard) {
            Beat::Ping
        } else {
            Beat::Over(Ending::Close(Close::TooSlow))
        }
    }
}
