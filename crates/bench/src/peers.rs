//! Durable sends by a server of the ordinary kind, written in an afternoon: Express, pg and ws on the
//! design's schema, on the same PostgreSQL and in the same minutes.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::cpu::Watched;
use crate::data::CONVERSATIONS;
use crate::figure::{Amount, Figure, Goal, Unit, rounds_of};
use crate::load::closed_loop;
use crate::plan::Plan;
use crate::requests::{SECRET, Sends};
use crate::result::Result;
use crate::server::Server;
use crate::setup::Setup;
use crate::side::{Part, Side, per_second};

pub const ABOUT: &str = "\
Messages a second that are committed and answered, as in `sends`, against `bench/peers/express`: an Express server with a \
pool of 16 connections and a WebSocket server, as most marketplaces write one, on the schema of the original design. It \
has no order, no retries, no read marks, no limits and no audit. It is one process, as Node is; its processor time is beside ours. For \
information: nobody chooses between the two by this.";

/// What the two have in common.
const CLIENTS: [usize; 3] = [8, 32, 100];

pub async fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    let peer = Peer::install()?;
    let database = setup.design()?;
    let peer = peer.start(&database, setup)?;
    let server = setup.serve()?;
    let (sends, theirs) = (
        Sends::prepare(server.address, CONVERSATIONS),
        Sends::prepare(peer.address, CONVERSATIONS),
    );
    let watch = |server: &Server| -> Result<Watched> {
        Ok(Watched {
            servers: vec![server.pid()],
            redis: None,
            database: setup.database_pid()?,
        })
    };
    let (our_watch, their_watch) = (watch(&server)?, watch(&peer)?);
    let (mut our_side, mut their_side) = (Side::default(), Side::default());

    setup.sql("checkpoint")?;
    for (address, sends) in [(server.address, &sends), (peer.address, &theirs)] {
        closed_loop(&[address], 32, plan.warm_up(), |n| sends.anywhere(n)).await?;
    }
    for round in 0..plan.rounds {
        for clients in CLIENTS {
            let mut turns = [
                (server.address, &sends, &our_watch, &mut our_side),
                (peer.address, &theirs, &their_watch, &mut their_side),
            ];
            turns.rotate_left(round % 2);
            for (address, sends, watched, side) in turns {
                side.send(&[address], clients, sends, plan, watched).await?;
            }
        }
    }

    let mut figures = Vec::new();
    for ((clients, ours), (_, theirs)) in our_side.iter().zip(their_side.iter()) {
        let rounds = rounds_of(&ours.rates, &theirs.rates);
        let what = format!("Haggle, {clients} clients");
        let figure = Figure::alone(what, per_second(&ours.rates));
        let figure = figure.rounds("Express", per_second(&theirs.rates), &rounds);
        figures.push(figure.goal(Goal::ratio(1.0, 20.0)));
    }
    let parts: [(&str, Part); 2] = [
        ("server", |spent| spent.servers),
        ("PostgreSQL", |spent| spent.database),
    ];
    figures.extend(our_side.costs(|clients| format!("Haggle, {clients} clients"), &parts));
    figures.extend(their_side.costs(|clients| format!("Express, {clients} clients"), &parts));
    let connections = Amount::new(16.0, Unit::Count);
    figures.push(Figure::alone(
        "connections to PostgreSQL of each",
        connections,
    ));
    Ok(figures)
}

/// The folder of the peer, with its packages.
struct Peer(PathBuf);

impl Peer {
    fn install() -> Result<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bench/peers/express");
        let mut npm = Command::new("npm");
        npm.args(["ci", "--silent", "--no-fund", "--no-audit"]);
        let installed = npm.current_dir(&folder).stdin(Stdio::null()).status();
        let installed =
            installed.map_err(|error| format!("the peer needs Node and npm: {error}"))?;
        if !installed.success() {
            return Err(format!("npm ci failed in {}", folder.display()).into());
        }
        Ok(Self(folder))
    }

    fn start(&self, database: &str, setup: &Setup) -> Result<Server> {
        let mut node = Command::new("node");
        node.arg("server.js").current_dir(&self.0);
        node.env("NODE_ENV", "production").env("JWT_SECRET", SECRET);
        node.env("DATABASE_URL", database);
        Server::start(&mut node, &setup.path("express.log"))
    }
}
