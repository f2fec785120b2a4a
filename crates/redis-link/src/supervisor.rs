//! The link to Redis: made, watched, and made again. While Redis is away, nobody waits for it. A
//! cluster is there when all of its masters are.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use async_trait::async_trait;
use metrics::{Counter, Gauge, counter, describe_counter, describe_gauge, gauge};
use redis::{PushInfo, PushKind, Value};
use tokio::{
    sync::{oneshot, watch},
    time::{Instant, MissedTickBehavior, interval, sleep, timeout},
};
use tokio_util::sync::CancellationToken;

use crate::{
    address::Address, connection::Connection, error::Result, server::RESPONSE_TIMEOUT,
    subscriptions::Subscriptions,
};

/// Between two tries to reach Redis.
const RETRY_DELAY: Duration = Duration::from_millis(200);
/// The longest that a try may take.
const TRY_TIMEOUT: Duration = Duration::from_secs(5);
/// How often Redis is asked whether it is there. It has [`RESPONSE_TIMEOUT`] to answer.
const PING_INTERVAL: Duration = Duration::from_secs(1);
/// Channels that one message to Redis names.
const CHANNELS_AT_ONCE: usize = 500;
/// Different reasons that are logged until Redis is back.
const MOST_REASONS: usize = 8;
/// How often channels that nobody wants any more are given up.
const TIDY_INTERVAL: Duration = Duration::from_secs(15);
/// How often sentinels are asked whether there is another master. Usually it cuts its connections
/// before.
const MASTER_INTERVAL: Duration = Duration::from_secs(5);

/// The owner of a link. Only [`Self::register`] may wait.
#[async_trait]
pub trait Handler: Send + Sync + 'static {
    /// Something was published on a channel.
    fn received(&self, channel: &str, payload: &[u8]);

    /// Redis is there. What was published since then may not have been received.
    fn connected(&self, received_until: Instant);

    /// What was published on these channels, each since then, may not have been received.
    fn missed(&self, channels: Vec<(String, Instant)>);

    fn is_wanted(&self, channel: &str) -> bool;

    /// Called on every new connection, before anything else is published on it.
    async fn register(&self, connection: &Connection) -> Result<()>;
}

/// A Redis that is there: every channel that this process wants is subscribed to.
#[derive(Clone, Debug)]
pub struct Up {
    pub connection: Connection,
    pub since: Instant,
    /// Cancelled when it turns out not to work.
    lost: CancellationToken,
}

impl Up {
    /// This connection is of no use; a new one is made.
    pub fn give_up(&self) {
        self.lost.cancel();
    }
}

#[derive(Debug)]
pub struct RedisLink {
    address: Address,
    /// The channel that every process hears.
    broadcast: String,
    up: watch::Sender<Option<Up>>,
    subscriptions: Subscriptions,
    is_up: Gauge,
    losses: Counter,
}

impl RedisLink {
    pub fn new(address: Address, broadcast: String) -> Self {
        describe_gauge!("haggle_redis_up", "1 when Redis is there, else 0");
        describe_counter!(
            "haggle_redis_losses_total",
            "Times that the connection to Redis was lost"
        );
        let link = Self {
            address,
            broadcast,
            up: watch::Sender::new(None),
            subscriptions: Subscriptions::default(),
            is_up: gauge!("haggle_redis_up"),
            losses: counter!("haggle_redis_losses_total"),
        };
        link.is_up.set(0.0);
        link
    }

    pub fn is_cluster(&self) -> bool {
        self.address.is_cluster()
    }

    pub fn up(&self) -> Option<Up> {
        self.up.borrow().clone()
    }

    pub fn is_up(&self) -> bool {
        self.up.borrow().is_some()
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

    /// Subscribes to a channel. The answer comes when that is done; `None`: it is done already.
    pub fn subscribe(&self, channel: &str) -> Option<oneshot::Receiver<()>> {
        self.subscriptions.want(channel)
    }

    /// Keeps the link until `ended`.
    pub async fn run(self: Arc<Self>, handler: Arc<dyn Handler>, ended: CancellationToken) {
        tokio::select! {
            () = ended.cancelled() => {}
            () = self.keep(&handler) => {}
        }
        self.set(None);
    }

    fn set(&self, up: Option<Up>) {
        self.is_up.set(if up.is_some() { 1.0 } else { 0.0 });
        self.up.send_replace(up);
    }

    async fn keep(self: &Arc<Self>, handler: &Arc<dyn Handler>) {
        // The last time when everything was received for certain.
        let mut received_until = Instant::now();
        let mut reasons = Vec::new();
        loop {
            match timeout(TRY_TIMEOUT, self.connect(handler)).await {
                Ok(Ok(up)) => {
                    tracing::info!(what = up.connection.describe(), "connected to Redis");
                    reasons.clear();
                    handler.connected(received_until);
                    self.set(Some(up.clone()));
                    received_until = self.watch(handler, &up).await;
                    self.set(None);
                    self.subscriptions.lose_all();
                    self.losses.increment(1);
                    tracing::warn!(
                        "lost Redis; every server serves its own sockets until it is back"
                    );
                }
                failed => {
                    let reason = match failed {
                        Ok(Err(error)) => error.to_string(),
                        _ => "it does not answer".to_owned(),
                    };
                    // Each once.
                    if reasons.len() < MOST_REASONS && !reasons.contains(&reason) {
                        tracing::warn!(reason, "Redis cannot be reached; it is tried again");
                        reasons.push(reason);
                    }
                    sleep(RETRY_DELAY).await;
                }
            }
        }
    }

    /// Connects, and subscribes to everything that is wanted.
    async fn connect(self: &Arc<Self>, handler: &Arc<dyn Handler>) -> Result<Up> {
        let lost = CancellationToken::new();
        let push = Arc::new(self.push(handler, &lost));
        let connection = Connection::open(&self.address, push).await?;
        let broadcast = std::slice::from_ref(&self.broadcast);
        connection.subscribe(broadcast).await?;
        self.subscriptions.lose_all();
        self.subscribe_new(handler, &connection).await?;
        // Before anything is published, so that the end of this process is noticed.
        handler.register(&connection).await?;
        Ok(Up {
            connection,
            since: Instant::now(),
            lost,
        })
    }

    /// What hears the pushes of a connection. The connection is kept by the link, so it must not
    /// keep the link.
    fn push(
        self: &Arc<Self>,
        handler: &Arc<dyn Handler>,
        lost: &CancellationToken,
    ) -> impl Fn(PushInfo) + use<> {
        let link: Weak<Self> = Arc::downgrade(self);
        let handler = Arc::downgrade(handler);
        let lost = lost.clone();
        move |info| match info.kind {
            PushKind::Message | PushKind::SMessage => {
                if let (Some(handler), Some((channel, payload))) =
                    (handler.upgrade(), message(&info.data))
                {
                    handler.received(channel, payload);
                }
            }
            // Of a channel whose slot has moved; or as we asked, of one that nobody wants.
            PushKind::SUnsubscribe => {
                if let (Some(link), Some(channel)) = (link.upgrade(), channel(&info.data)) {
                    if channel == link.broadcast {
                        // What was published there cannot be looked up for some users only.
                        lost.cancel();
                    } else {
                        link.subscriptions.lose(channel);
                    }
                }
            }
            PushKind::Disconnection => lost.cancel(),
            _ => {}
        }
    }

    async fn subscribe_new(
        &self,
        handler: &Arc<dyn Handler>,
        connection: &Connection,
    ) -> Result<()> {
        loop {
            let new = self.subscriptions.take_new(CHANNELS_AT_ONCE);
            if new.is_empty() {
                return Ok(());
            }
            connection.subscribe(&new).await?;
            let missed = self.subscriptions.done(&new);
            if !missed.is_empty() {
                handler.missed(missed);
            }
        }
    }

    async fn unsubscribe_unwanted(
        &self,
        handler: &Arc<dyn Handler>,
        connection: &Connection,
    ) -> Result<()> {
        let gone = self
            .subscriptions
            .give_up(|channel| handler.is_wanted(channel));
        for gone in gone.chunks(CHANNELS_AT_ONCE) {
            connection.unsubscribe(gone).await?;
        }
        Ok(())
    }

    /// Returns when the connection is lost, with the last time when it was not.
    async fn watch(&self, handler: &Arc<dyn Handler>, up: &Up) -> Instant {
        let mut well_at = Instant::now();
        let intervals = [PING_INTERVAL, TIDY_INTERVAL, MASTER_INTERVAL];
        let [mut ping, mut tidy, mut master] = intervals.map(|period| {
            let mut tick = interval(period);
            tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
            tick
        });
        loop {
            let asked_at = Instant::now();
            let done = tokio::select! {
                () = up.lost.cancelled() => return well_at,
                () = self.subscriptions.something_new() => {
                    self.subscribe_new(handler, &up.connection).await
                }
                _ = tidy.tick() => self.unsubscribe_unwanted(handler, &up.connection).await,
                _ = master.tick() => {
                    if up.connection.has_other_master(&self.address).await {
                        return well_at;
                    }
                    Ok(())
                }
                _ = ping.tick() => {
                    let asked_at = Instant::now();
                    match timeout(RESPONSE_TIMEOUT, up.connection.ping()).await {
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
                tracing::debug!(%error, ?elapsed, "Redis refused a command of the link");
                return well_at;
            }
        }
    }
}

fn message(data: &[Value]) -> Option<(&str, &[u8])> {
    match data {
        [Value::BulkString(_), Value::BulkString(payload)] => Some((channel(data)?, payload)),
        _ => None,
    }
}

fn channel(data: &[Value]) -> Option<&str> {
    match data.first() {
        Some(Value::BulkString(channel)) => std::str::from_utf8(channel).ok(),
        _ => None,
    }
}
