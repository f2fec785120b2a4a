//! `cargo xtask chaos` builds this and the server, and runs it.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use chaos::{History, Options, Shape, check, run};
use clap::Parser;

/// Break a cluster on this machine, and see whether it keeps its promises.
#[derive(Debug, Parser)]
#[command(name = "chaos")]
struct Arguments {
    /// The server's binary.
    #[arg(long)]
    haggle: PathBuf,
    /// Where histories that break a rule are kept.
    #[arg(long)]
    folder: PathBuf,
    /// Rounds are begun for so long; with 0 there is one.
    #[arg(long, default_value_t = 1)]
    minutes: u64,
    /// Of the first round; each further round has the next one.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Servers. More than one need Redis.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=9))]
    nodes: u8,
    /// Redis also for one server.
    #[arg(long)]
    redis: bool,
    /// For how long the adversary works before everything comes to rest and is looked at.
    #[arg(long, default_value_t = 40)]
    round_seconds: u64,
    /// Play a round that broke a rule again with fewer and fewer injections.
    #[arg(long)]
    shrink: bool,
    /// Go on after a round that broke a rule.
    #[arg(long)]
    keep_going: bool,
    /// Only check a history that was kept.
    #[arg(long)]
    history: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(file) = &arguments.history {
        return check_file(file);
    }
    let runtime = tokio::runtime::Runtime::new().expect("threads");
    let options = Options {
        binary: arguments.haggle,
        folder: arguments.folder,
        seed: arguments.seed,
        shape: Shape {
            nodes: arguments.nodes.into(),
            has_redis: arguments.redis || arguments.nodes > 1,
        },
        lasts: Duration::from_mins(arguments.minutes),
        round: Duration::from_secs(arguments.round_seconds),
        shrink: arguments.shrink,
        keep_going: arguments.keep_going,
    };
    let outcome = runtime.block_on(run(&options));
    println!("\nseed          {}\n{}", options.seed, outcome.summary);
    verdict(outcome.violations.is_empty())
}

fn check_file(file: &PathBuf) -> ExitCode {
    let text = std::fs::read_to_string(file).expect("the history can be read");
    let history: History = serde_json::from_str(&text).expect("it is a history");
    let violations = check(&history);
    for violation in &violations {
        println!("{violation}");
    }
    verdict(violations.is_empty())
}

fn verdict(is_sound: bool) -> ExitCode {
    if is_sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
