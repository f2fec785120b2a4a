//! Measures Haggle against something that is measured in the same run: `cargo xtask bench`.
//!
//! One process is the clients, on one thread, so that the two others keep what cores there are:
//! the servers under test, and the bare server that they are compared with.

mod bare;
mod cpu;
mod data;
mod death;
mod delivery;
mod device;
mod dice;
mod fanout;
mod figure;
mod http;
mod lists;
mod load;
mod machine;
mod nodes;
mod outage;
mod pages;
mod paper;
mod pgbench;
mod requests;
mod returning;
mod run;
mod sends;
mod server;
mod side;
mod socket;
mod sockets;
mod stage;
mod start;
mod storm;
mod work;
mod writers;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;

/// The same as the server's, so that the bare server differs by what it does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub type Result<T = ()> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Debug, Parser)]
#[command(name = "bench")]
enum Command {
    /// Measure, everything when nothing is named.
    Run(run::Arguments),
    /// The server that does as little as possible.
    Bare(bare::Arguments),
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Run(arguments) => run::run(&arguments),
        Command::Bare(arguments) => bare::run(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
