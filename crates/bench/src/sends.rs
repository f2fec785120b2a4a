//! Durable sends over HTTP, against PostgreSQL's own tool on the same cluster.

use std::collections::BTreeMap;

use crate::Result;
use crate::data::CONVERSATIONS;
use crate::figure::{Amount, Figure, Goal, Unit, median};
use crate::load::{Latencies, closed_loop};
use crate::pgbench::{Pgbench, Trips};
use crate::requests::Sends;
use crate::run::Plan;
use crate::stage::Stage;

pub const ABOUT: &str = "\
Messages a second that are committed to disk and answered. Each client has one connection and sends the next message \
when the last one is answered, every time as somebody else of the 2,000 people in another of the 1,000 conversations, \
as a proxy in front would. Nobody is online, so every send also writes a notification. pgbench runs on the same cluster, \
in turns of a few seconds with the server: one transaction a message, which inserts it and updates the conversation, on \
the tables and indexes of the original design, with prepared statements, over the Unix socket, on two threads. It has no \
HTTP, no tokens, no access check, no order, no retries and no notifications. The line in which all statements of its \
transaction travel together is for information.";

const CLIENTS: [usize; 4] = [8, 32, 100, 200];
const PGBENCH_CLIENTS: [usize; 2] = [8, 32];

/// Rates of each round.
type Rates = Vec<f64>;

pub async fn measure(stage: &mut Stage, plan: &Plan) -> Result<Vec<Figure>> {
    let pgbench = Pgbench::prepare(stage)?;
    let server = stage.serve()?;
    let sends = Sends::prepare(server.address, CONVERSATIONS);
    let mut ours: BTreeMap<usize, (Rates, Latencies)> = BTreeMap::new();
    let mut separate: BTreeMap<usize, Rates> = BTreeMap::new();
    let mut pipelined: BTreeMap<usize, Rates> = BTreeMap::new();

    stage.sql("checkpoint")?;
    closed_loop(server.address, 32, plan.warm_up(), |n| sends.anywhere(n)).await?;
    pgbench.sends_per_second(Trips::OnePerStatement, 32, plan.warm_up())?;
    for _ in 0..plan.rounds {
        for (turn, clients) in CLIENTS.into_iter().enumerate() {
            let seed = usize::try_from(sends.next_number())?;
            let client = |number| sends.anywhere(seed + number);
            let load = closed_loop(server.address, clients, plan.turn, client).await?;
            let (rates, latencies) = ours.entry(clients).or_default();
            rates.push(load.per_second());
            latencies.extend(load.latencies);

            let theirs = PGBENCH_CLIENTS[turn % PGBENCH_CLIENTS.len()];
            let (trips, rates) = if turn < PGBENCH_CLIENTS.len() {
                (Trips::OnePerStatement, &mut separate)
            } else {
                (Trips::One, &mut pipelined)
            };
            let rate = pgbench.sends_per_second(trips, theirs, plan.turn)?;
            rates.entry(theirs).or_default().push(rate);
        }
    }

    let mut figures = Vec::new();
    for (clients, (rates, latencies)) in &mut ours {
        let (p50, p99) = (latencies.percentile(50), latencies.percentile(99));
        let what = format!("{clients} clients: p50 {p50:.1} ms, p99 {p99:.1} ms");
        figures.push(Figure::alone(what, per_second(rates)));
    }
    let ours = ours
        .into_iter()
        .map(|(clients, (rates, _))| (clients, rates));
    let ours = best(&ours.collect());
    for (name, theirs) in [
        ("pgbench", &separate),
        ("pgbench, one round trip", &pipelined),
    ] {
        for (clients, rates) in theirs {
            let what = format!("{name}, {clients} clients");
            figures.push(Figure::alone(what, per_second(rates)));
        }
    }
    let against = |what: &str, theirs: &BTreeMap<usize, Rates>| {
        let theirs = best(theirs);
        let ratio = median(ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs));
        Figure::alone("best of all", per_second(&ours)).against(what, per_second(&theirs), ratio)
    };
    figures.push(against("best of pgbench, one round trip", &pipelined));
    figures.push(against("best of pgbench", &separate).goal(Goal::ratio(1.5, 2.5)));
    Ok(figures)
}

/// The best number of clients in each round.
fn best(rates: &BTreeMap<usize, Rates>) -> Rates {
    let rounds = rates.values().map(Vec::len).min().unwrap_or(0);
    let best = |round: usize| rates.values().map(|rates| rates[round]).fold(0.0, f64::max);
    (0..rounds).map(best).collect()
}

fn per_second(rates: &Rates) -> Amount {
    Amount::new(median(rates.iter().copied()), Unit::PerSecond)
}
