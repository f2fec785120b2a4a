//! Durable sends over HTTP, against PostgreSQL's own tool on the same cluster.

use crate::cpu::Watched;
use crate::data::CONVERSATIONS;
use crate::figure::{Amount, Figure, Goal, Unit, rounds_of};
use crate::load::{Latencies, closed_loop};
use crate::pgbench::{Pgbench, Trips};
use crate::plan::Plan;
use crate::requests::Sends;
use crate::result::Result;
use crate::setup::Setup;
use crate::side::{Part, Side, per_second};

pub const ABOUT: &str = "\
Messages a second that are committed to disk and answered. Each client has one connection and sends the next message \
when the last one is answered, every time as somebody else of the 2,000 people in another of the 1,000 conversations, \
as a proxy in front would. Nobody is online, so every send also writes a notification. pgbench runs on the same cluster, \
in turns of a few seconds with the server: one transaction a message, which inserts it and updates the conversation, on \
the tables and indexes of the original design, with prepared statements, over the Unix socket, on two threads. It has no \
HTTP, no tokens, no access check, no order, no retries and no notifications. The line in which all statements of its \
transaction travel together is for information.";

/// Turns of pgbench, between ours.
const PGBENCH: [(Trips, usize); 5] = [
    (Trips::OnePerStatement, 1),
    (Trips::OnePerStatement, 8),
    (Trips::OnePerStatement, 32),
    (Trips::One, 8),
    (Trips::One, 32),
];

/// More clients of pgbench than this make it no faster.
const MOST_OF_PGBENCH: usize = 32;

/// Ratios to pgbench at the same number of clients.
const GOALS: [(usize, Goal); 5] = [
    (1, Goal::ratio(0.6, 1.0)),
    (8, Goal::ratio(0.8, 1.2)),
    (32, Goal::ratio(1.2, 1.8)),
    (100, Goal::ratio(1.8, 2.3)),
    (200, Goal::ratio(2.0, 2.5)),
];
/// Processor time of a send, server and PostgreSQL together, as a ratio to pgbench's with 8 clients.
const CPU_GOALS: [(usize, Goal); 2] = [(8, Goal::ratio(1.2, 1.0)), (200, Goal::ratio(0.5, 0.4))];

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    let pgbench = Pgbench::prepare(setup)?;
    let server = setup.serve()?;
    let sends = Sends::prepare(server.address, CONVERSATIONS);
    let watched = Watched {
        servers: vec![server.pid()],
        redis: None,
        database: setup.database_pid()?,
    };
    let (mut ours, mut usual, mut pipelined) = (Side::default(), Side::default(), Side::default());
    let mut alone = Latencies::default();

    setup.sql("checkpoint")?;
    let servers = [server.address];
    closed_loop(&servers, 32, plan.warm_up(), |n| sends.anywhere(n)).await?;
    pgbench.sends_per_second(Trips::OnePerStatement, 32, plan.warm_up())?;
    for _ in 0..plan.rounds {
        alone.extend(pgbench.commits_alone(plan.turn)?);
        for turn in 0..plan.clients.len().max(PGBENCH.len()) {
            if let Some(&clients) = plan.clients.get(turn) {
                ours.send(&servers, clients, &sends, plan, &watched).await?;
            }
            if let Some(&(trips, clients)) = PGBENCH.get(turn) {
                let before = watched.now()?;
                let rate = pgbench.sends_per_second(trips, clients, plan.turn)?;
                let theirs = match trips {
                    Trips::OnePerStatement => &mut usual,
                    Trips::One => &mut pipelined,
                };
                let messages = rate * plan.turn.as_secs_f64();
                theirs.add(clients, rate, messages, &before, &watched)?;
            }
        }
    }

    let mut figures = rates(&mut ours, &usual, &pipelined);
    figures.extend(one_by_one(&mut ours, &mut alone));
    let (best, theirs) = (ours.best(), pipelined.best());
    figures.push(Figure::alone("best of all", per_second(&best)).rounds(
        "best of pgbench, one round trip",
        per_second(&theirs),
        &rounds_of(&best, &theirs),
    ));
    figures.extend(processor(&ours, &usual));
    let parts: [(&str, Part); 3] = [
        ("server", |spent| spent.servers),
        ("PostgreSQL", |spent| spent.database),
        ("clients", |spent| spent.clients),
    ];
    figures.extend(ours.costs(|clients| format!("{clients} clients"), &parts));
    let parts: [(&str, Part); 2] = [
        ("PostgreSQL", |spent| spent.database),
        ("pgbench", |spent| spent.programs),
    ];
    figures.extend(usual.costs(|clients| format!("pgbench {clients}"), &parts));
    Ok(figures)
}

/// With each number of clients.
fn rates(ours: &mut Side, usual: &Side, pipelined: &Side) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (clients, measured) in ours.iter_mut() {
        let latencies = &mut measured.latencies;
        let (p50, p99) = (latencies.percentile(50), latencies.percentile(99));
        let what = format!("{}: p50 {p50:.1} ms, p99 {p99:.1} ms", clients_of(clients));
        let mut figure = Figure::alone(what, per_second(&measured.rates));
        let as_many = clients.min(MOST_OF_PGBENCH);
        if let Some(theirs) = usual.of(as_many) {
            let ratios = rounds_of(&measured.rates, &theirs.rates);
            let what = format!("pgbench, {}", clients_of(as_many));
            figure = figure.rounds(what, per_second(&theirs.rates), &ratios);
        }
        if let Some((_, goal)) = GOALS.iter().find(|(of, _)| *of == clients) {
            figure = figure.goal(*goal);
        }
        figures.push(figure);
    }
    for (clients, measured) in pipelined.iter() {
        let what = format!("pgbench, one round trip, {clients} clients");
        figures.push(Figure::alone(what, per_second(&measured.rates)));
    }
    figures
}

fn clients_of(count: usize) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} client{plural}")
}

/// One client, one message after the other.
fn one_by_one(ours: &mut Side, alone: &mut Latencies) -> Option<Figure> {
    let (_, measured) = ours.iter_mut().find(|(clients, _)| *clients == 1)?;
    let (ours, theirs) = (measured.latencies.percentile(50), alone.percentile(50));
    let amount = |millis| Amount::new(millis, Unit::Milliseconds);
    let figure = Figure::alone("one client: p50 from request to answer", amount(ours));
    let figure = figure.against("p50 of a bare commit", amount(theirs), ours / theirs);
    Some(figure.goal(Goal::ratio(3.0, 2.0)))
}

/// What a send costs in all.
fn processor(ours: &Side, usual: &Side) -> Vec<Figure> {
    let Some(theirs) = usual.of(8) else {
        return Vec::new();
    };
    let theirs = theirs.cost(|spent| spent.programs + spent.database);
    let amount = |micros| Amount::new(micros, Unit::Microseconds);
    let figure = |(clients, goal): (usize, Goal)| {
        let cost = ours
            .of(clients)?
            .cost(|spent| spent.servers + spent.database);
        let what = format!("CPU of a message, {clients} clients: server and PostgreSQL");
        let against = "pgbench and PostgreSQL, 8 clients";
        Some(
            Figure::alone(what, amount(cost))
                .against(against, amount(theirs), cost / theirs)
                .goal(goal),
        )
    };
    CPU_GOALS.into_iter().filter_map(figure).collect()
}
