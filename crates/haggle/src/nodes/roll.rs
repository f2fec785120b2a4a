//! Which nodes live, in Redis. A node that died may have committed what it told nobody; those who
//! live look for it in the database.

use std::{collections::HashSet, sync::Arc, time::Duration};

use redis::{RedisResult, Script};
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

use super::{
    Nodes,
    live::{ANSWER, Live},
};

/// Between two signs of life.
const EVERY: Duration = Duration::from_secs(2);
/// A node that is silent for so long is dead.
const LIFE_SECONDS: u64 = 10;

/// Signs the roll and reads it: the living, the dead of the last minute. By the clock of Redis.
const SIGN: &str = r"
local time = redis.call('TIME')
local now = tonumber(time[1])
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 60)
return {
  redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf'),
  redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now),
}
";

/// Signs and reads. Returns the living and the dead.
pub async fn sign(nodes: &Nodes, live: &Live) -> RedisResult<(Vec<String>, Vec<String>)> {
    let arguments = [nodes.node.to_string(), LIFE_SECONDS.to_string()];
    let roll = nodes.names.nodes();
    live.call(&Script::new(SIGN), &roll, &arguments).await
}

/// Runs until the node has ended.
pub async fn keep(nodes: Arc<Nodes>) {
    tokio::select! {
        () = nodes.ending.cancelled() => {}
        () = keep_on(&nodes) => {}
    }
    if let Some(up) = nodes.link.up() {
        let mut leave = redis::cmd("ZREM");
        leave.arg(nodes.names.nodes()).arg(nodes.node.as_str());
        let _ = timeout(ANSWER, up.live.ask::<i64>(&leave)).await;
    }
}

async fn keep_on(nodes: &Nodes) {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known_dead: HashSet<String> = HashSet::new();
    let mut last_up = None;
    loop {
        tick.tick().await;
        let Some(up) = nodes.link.up() else {
            continue;
        };
        if last_up.replace(up.since) != Some(up.since) {
            nodes.take_places_again(&up.live).await;
        }
        let Ok(Ok((_, dead))) = timeout(ANSWER, sign(nodes, &up.live)).await else {
            continue;
        };
        let dead: HashSet<String> = dead.into_iter().collect();
        let died = dead.difference(&known_dead).count();
        if died > 0 {
            tracing::warn!(died, "other servers are gone");
            let silent = Duration::from_secs(LIFE_SECONDS) + 2 * EVERY;
            let now = Instant::now();
            nodes.catch_up.since(now.checked_sub(silent).unwrap_or(now));
        }
        known_dead = dead;
    }
}
