//! Measures Haggle against something that is measured in the same run: `cargo xtask bench`.
//!
//! One process is the clients, on one thread, so that the two others keep what cores there are:
//! the servers under test, and the baseline server that they are compared with.

mod baseline;
mod cpu;
mod data;
mod death;
mod delivery;
mod device;
mod fanout;
mod figure;
mod http;
mod lists;
mod load;
mod machine;
mod moving;
mod nodes;
mod outage;
mod pages;
mod peers;
mod pgbench;
mod plan;
mod report;
mod requests;
mod result;
mod returning;
mod rng;
mod run;
mod search;
mod section;
mod sends;
mod sent;
mod server;
mod setup;
mod side;
mod socket;
mod sockets;
mod start;
mod storm;
mod transfer;
mod uploads;
mod work;
mod writers;
mod wrk;

use std::process::ExitCode;

use clap::Parser;

/// The same as the server's, so that the baseline server differs by what it does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Debug, Parser)]
#[command(name = "bench")]
enum Command {
    /// Measure, everything when nothing is named.
    Run(run::Arguments),
    /// The server that does as little as possible.
    Baseline(baseline::Arguments),
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Run(arguments) => run::run(&arguments),
        Command::Baseline(arguments) => baseline::run(&arguments),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
