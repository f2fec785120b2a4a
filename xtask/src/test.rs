use clap::ValueEnum;

use crate::machine::{CHROMIUM, CLAMD, NGINX, OPENSSL, PGBOUNCER, REDIS, ensure_node};
use crate::run::{Result, command, run};
use crate::steps::Steps;
use crate::{browsers, generate, image, lint, postgres, tools, web};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Format, clippy, licences, the direction of dependencies.
    Lint,
    /// All Rust tests, and whether generated files are up to date.
    Rust,
    /// The web packages.
    Web,
    /// A real browser against the real server.
    E2e,
    /// What people do most, in Firefox and WebKit.
    Browsers,
    /// The container's files, started without an engine.
    Image,
}

/// Runs the parts, all when none is named. Ends at the first failure, and ends what it started.
pub fn test(parts: &[Part]) -> Result {
    let wants = |part| parts.is_empty() || parts.contains(&part);
    let mut steps = Steps::default();
    if wants(Part::Lint) {
        lint::lint(&mut steps)?;
    }
    if wants(Part::Rust) {
        rust(&mut steps)?;
    }
    if wants(Part::Image) {
        run(&mut command("cargo build --package haggle --locked"))?;
        image::test(&mut steps)?;
    }
    if !web::exists() {
        return Ok(());
    }
    if wants(Part::Web) || wants(Part::E2e) || wants(Part::Browsers) {
        steps.step("web: install and build", || {
            ensure_node()?;
            web::install()?;
            web::install_example()?;
            web::build()
        })?;
    }
    if wants(Part::Web) {
        web::audit(&mut steps)?;
        web::test(&mut steps)?;
    }
    if wants(Part::E2e) {
        e2e(&mut steps)?;
    }
    if wants(Part::Browsers) {
        browsers::test(&mut steps)?;
    }
    Ok(())
}

fn rust(steps: &mut Steps) -> Result {
    steps.step("what the tests need", || {
        let found = postgres::ensure()?;
        println!("PostgreSQL {} in {}", found.version, found.folder.display());
        REDIS.ensure()?;
        NGINX.ensure()?;
        PGBOUNCER.ensure()?;
        tools::ensure_s3()?;
        CLAMD.ensure()?;
        tools::ensure_python()?;
        OPENSSL.ensure()
    })?;
    let cluster = postgres::temporary()?;
    let for_tests = ("HAGGLE_TEST_CLUSTER_URL", cluster.url("postgres"));
    steps.step("Rust tests", || match tools::nextest() {
        Ok(mut nextest) => {
            let nextest = nextest.args(["run", "--workspace", "--locked", "--no-fail-fast"]);
            run(nextest.env(for_tests.0, &for_tests.1))
        }
        Err(error) => {
            println!("without nextest: {error}");
            let line = "cargo test --workspace --all-targets --locked";
            run(command(line).env(for_tests.0, &for_tests.1))
        }
    })?;
    steps.step("examples in the documentation", || {
        run(&mut command(
            "cargo test --workspace --doc --locked --quiet",
        ))
    })?;
    steps.step("generated files", || generate::generate(true))
}

fn e2e(steps: &mut Steps) -> Result {
    steps.step("what the browser tests need", || {
        CHROMIUM.ensure()?;
        browsers::ensure_server()
    })?;
    steps.step("browser tests", || {
        run(web::npm("run e2e").env("HAGGLE_BINARY", browsers::server()))
    })
}
