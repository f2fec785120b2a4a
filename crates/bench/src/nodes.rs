//! Durable sends over HTTP at two nodes with Redis, against one node without.

use test_support::RedisServer;

use crate::cpu::Watched;
use crate::data::CONVERSATIONS;
use crate::figure::{Figure, Goal, median};
use crate::load::closed_loop;
use crate::plan::Plan;
use crate::requests::Sends;
use crate::result::Result;
use crate::setup::Setup;
use crate::side::{Measured, Part, Side, per_second};

pub const ABOUT: &str = "\
Messages a second that are committed to disk and answered by two nodes with a Redis between them, the clients split over \
both, against one node without Redis, in turns. Each client has one connection and sends as in `sends`; nobody is online. \
Both sides use the same PostgreSQL, and everything shares the cores of one machine: both nodes, PostgreSQL, Redis and the \
clients. So two nodes cannot bring more processor time here, only more work; the aim is meant for PostgreSQL on a machine \
of its own.";

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    let redis = RedisServer::start();
    let nodes = [setup.join(&redis)?, setup.join(&redis)?];
    let alone = setup.serve()?;
    let sends = Sends::prepare(alone.address, CONVERSATIONS);
    let two = nodes.each_ref().map(|node| node.address);
    let one = [alone.address];
    let watched = Watched {
        servers: vec![nodes[0].pid(), nodes[1].pid(), alone.pid()],
        redis: Some(redis.pid()),
        database: setup.database_pid()?,
    };
    let (mut ours, mut theirs) = (Side::default(), Side::default());

    setup.sql("checkpoint")?;
    for servers in [&two[..], &one] {
        closed_loop(servers, 32, plan.warm_up(), |n| sends.anywhere(n)).await?;
    }
    for round in 0..plan.rounds {
        for &clients in &plan.clients {
            let mut turns = [(&two[..], &mut ours), (&one[..], &mut theirs)];
            // Who is first finds what the last turn left to do.
            turns.rotate_left(round % 2);
            for (servers, side) in turns {
                side.send(servers, clients, &sends, plan, &watched).await?;
            }
        }
    }

    let mut figures = Vec::new();
    for ((clients, ours), (_, theirs)) in ours.iter_mut().zip(theirs.iter_mut()) {
        let what = |nodes: &str, side: &mut Measured| {
            let p99 = side.latencies.percentile(99);
            format!("{nodes}, {clients} clients, p99 {p99:.1} ms")
        };
        let (two, one) = (what("two nodes", ours), what("one node", theirs));
        figures.push(compare(two, &ours.rates, one, &theirs.rates));
    }
    let best = compare(
        "two nodes, best of all".to_owned(),
        &ours.best(),
        "one node, best of all".to_owned(),
        &theirs.best(),
    );
    figures.push(best.goal(Goal::ratio(1.0, 1.5)));
    let parts: [(&str, Part); 4] = [
        ("servers", |spent| spent.servers),
        ("Redis", |spent| spent.redis),
        ("PostgreSQL", |spent| spent.database),
        ("clients", |spent| spent.clients),
    ];
    for (name, side) in [("two nodes", &ours), ("one node", &theirs)] {
        figures.extend(side.costs(|clients| format!("{name}, {clients} clients"), &parts));
    }
    Ok(figures)
}

fn compare(what: String, ours: &[f64], against: String, theirs: &[f64]) -> Figure {
    let ratio = median(ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs));
    Figure::alone(what, per_second(ours)).against(against, per_second(theirs), ratio)
}
