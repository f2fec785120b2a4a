//! Which benchmarks run, and how long.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use clap::ValueEnum;

use crate::figure::Figure;
use crate::plan::{Outage, Plan};
use crate::result::Result;
use crate::section::{Name, Section};
use crate::setup::Setup;
use crate::{
    death, delivery, fanout, lists, machine, moving, nodes, outage, pages, peers, report, search,
    sends, sockets, start, storm, transfer, uploads, wrk,
};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// All when none is named.
    names: Vec<Name>,
    /// The length of one turn of one side.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// Turns of each side.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=100))]
    rounds: u64,
    /// How many clients send at a time.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 8, 32, 100, 200])]
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
    /// How many messages an old chat has.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1_000..=10_000_000))]
    old_messages: u32,
    /// Among how many messages is searched.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1_000..=10_000_000))]
    search_messages: u32,
    /// The server's program.
    #[arg(long)]
    haggle: PathBuf,
    /// Write the figures to this file.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Replace the sections of this document, and of the file beside it that ends in `.json`.
    #[arg(long)]
    write: Option<PathBuf>,
    /// How this was called, for the document.
    #[arg(long, default_value = "bench run")]
    called: String,
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
        old_messages: arguments.old_messages,
        search_messages: arguments.search_messages,
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
        // A setup for each: no figure depends on which others were measured before.
        let mut setup = Setup::open(&arguments.haggle)?;
        let figures = runtime.block_on(measure(name, &mut setup, &plan))?;
        let section = Section {
            name,
            about: about(name),
            made_by: arguments.called.clone(),
            made_on: format!("{}, {}", machine::facts(), setup.database_version()),
            figures,
        };
        println!("\n{}", report::section(&section));
        sections.push(section);
    }
    if let Some(path) = &arguments.json {
        fs::write(path, serde_json::to_string_pretty(&sections)?)?;
    }
    if let Some(path) = &arguments.write {
        let old = fs::read_to_string(path).unwrap_or_default();
        fs::write(path, report::with_sections(&old, &sections))?;
        let beside = path.with_extension("json");
        let old = fs::read_to_string(&beside).unwrap_or_default();
        fs::write(beside, report::with_sections_in_json(&old, &sections)?)?;
    }
    Ok(())
}

async fn measure(name: Name, setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    match name {
        Name::Sends => sends::measure(setup, plan).await,
        Name::Delivery => delivery::measure(setup, plan).await,
        Name::Sockets => sockets::measure(setup, plan).await,
        Name::Fanout => fanout::measure(setup, plan).await,
        Name::Pages => pages::measure(setup, plan).await,
        Name::Lists => lists::measure(setup, plan).await,
        Name::Search => search::measure(setup, plan).await,
        Name::Start => start::measure(setup, plan),
        Name::Nodes => nodes::measure(setup, plan).await,
        Name::Outage => outage::measure(setup, plan).await,
        Name::Death => death::measure(setup, plan).await,
        Name::Storm => storm::measure(setup, plan).await,
        Name::Move => moving::measure(setup, plan),
        Name::Transfer => transfer::measure(setup),
        Name::Peers => peers::measure(setup, plan).await,
        Name::Wrk => wrk::measure(setup, plan).await,
        Name::Uploads => uploads::measure(setup).await,
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
        Name::Search => search::ABOUT,
        Name::Start => start::ABOUT,
        Name::Nodes => nodes::ABOUT,
        Name::Outage => outage::ABOUT,
        Name::Death => death::ABOUT,
        Name::Storm => storm::ABOUT,
        Name::Move => moving::ABOUT,
        Name::Transfer => transfer::ABOUT,
        Name::Peers => peers::ABOUT,
        Name::Wrk => wrk::ABOUT,
        Name::Uploads => uploads::ABOUT,
    }
}
