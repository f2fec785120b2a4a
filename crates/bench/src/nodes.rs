//! Durable sends over HTTP at two nodes with Redis, against one node without.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use test_support::RedisServer;

use crate::Result;
use crate::data::CONVERSATIONS;
use crate::figure::{Amount, Figure, Goal, Unit, best_of, median};
use crate::load::{Latencies, closed_loop};
use crate::requests::Sends;
use crate::run::Plan;
use crate::stage::Stage;

pub const ABOUT: &str = "\
Messages a second that are committed to disk and answered by two nodes with a Redis between them, the clients split over \
both, against one node without Redis, in turns. Each client has one connection and sends as in `sends`; nobody is online. \
Both sides use the same PostgreSQL, and everything shares the cores of one machine: both nodes, PostgreSQL, Redis and the \
clients. So two nodes cannot bring more processor time here, only more work; the aim is meant for PostgreSQL on a machine \
of its own.";

/// One side with one number of clients.
#[derive(Debug, Default)]
struct Measured {
    /// Messages a second in each round.
    rates: Vec<f64>,
    latencies: Latencies,
}

/// By the number of clients.
type Side = BTreeMap<usize, Measured>;

pub async fn measure(stage: &mut Stage, plan: &Plan) -> Result<Vec<Figure>> {
    let redis = RedisServer::start();
    let nodes = [stage.join(&redis)?, stage.join(&redis)?];
    let alone = stage.serve()?;
    let sends = Sends::prepare(alone.address, CONVERSATIONS);
    let two = nodes.each_ref().map(|node| node.address);
    let one = [alone.address];
    let (mut ours, mut theirs) = (Side::new(), Side::new());

    stage.sql("checkpoint")?;
    for servers in [&two[..], &one] {
        closed_loop(servers, 32, plan.warm_up(), |n| sends.anywhere(n)).await?;
    }
    for round in 0..plan.rounds {
        for &clients in &plan.clients {
            let mut turns = [(&two[..], &mut ours), (&one[..], &mut theirs)];
            // Who is first finds what the last turn left to do.
            turns.rotate_left(round % 2);
            for (servers, side) in turns {
                let measured = side.entry(clients).or_default();
                turn(servers, clients, &sends, plan, measured).await?;
            }
        }
    }

    let mut figures = Vec::new();
    for ((clients, ours), theirs) in ours.iter_mut().zip(theirs.values_mut()) {
        let what = |nodes: &str, side: &mut Measured| {
            let p99 = side.latencies.percentile(99);
            format!("{nodes}, {clients} clients, p99 {p99:.1} ms")
        };
        let (two, one) = (what("two nodes", ours), what("one node", theirs));
        figures.push(compare(two, &ours.rates, one, &theirs.rates));
    }
    let best = compare(
        "two nodes, best of all".to_owned(),
        &best(&ours),
        "one node, best of all".to_owned(),
        &best(&theirs),
    );
    figures.push(best.goal(Goal::ratio(1.0, 1.5)));
    Ok(figures)
}

async fn turn(
    servers: &[SocketAddr],
    clients: usize,
    sends: &Sends,
    plan: &Plan,
    measured: &mut Measured,
) -> Result {
    let seed = usize::try_from(sends.next_number())?;
    let client = |number| sends.anywhere(seed + number);
    let load = closed_loop(servers, clients, plan.turn, client).await?;
    measured.rates.push(load.per_second());
    measured.latencies.extend(load.latencies);
    Ok(())
}

/// The rate of the best number of clients in each round.
fn best(side: &Side) -> Vec<f64> {
    best_of(side.values().map(|measured| &measured.rates[..]))
}

fn compare(what: String, ours: &[f64], against: String, theirs: &[f64]) -> Figure {
    let rate = |of: &[f64]| Amount::new(median(of.iter().copied()), Unit::PerSecond);
    let ratio = median(ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs));
    Figure::alone(what, rate(ours)).against(against, rate(theirs), ratio)
}
