use crate::run::{Result, command, run, succeeds};
use crate::steps::Steps;
use crate::tools;

const ADVISORIES: &str = "https://github.com/RustSec/advisory-db";

/// What needs no running code.
pub fn lint(steps: &mut Steps) -> Result {
    steps.step("format", || run(&mut command("cargo fmt --all --check")))?;
    steps.step("clippy", || {
        let line = "cargo clippy --workspace --all-targets --locked -- -D warnings";
        run(&mut command(line))
    })?;
    steps.step("licences and dependencies", || {
        run(tools::deny()?.args(["check", "licenses", "bans", "sources"]))
    })?;
    // Known holes are looked up in a list on the network, which builds without one cannot see.
    let mut look = command("git -c http.lowSpeedLimit=1 -c http.lowSpeedTime=10 ls-remote");
    if succeeds(
        look.args([ADVISORIES, "HEAD"])
            .env("GIT_TERMINAL_PROMPT", "0"),
    ) {
        steps.step("advisories", || {
            run(tools::deny()?.args(["check", "advisories"]))
        })
    } else {
        steps.skip("advisories", "their list cannot be reached");
        Ok(())
    }
}
