use std::os::unix::process::CommandExt;

use crate::machine::ensure_node;
use crate::run::{Result, command, run, target};
use crate::{postgres, web};

/// From a fresh clone to a running marketplace. Does not return when it runs: the server takes this
/// process's place, so that Ctrl-C and signals reach it directly.
pub fn demo(arguments: &[String]) -> Result {
    if web::exists() {
        ensure_node()?;
        web::install()?;
        web::build()?;
    }
    // The server finds it again by itself.
    let found = postgres::ensure()?;
    println!("PostgreSQL {} in {}", found.version, found.folder.display());
    // After the web pages, which are in the binary.
    run(&mut command(
        "cargo build --release --package haggle --locked",
    ))?;
    let mut haggle = command(&target().join("release/haggle").to_string_lossy());
    if let Ok(folder) = std::env::current_dir() {
        haggle.current_dir(folder);
    }
    Err(haggle.arg("demo").args(arguments).exec().into())
}

/// Makes the files under `demo` from those under `demo/source`.
pub fn content(check: bool) -> Result {
    let mut generator = command("cargo run --quiet --package demo-content --locked --");
    run(generator.args(check.then_some("--check")))
}
