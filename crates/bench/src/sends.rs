//! Durable sends over HTTP, against PostgreSQL's own tool on the same cluster.

use crate::cpu::Watched;
use crate::data::CONVERSATIONS;
use crate::figure::{Figure, Goal, median};
use crate::load::closed_loop;
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
const PGBENCH: [(Trips, usize); 4] = [
    (Trips::OnePerStatement, 8),
    (Trips::OnePerStatement, 32),
    (Trips::One, 8),
    (Trips::One, 32),
];

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

    setup.sql("checkpoint")?;
    let servers = [server.address];
    closed_loop(&servers, 32, plan.warm_up(), |n| sends.anywhere(n)).await?;
    pgbench.sends_per_second(Trips::OnePerStatement, 32, plan.warm_up())?;
    for _ in 0..plan.rounds {
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
    let against = |what: &str, theirs: &Side| {
        let (ours, theirs) = (ours.best(), theirs.best());
        let ratio = median(ours.iter().zip(&theirs).map(|(ours, theirs)| ours / theirs));
        Figure::alone("best of all", per_second(&ours)).against(what, per_second(&theirs), ratio)
    };
    figures.push(against("best of pgbench, one round trip", &pipelined));
    figures.push(against("best of pgbench", &usual).goal(Goal::ratio(1.5, 2.5)));
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

fn rates(ours: &mut Side, usual: &Side, pipelined: &Side) -> Vec<Figure> {
    let mut figures = Vec::new();
    for (clients, measured) in ours.iter_mut() {
        let latencies = &mut measured.latencies;
        let (p50, p99) = (latencies.percentile(50), latencies.percentile(99));
        let what = format!("{clients} clients: p50 {p50:.1} ms, p99 {p99:.1} ms");
        figures.push(Figure::alone(what, per_second(&measured.rates)));
    }
    for (name, theirs) in [("pgbench", usual), ("pgbench, one round trip", pipelined)] {
        for (clients, measured) in theirs.iter() {
            let what = format!("{name}, {clients} clients");
            figures.push(Figure::alone(what, per_second(&measured.rates)));
        }
    }
    figures
}
