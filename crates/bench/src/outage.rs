//! Redis away, while people on two nodes write to each other.

use std::time::{Duration, Instant};

use test_support::RedisServer;
use tokio::task::{JoinSet, spawn_blocking};

use crate::data::Side;
use crate::device::{Device, all_know};
use crate::figure::{Amount, Figure, Goal, Unit};
use crate::load::{Latencies, count};
use crate::plan::{Outage, Plan};
use crate::requests::token;
use crate::result::Result;
use crate::sent::Sent;
use crate::setup::Setup;
use crate::socket::Socket;
use crate::writers::{Writers, latencies};

pub const ABOUT: &str = "\
Two nodes with a Redis between them, 200 people in 100 conversations, each with a socket at both nodes. 100 messages a \
second come independently of each other, each through either node, before Redis goes, while it is away, and afterwards. A \
send counts from the moment at which it is due, timers of a millisecond included. `there` is the node that took the \
message, `elsewhere` the other one; Redis being away, nothing can be heard elsewhere until it is back. A socket knows of a \
message when it has heard it, or a `conversation_updated` with its `seq` or a later one, or a `reset` after it. A send that \
fails, or a socket that never knows, fails the run.";

const CONVERSATIONS: usize = 100;
const MESSAGES_PER_SECOND: f64 = 100.0;

/// Where the sockets of a conversation are.
const PLACES: [(Side, usize); 4] = [
    (Side::Buyer, 0),
    (Side::Buyer, 1),
    (Side::Supplier, 0),
    (Side::Supplier, 1),
];
/// What was answered so long before a time ended should have been heard in it.
const MOMENT: Duration = Duration::from_secs(1);

impl Outage {
    fn begin(self, redis: &mut RedisServer) {
        match self {
            Self::Killed => redis.kill9(),
            Self::Frozen => redis.freeze(),
        }
    }

    fn end(self, redis: &mut RedisServer) {
        match self {
            Self::Killed => redis.restart(),
            Self::Frozen => redis.go_on(),
        }
    }
}

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    let (how, calm) = (plan.outage_by, 3 * plan.turn);
    let mut redis = RedisServer::start();
    let nodes = [setup.join(&redis)?, setup.join(&redis)?];
    let mut devices = Vec::new();
    let mut listening = JoinSet::new();
    for conversation in 0..CONVERSATIONS {
        for (side, node) in PLACES {
            let token = token(&side.user(conversation));
            let socket = Socket::enter(nodes[node].address, &token).await?;
            let device = Device::new(conversation, node);
            devices.push(device.clone());
            listening.spawn(async move { device.listen(socket).await });
        }
    }

    let servers = nodes.each_ref().map(|node| node.address);
    let mut writers = Writers::start(&servers, CONVERSATIONS, MESSAGES_PER_SECOND);
    tokio::time::sleep(plan.warm_up()).await;
    let start = Instant::now();
    tokio::time::sleep(calm).await;
    let away = Instant::now();
    redis = change(redis, move |redis| how.begin(redis)).await?;
    tokio::time::sleep(plan.outage).await;
    redis = change(redis, move |redis| how.end(redis)).await?;
    let back = Instant::now();
    let missed = || {
        let mut sent = writers.sent();
        sent.retain(|sent| sent.answered < back);
        sent
    };
    let converged = all_know(&devices, missed, Device::knows).await?;
    tokio::time::sleep(calm).await;
    let end = Instant::now();
    writers.stop().await?;
    all_know(&devices, || writers.sent(), Device::knows).await?;
    if let Some(ended) = listening.try_join_next() {
        return Err(format!("a socket was closed: {}", ended?).into());
    }
    if writers.failed() > 0 {
        return Err(format!("{} sends failed", writers.failed()).into());
    }
    // Servers wait for sockets when they end.
    listening.shutdown().await;
    drop(redis);

    let all = writers.sent();
    let during = |from: Instant, to: Instant| {
        let sent = all.iter().filter(|sent| from <= sent.due && sent.due < to);
        let sent: Vec<_> = sent.copied().collect();
        Part::of(&sent, to - from, &devices, to)
    };
    let converged = converged.map_or(Duration::ZERO, |at| at.saturating_duration_since(back));
    Ok(figures(
        [during(start, away), during(away, back), during(back, end)],
        converged,
    ))
}

/// It blocks for some milliseconds, in which sockets are still heard.
async fn change(
    mut redis: RedisServer,
    work: impl FnOnce(&mut RedisServer) + Send + 'static,
) -> Result<RedisServer> {
    let changed = spawn_blocking(move || {
        work(&mut redis);
        redis
    });
    Ok(changed.await?)
}

/// A stretch of time.
struct Part {
    per_second: f64,
    sends: Latencies,
    there: Latencies,
    /// Deliveries within the time, and those that did not come in it.
    not_there: usize,
    elsewhere: Latencies,
    not_elsewhere: usize,
}

impl Part {
    fn of(sent: &[Sent], time: Duration, devices: &[Device], end: Instant) -> Self {
        let mut part = Self {
            per_second: count(sent.len()) / time.as_secs_f64(),
            sends: latencies(sent),
            there: Latencies::default(),
            not_there: 0,
            elsewhere: Latencies::default(),
            not_elsewhere: 0,
        };
        // What is on its way when the time ends is nobody's fault.
        for sent in sent.iter().filter(|sent| sent.answered + MOMENT < end) {
            let theirs = devices
                .iter()
                .filter(|device| device.conversation == sent.conversation);
            for device in theirs {
                let (heard, not) = if device.node == sent.node {
                    (&mut part.there, &mut part.not_there)
                } else {
                    (&mut part.elsewhere, &mut part.not_elsewhere)
                };
                match device.has(sent).filter(|at| *at < end) {
                    Some(at) => heard.push(at.saturating_duration_since(sent.due)),
                    None => *not += 1,
                }
            }
        }
        part
    }
}

fn figures(parts: [Part; 3], converged: Duration) -> Vec<Figure> {
    let names = ["before", "while Redis is away", "afterwards"];
    let milliseconds = |value| Amount::new(value, Unit::Milliseconds);
    let number = |value| Amount::new(count(value), Unit::Count);
    let [before, away, after] = parts;
    let mut figures = Vec::new();
    let (mut sends, mut there, mut usual) = (Vec::new(), Vec::new(), Vec::new());
    for (name, mut part) in names.into_iter().zip([before, away, after]) {
        let rate = Amount::new(part.per_second, Unit::PerSecond);
        figures.push(Figure::alone(format!("sends {name}"), rate));
        sends.push(part.sends.percentile(99));
        there.push(part.there.percentile(99));
        usual.push(part.there.percentile(50));
        let all = part.not_there + part.there.len();
        let what = format!("{name}: not heard there, of {all}");
        figures.push(Figure::alone(what, number(part.not_there)));
        let all = part.not_elsewhere + part.elsewhere.len();
        let what = format!("{name}: not heard elsewhere, of {all}");
        figures.push(Figure::alone(what, number(part.not_elsewhere)));
    }
    for (what, measured) in [
        ("p99 of a send", sends),
        ("p50 of a delivery there", usual),
        ("p99 of a delivery there", there),
    ] {
        let before = milliseconds(measured[0]);
        for (name, now) in names.into_iter().zip(measured).skip(1) {
            let ratio = now / before.value;
            let figure = Figure::alone(format!("{what} {name}"), milliseconds(now));
            figures.push(figure.against(format!("{what} before"), before, ratio));
        }
    }
    let seconds = Amount::new(converged.as_secs_f64(), Unit::Seconds);
    figures.push(
        Figure::alone(
            "from Redis's return until every socket knew everything",
            seconds,
        )
        .goal(Goal::amount(10.0, 10.0, Unit::Seconds)),
    );
    figures.push(Figure::alone("sends that failed", number(0)));
    figures
}
