//! The connection to Redis: made, watched, made again. While it is away nobody waits for it. A cluster
//! is there when all of its masters are.

use std::{sync::Arc, time::Duration};

use chat::ids::UserId;
use metrics::{Counter, Gauge, counter, describe_counter, describe_gauge, gauge};
use redis::{PushInfo, PushKind, RedisResult, Value};
use tokio::{
    sync::watch,
    time::{Instant, MissedTickBehavior, interval, sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use super::{
    Nodes,
    kind::reason,
    live::{ANSWER, Live},
    roll,
};

/// Between two tries to reach Redis.
const RETRY: Duration = Duration::from_millis(200);
/// The longest that a try may take.
const TRY: Duration = Duration::from_secs(5);
/// How often Redis is asked whether it is there. It has [`ANSWER`] to say so.
const PING: Duration = Duration::from_secs(1);
/// Channels that one message to Redis names.
const CHANNELS: usize = 500;
/// What is wrong is said so often until Redis is back.
const COMPLAINTS: usize = 8;
/// How often channels are looked through for those whose users are gone.
const TIDY: Duration = Duration::from_secs(15);
/// How often sentinels are asked whether the master is another one by now. Usually it cuts its
/// connections before.
const LOOK: Duration = Duration::from_secs(5);

/// A Redis that is there: every channel that this node wants is heard.
#[derive(Clone, Debug)]
pub struct Up {
    pub live: Live,
    pub since: Instant,
    /// To be cancelled by whoever finds that it does not work.
    lost: CancellationToken,
}

impl Up {
    /// This connection is of no use; a new one is made.
    pub fn is_of_no_use(&self) {
        self.lost.cancel();
    }
}

#[derive(Debug)]
pub struct Link {
    up: watch::Sender<Option<Up>>,
    is_up: Gauge,
    losses: Counter,
}

impl Default for Link {
    fn default() -> Self {
        describe_gauge!("haggle_redis_up", "1 when Redis is there, else 0");
        describe_counter!(
            "haggle_redis_losses_total",
            "Times that the connection to Redis was lost"
        );
        let link = Self {
            up: watch::Sender::new(None),
            is_up: gauge!("haggle_redis_up"),
            losses: counter!("haggle_redis_losses_total"),
        };
        link.is_up.set(0.0);
        link
    }
}

impl Link {
    pub fn up(&self) -> Option<Up> {
        self.up.borrow().clone()
    }

    /// Waits until Redis is there.
    pub async fn wait(&self) -> Up {
        let mut up = self.up.subscribe();
        loop {
            if let Some(up) = up.borrow_and_update().clone() {
                return up;
            }
            if up.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    fn set(&self, up: Option<Up>) {
        self.is_up.set(if up.is_some() { 1.0 } else { 0.0 });
        self.up.send_replace(up);
    }
}

/// Runs until the node has ended.
pub async fn keep(nodes: Arc<Nodes>) {
    let ended = nodes.ended.clone();
    tokio::select! {
        () = ended.cancelled() => {}
        () = keep_on(&nodes) => {}
    }
    nodes.link.set(None);
}

async fn keep_on(nodes: &Arc<Nodes>) {
    // The last time when everything was heard for certain.
    let mut heard_until = Instant::now();
    let mut complaints = Vec::new();
    loop {
        match timeout(TRY, reach(nodes)).await {
            Ok(Ok(up)) => {
                tracing::info!(what = up.live.what(), "Redis is there");
                complaints.clear();
                // What they show may have changed unheard.
                nodes.caches.clear();
                nodes.catch_up.since(heard_until);
                nodes.link.set(Some(up.clone()));
                heard_until = watch_over(nodes, &up).await;
                nodes.link.set(None);
                nodes.ears.all_off();
                nodes.link.losses.increment(1);
                tracing::warn!(
                    "Redis is gone; every server serves its own sockets until it is back"
                );
            }
            failed => {
                let reason = match failed {
                    Ok(Err(error)) => reason(&error),
                    _ => "it does not answer".to_owned(),
                };
                // Each once.
                if complaints.len() < COMPLAINTS && !complaints.contains(&reason) {
                    tracing::warn!(reason, "Redis cannot be reached; it is tried again");
                    complaints.push(reason);
                }
                sleep(RETRY).await;
            }
        }
    }
}

/// Connects, and hears whatever this node wants to hear.
async fn reach(nodes: &Arc<Nodes>) -> RedisResult<Up> {
    let lost = CancellationToken::new();
    let push = {
        let (nodes, lost) = (Arc::downgrade(nodes), lost.clone());
        move |info: PushInfo| match info.kind {
            PushKind::Message | PushKind::SMessage => {
                if let Some(nodes) = nodes.upgrade() {
                    nodes.hear(&info.data);
                }
            }
            // Of a channel whose slot has moved; or as we asked, of one that nobody wants.
            PushKind::SUnsubscribe => {
                if let Some(nodes) = nodes.upgrade() {
                    nodes.hear_no_longer(&info.data, &lost);
                }
            }
            PushKind::Disconnection => lost.cancel(),
            _ => {}
        }
    };
    let live = Live::open(&nodes.address, Arc::new(push)).await?;
    live.subscribe(&[nodes.names.everybody()]).await?;
    nodes.ears.all_off();
    hear_new(nodes, &live).await?;
    // Before this node tells anybody anything, so that its death is noticed.
    roll::sign(nodes, &live).await?;
    Ok(Up {
        live,
        since: Instant::now(),
        lost,
    })
}

async fn hear_new(nodes: &Nodes, live: &Live) -> RedisResult<()> {
    loop {
        let new = nodes.ears.take_new(CHANNELS);
        if new.is_empty() {
            return Ok(());
        }
        live.subscribe(&channels(nodes, &new)).await?;
        nodes.catch_up.of(nodes.ears.turned_on(&new));
    }
}

impl Nodes {
    /// Must not wait.
    fn hear_no_longer(&self, data: &[Value], lost: &CancellationToken) {
        let Some(Value::BulkString(channel)) = data.first() else {
            return;
        };
        let Ok(channel) = std::str::from_utf8(channel) else {
            return;
        };
        match self.names.user_of(channel) {
            Some(user) => self.ears.turned_off(&UserId::new(user)),
            // That of everybody. What was said there cannot be looked up for some only.
            None => lost.cancel(),
        }
    }
}

/// Returns when the connection is lost, with the last time when it was not.
async fn watch_over(nodes: &Nodes, up: &Up) -> Instant {
    let mut well_at = Instant::now();
    let [mut ping, mut tidy, mut look] = [PING, TIDY, LOOK].map(|period| {
        let mut tick = interval(period);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        tick
    });
    loop {
        let asked_at = Instant::now();
        let done = tokio::select! {
            () = up.lost.cancelled() => return well_at,
            () = nodes.ears.somebody_new() => hear_new(nodes, &up.live).await,
            _ = tidy.tick() => hear_less(nodes, &up.live).await,
            _ = look.tick() => {
                if up.live.has_gone_elsewhere(&nodes.address).await {
                    return well_at;
                }
                Ok(())
            }
            _ = ping.tick() => {
                let asked_at = Instant::now();
                match timeout(ANSWER, up.live.ping()).await {
                    Ok(Ok(())) => {
                        well_at = asked_at;
                        Ok(())
                    }
                    Ok(Err(error)) => Err(error),
                    Err(_) => return well_at,
                }
            }
        };
        if let Err(error) = done {
            let elapsed = asked_at.elapsed();
            tracing::debug!(%error, ?elapsed, "Redis refused");
            return well_at;
        }
    }
}

async fn hear_less(nodes: &Nodes, live: &Live) -> RedisResult<()> {
    let gone = nodes.ears.give_up(|user| nodes.hub.is_connected(user));
    for gone in gone.chunks(CHANNELS) {
        live.unsubscribe(&channels(nodes, gone)).await?;
    }
    Ok(())
}

fn channels(nodes: &Nodes, users: &[UserId]) -> Vec<String> {
    users.iter().map(|user| nodes.names.user(user)).collect()
}
