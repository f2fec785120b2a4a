//! Durable sends over HTTP, against PostgreSQL's own tool on the same cluster.

use std::collections::BTreeMap;

use crate::Result;
use crate::cpu::{Spent, Watched};
use crate::data::CONVERSATIONS;
use crate::figure::{Amount, Figure, Goal, Unit, best_of, median};
use crate::load::{Latencies, closed_loop, count};
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

/// Turns of pgbench, between ours.
const PGBENCH: [(Trips, usize); 4] = [
    (Trips::OnePerStatement, 8),
    (Trips::OnePerStatement, 32),
    (Trips::One, 8),
    (Trips::One, 32),
];

/// One side with one number of clients.
#[derive(Debug, Default)]
struct Measured {
    /// Messages a second in each round.
    rates: Vec<f64>,
    latencies: Latencies,
    messages: f64,
    spent: Spent,
}

/// By the number of clients.
type Side = BTreeMap<usize, Measured>;

pub async fn measure(stage: &mut Stage, plan: &Plan) -> Result<Vec<Figure>> {
    let pgbench = Pgbench::prepare(stage)?;
    let server = stage.serve()?;
    let sends = Sends::prepare(server.address, CONVERSATIONS);
    let watched = Watched {
        server: server.pid(),
        database: stage.database_pid()?,
    };
    let (mut ours, mut usual, mut pipelined) = (Side::new(), Side::new(), Side::new());

    stage.sql("checkpoint")?;
    closed_loop(&[server.address], 32, plan.warm_up(), |n| sends.anywhere(n)).await?;
    pgbench.sends_per_second(Trips::OnePerStatement, 32, plan.warm_up())?;
    for _ in 0..plan.rounds {
        for turn in 0..plan.clients.len().max(PGBENCH.len()) {
            if let Some(&clients) = plan.clients.get(turn) {
                let before = watched.now()?;
                let seed = usize::try_from(sends.next_number())?;
                let client = |number| sends.anywhere(seed + number);
                let load = closed_loop(&[server.address], clients, plan.turn, client).await?;
                let measured = ours.entry(clients).or_default();
                measured.add(
                    load.per_second(),
                    count(load.latencies.len()),
                    &before,
                    watched,
                )?;
                measured.latencies.extend(load.latencies);
            }
            if let Some(&(trips, clients)) = PGBENCH.get(turn) {
                let before = watched.now()?;
                let rate = pgbench.sends_per_second(trips, clients, plan.turn)?;
                let theirs = match trips {
                    Trips::OnePerStatement => &mut usual,
                    Trips::One => &mut pipelined,
                };
                let messages = rate * plan.turn.as_secs_f64();
                let measured = theirs.entry(clients).or_default();
                measured.add(rate, messages, &before, watched)?;
            }
        }
    }

    let mut figures = rates(&mut ours, &usual, &pipelined);
    let against = |what: &str, theirs: &Side| {
        let (ours, theirs) = (best(&ours), best(theirs));
        let ratio = median(ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs));
        Figure::alone("best of all", per_second(&ours)).against(what, per_second(&theirs), ratio)
    };
    figures.push(against("best of pgbench, one round trip", &pipelined));
    figures.push(against("best of pgbench", &usual).goal(Goal::ratio(1.5, 2.5)));
    figures.extend(costs(&ours, &usual));
    Ok(figures)
}

impl Measured {
    fn add(&mut self, rate: f64, messages: f64, before: &Spent, watched: Watched) -> Result {
        self.rates.push(rate);
        self.messages += messages;
        self.spent.add_since(before, &watched.now()?);
        Ok(())
    }
}

fn rates(ours: &mut Side, usual: &Side, pipelined: &Side) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (clients, measured) in ours {
        let latencies = &mut measured.latencies;
        let (p50, p99) = (latencies.percentile(50), latencies.percentile(99));
        let what = format!("{clients} clients: p50 {p50:.1} ms, p99 {p99:.1} ms");
        figures.push(Figure::alone(what, per_second(&measured.rates)));
    }
    for (name, theirs) in [("pgbench", usual), ("pgbench, one round trip", pipelined)] {
        for (clients, measured) in theirs {
            let what = format!("{name}, {clients} clients");
            figures.push(Figure::alone(what, per_second(&measured.rates)));
        }
    }
    figures
}

/// Processor time of a message.
fn costs(ours: &Side, usual: &Side) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut cost = |what: String, seconds: f64, measured: &Measured| {
        let micros = Amount::new(seconds / measured.messages * 1e6, Unit::Microseconds);
        figures.push(Figure::alone(what, micros));
    };
    for (clients, measured) in ours {
        let spent = measured.spent;
        cost(
            format!("CPU of a message, {clients} clients: server"),
            spent.server,
            measured,
        );
        cost(
            format!("CPU of a message, {clients} clients: PostgreSQL"),
            spent.database,
            measured,
        );
        cost(
            format!("CPU of a message, {clients} clients: clients"),
            spent.clients,
            measured,
        );
    }
    for (clients, measured) in usual {
        let spent = measured.spent;
        cost(
            format!("CPU of a message, pgbench {clients}: PostgreSQL"),
            spent.database,
            measured,
        );
        cost(
            format!("CPU of a message, pgbench {clients}: pgbench"),
            spent.programs,
            measured,
        );
    }
    figures
}

/// The rate of the best number of clients in each round.
fn best(side: &Side) -> Vec<f64> {
    best_of(side.values().map(|measured| &measured.rates[..]))
}

fn per_second(rates: &[f64]) -> Amount {
    Amount::new(median(rates.iter().copied()), Unit::PerSecond)
}
