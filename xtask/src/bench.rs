use std::env;

use crate::machine::REDIS;
use crate::postgres;
use crate::run::{Result, command, root, run, target};

/// Where the figures are kept.
const DOCUMENT: &str = "docs/performance.md";

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Write the figures into docs/performance.md.
    #[arg(long)]
    write: bool,
    /// Build with this profile; `measure` is built faster, and as fast as one that is not shipped.
    #[arg(long, default_value = "shipped")]
    profile: String,
    /// What to measure, everything when nothing is named, and how long: see `--help` of the program.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Builds the server and the benchmarks, and runs them.
pub fn bench(arguments: &Arguments) -> Result {
    postgres::ensure()?;
    REDIS.ensure()?;
    let mut build = command("cargo build --locked --package haggle --package bench");
    run(build.args(["--profile", &arguments.profile]))?;
    let folder = target().join(&arguments.profile);
    let mut bench = command(&folder.join("bench").to_string_lossy());
    bench.arg("run").args(&arguments.rest);
    bench.arg("--haggle").arg(folder.join("haggle"));
    if arguments.write {
        bench.arg("--write").arg(root().join(DOCUMENT));
    }
    let words: Vec<_> = env::args().skip(1).collect();
    bench.arg(format!("--called=cargo xtask {}", words.join(" ")));
    run(&mut bench)
}
