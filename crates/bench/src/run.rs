//! Which benchmarks run, and how long.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;
use serde::Serialize;

use crate::figure::Figure;
use crate::outage::Outage;
use crate::stage::Stage;
use crate::{
    Result, death, delivery, fanout, lists, machine, nodes, outage, pages, paper, sends, sockets,
    start, storm,
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// All when none is named.
    names: Vec<Name>,
    /// The length of one turn of one side.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Turns of each side.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=100))]
    rounds: u64,
    /// How many clients send at a time.
    #[arg(long, value_delimiter = ',', default_values_t = [8, 32, 100, 200])]
    clients: Vec<usize>,
    /// How many silent sockets.
    #[arg(long, value_delimiter = ',', default_values_t = [5_000, 10_000])]
    sockets: Vec<usize>,
    /// For how long Redis is away.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=300))]
    outage_seconds: u64,
    /// What happens to Redis.
    #[arg(long, value_enum, default_value_t = Outage::Killed)]
    outage_by: Outage,
    /// How many sockets come back together.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(100..=20_000))]
    storm_sockets: u32,
    /// The server's program.
    #[arg(long)]
    haggle: PathBuf,
    /// Write the figures to this file.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Replace the sections of this document.
    #[arg(long)]
    write: Option<PathBuf>,
    /// How this was called, for the document.
    #[arg(long, default_value = "bench run")]
    called: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Name {
    Sends,
    Delivery,
    Sockets,
    Fanout,
    Pages,
    Lists,
    Start,
    Nodes,
    Outage,
    Death,
    Storm,
}

/// How much is measured.
#[derive(Debug)]
pub struct Plan {
    pub turn: Duration,
    pub rounds: usize,
    pub clients: Vec<usize>,
    pub sockets: Vec<usize>,
    pub outage: Duration,
    pub outage_by: Outage,
    pub storm_sockets: usize,
}

impl Plan {
    /// For caches, connections and statements; not measured.
    pub fn warm_up(&self) -> Duration {
        self.turn.min(Duration::from_secs(1))
    }
}

/// What came of a benchmark.
#[derive(Debug, Serialize)]
pub struct Section {
    pub name: Name,
    #[serde(skip)]
    pub about: &'static str,
    /// The command that made it, and on what.
    pub made_by: String,
    pub made_on: String,
    pub figures: Vec<Figure>,
}

pub fn run(arguments: &Arguments) -> Result {
    let plan = Plan {
        turn: Duration::from_secs(arguments.seconds),
        rounds: usize::try_from(arguments.rounds)?,
        clients: arguments.clients.clone(),
        sockets: arguments.sockets.clone(),
        outage: Duration::from_secs(arguments.outage_seconds),
        outage_by: arguments.outage_by,
        storm_sockets: usize::try_from(arguments.storm_sockets)?,
    };
    let names = match &arguments.names[..] {
        [] => Name::value_variants(),
        named => named,
    };
    // One thread: the cores are for the servers.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut sections = Vec::new();
    for &name in names {
        // A stage for each: no figure depends on which others were measured before.
        let mut stage = Stage::open(&arguments.haggle)?;
        let figures = runtime.block_on(measure(name, &mut stage, &plan))?;
        let section = Section {
            name,
            about: about(name),
            made_by: arguments.called.clone(),
            made_on: format!("{}, {}", machine::facts(), stage.database_version()),
            figures,
        };
        println!("\n{}", paper::section(&section));
        sections.push(section);
    }
    if let Some(path) = &arguments.json {
        fs::write(path, serde_json::to_string_pretty(&sections)?)?;
    }
    if let Some(path) = &arguments.write {
        let old = fs::read_to_string(path).unwrap_or_default();
        fs::write(path, paper::with_sections(&old, &sections))?;
    }
    Ok(())
}

async fn measure(name: Name, stage: &mut Stage, plan: &Plan) -> Result<Vec<Figure>> {
    match name {
        Name::Sends => sends::measure(stage, plan).await,
        Name::Delivery => delivery::measure(stage, plan).await,
        Name::Sockets => sockets::measure(stage, plan).await,
        Name::Fanout => fanout::measure(stage, plan).await,
        Name::Pages => pages::measure(stage, plan).await,
        Name::Lists => lists::measure(stage, plan).await,
        Name::Start => start::measure(stage, plan),
        Name::Nodes => nodes::measure(stage, plan).await,
        Name::Outage => outage::measure(stage, plan).await,
        Name::Death => death::measure(stage, plan).await,
        Name::Storm => storm::measure(stage, plan).await,
    }
}

fn about(name: Name) -> &'static str {
    match name {
        Name::Sends => sends::ABOUT,
        Name::Delivery => delivery::ABOUT,
        Name::Sockets => sockets::ABOUT,
        Name::Fanout => fanout::ABOUT,
        Name::Pages => pages::ABOUT,
        Name::Lists => lists::ABOUT,
        Name::Start => start::ABOUT,
        Name::Nodes => nodes::ABOUT,
        Name::Outage => outage::ABOUT,
        Name::Death => death::ABOUT,
        Name::Storm => storm::ABOUT,
    }
}
