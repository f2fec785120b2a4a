//! What one does with this repository: `cargo xtask demo`, `demo-content`, `test`, `bench`, `profile`,
//! `chaos`, `gen`, `release`.

mod bench;
mod browsers;
mod chaos;
mod demo;
mod dockerfile;
mod generate;
mod image;
mod lint;
mod machine;
mod postgres;
mod profile;
mod release;
mod run;
mod snapshot;
mod steps;
mod test;
mod tools;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Tasks of this repository.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
struct Command {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Build everything and run a marketplace with conversations in it.
    Demo {
        /// Passed on to `haggle demo`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run all checks and tests, or the named parts, installing what they need.
    Test { parts: Vec<test::Part> },
    /// Measure the server against what it stands on, everything when nothing is named.
    Bench(bench::Arguments),
    /// Draw where the processor's time goes under one of the benchmark's loads.
    Profile(profile::Arguments),
    /// Break a cluster on this machine, and see whether it keeps its promises.
    Chaos(chaos::Arguments),
    /// Build what is shipped: `target/dist/haggle`, with its debug lines beside it.
    Release {
        /// Take the pages as they were built last.
        #[arg(long)]
        no_web: bool,
    },
    /// Write the files of the demo marketplace that the server contains.
    DemoContent {
        /// Change nothing, and fail when something is out of date.
        #[arg(long)]
        check: bool,
    },
    /// Write the files that are made from others: SQL checked offline, OpenAPI, its types.
    Gen {
        /// Change nothing, and fail when something is out of date.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let result = match Command::parse().task {
        Task::Demo { arguments } => demo::demo(&arguments),
        Task::DemoContent { check } => demo::content(check),
        Task::Test { parts } => test::test(&parts),
        Task::Bench(arguments) => bench::bench(&arguments),
        Task::Profile(arguments) => profile::profile(&arguments),
        Task::Chaos(arguments) => chaos::chaos(&arguments),
        Task::Release { no_web } => release::release(!no_web),
        Task::Gen { check } => generate::generate(check),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
