//! Where the processor's time goes: a flame graph of the server or of PostgreSQL under one of the
//! benchmark's loads.

mod flame_graph;
mod stacks;

use std::fs::{self, File};
use std::io::BufReader;
use std::process::Stdio;

use crate::machine::{PERF, REDIS};
use crate::postgres;
use crate::run::{Result, command, run, target};

/// Samples a second and processor. Not a round number, so that nothing that ticks is always hit.
const HERTZ: &str = "199";
/// Of the stack that each sample keeps, to be walked later.
const UNWIND: &str = "dwarf,16384";
/// The file of samples grows no further.
const LARGEST: &str = "--max-size=4G";

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A section of the benchmark: sends, delivery, lists, …
    section: String,
    /// Whose time.
    #[arg(long, value_enum, default_value = "server")]
    of: Process,
    /// How long, how many: see `bench run --help`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Process {
    Server,
    Backend,
}

impl Process {
    /// The program whose stacks these are.
    fn program(self) -> &'static str {
        match self {
            Self::Server => "haggle",
            Self::Backend => "postgres",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Backend => "backend",
        }
    }
}

/// Runs the load under perf, and writes `target/profile/SECTION-PROCESS.svg`.
pub fn profile(arguments: &Arguments) -> Result {
    postgres::ensure()?;
    REDIS.ensure()?;
    PERF.ensure()?;
    run(&mut command(
        "cargo build --locked --profile measure --package haggle --package bench",
    ))?;
    let built = target().join("measure");
    let folder = target().join("profile");
    fs::create_dir_all(&folder)?;
    let samples = folder.join("perf.data");

    let mut record = command("perf record --all-cpus --quiet");
    record.args(["-F", HERTZ, "--call-graph", UNWIND, LARGEST, "--output"]);
    record.arg(&samples).arg("--").arg(built.join("bench"));
    record
        .args(["run", &arguments.section])
        .args(&arguments.rest);
    run(record.arg("--haggle").arg(built.join("haggle")))?;

    let program = arguments.of.program();
    let stacks = stacks::fold(reading(&samples)?, program)?;
    fs::remove_file(&samples)?;
    if stacks.is_empty() {
        return Err(format!("no sample of {program} was taken").into());
    }
    let name = format!("{}-{}", arguments.section, arguments.of.name());
    let picture = folder.join(&name).with_extension("svg");
    flame_graph::write(&mut File::create(&picture)?, &name, &stacks)?;
    println!("{}", picture.display());
    Ok(())
}

/// What `perf script` says of the samples.
fn reading(samples: &std::path::Path) -> Result<impl std::io::BufRead> {
    let mut script = command("perf script --no-inline -F comm,ip,sym,dso --input");
    let mut script = script
        .arg(samples)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let said = script.stdout.take().ok_or("perf script says nothing")?;
    Ok(BufReader::new(said))
}
