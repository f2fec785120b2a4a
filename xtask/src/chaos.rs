use crate::machine::REDIS;
use crate::postgres;
use crate::run::{Result, command, run, target};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// `--minutes`, `--seed`, `--nodes` and more: see `--help` of the program.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Builds the server and the adversary, and lets them at each other.
pub fn chaos(arguments: &Arguments) -> Result {
    postgres::ensure()?;
    REDIS.ensure()?;
    run(&mut command(
        "cargo build --locked --package haggle --package chaos",
    ))?;
    let folder = target().join("debug");
    let mut chaos = command(&folder.join("chaos").to_string_lossy());
    chaos.arg("--haggle").arg(folder.join("haggle"));
    chaos.arg("--folder").arg(target().join("chaos"));
    run(chaos.args(&arguments.rest))
}
