//! This server's signs of life, and what it does about servers that show none any more.

use std::{collections::HashSet, sync::Arc, time::Duration};

use redis_link::{RESPONSE_TIMEOUT, RedisLink};
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_util::sync::CancellationToken;

use super::{
    gap_fill::GapFill,
    membership::{LIFE_SECONDS, Membership},
    socket_limit::SocketLimit,
};

/// Between two signs of life.
const INTERVAL: Duration = Duration::from_secs(2);

pub struct Heartbeat {
    link: Arc<RedisLink>,
    membership: Arc<Membership>,
    socket_limit: Arc<SocketLimit>,
    gap_fill: Arc<GapFill>,
}

impl Heartbeat {
    pub fn new(
        link: Arc<RedisLink>,
        membership: Arc<Membership>,
        socket_limit: Arc<SocketLimit>,
        gap_fill: Arc<GapFill>,
    ) -> Self {
        Self {
            link,
            membership,
            socket_limit,
            gap_fill,
        }
    }

    /// Runs until the server ends, and then says so.
    pub async fn run(self, ending: CancellationToken) {
        tokio::select! {
            () = ending.cancelled() => {}
            () = self.beat() => {}
        }
        if let Some(up) = self.link.up() {
            let left = self.membership.leave(&up.connection);
            let _ = timeout(RESPONSE_TIMEOUT, left).await;
        }
    }

    async fn beat(&self) {
        let mut tick = interval(INTERVAL);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut known_dead: HashSet<String> = HashSet::new();
        let mut last_up = None;
        loop {
            tick.tick().await;
            let Some(up) = self.link.up() else {
                continue;
            };
            if last_up.replace(up.since) != Some(up.since) {
                self.socket_limit.take_again(&up.connection).await;
            }
            let registered = self.membership.register(&up.connection);
            let Ok(Ok((_, dead))) = timeout(RESPONSE_TIMEOUT, registered).await else {
                continue;
            };
            let dead: HashSet<String> = dead.into_iter().collect();
            let count = dead.difference(&known_dead).count();
            if count > 0 {
                tracing::warn!(count, "other servers are gone");
                let silent = Duration::from_secs(LIFE_SECONDS) + 2 * INTERVAL;
                self.gap_fill.ago(silent);
            }
            known_dead = dead;
        }
    }
}
