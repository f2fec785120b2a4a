//! Cargo's own extensions, installed below `target` when the machine has none.

use std::process::Command;

use crate::machine::PIP;
use crate::run::{Result, command, run, succeeds, target};

const DENY: &str = "cargo-deny@0.20.2";
const NEXTEST: &str = "cargo-nextest@0.9.143";
const PYTHON: [&str; 2] = ["aiosmtpd==1.4.6", "http_ece==1.2.1"];
const S3: &str = "s3s-fs@0.14.1";

/// `cargo deny`, in the pinned version: others know other settings.
pub fn deny() -> Result<Command> {
    let installed = crate::run::output(&mut command("cargo deny --version"));
    if installed.is_ok_and(|version| version.trim().ends_with(" 0.20.2")) {
        return Ok(command("cargo deny"));
    }
    installed_here("cargo-deny", DENY)
}

/// `cargo nextest`; an error when it is not here and cannot be had.
pub fn nextest() -> Result<Command> {
    if succeeds(&mut command("cargo nextest --version")) {
        return Ok(command("cargo nextest"));
    }
    let mut nextest = installed_here("cargo-nextest", NEXTEST)?;
    nextest.arg("nextest");
    Ok(nextest)
}

/// A server that speaks S3, for the tests of the object store; they find it there.
pub fn ensure_s3() -> Result {
    let folder = target().join("tools");
    if folder.join("bin/s3s-fs").is_file() || succeeds(&mut command("s3s-fs --version")) {
        return Ok(());
    }
    let mut install = command("cargo install --locked --features binary --root");
    run(install.arg(&folder).arg(S3))
}

/// Packages of Python for the tests of mail and push, which find them there.
pub fn ensure_python() -> Result {
    let folder = target().join("tools/python");
    let found = "import sys; sys.path.append(sys.argv[1]); import aiosmtpd, http_ece";
    if succeeds(command("python3 -c").arg(found).arg(&folder)) {
        return Ok(());
    }
    PIP.ensure()?;
    let mut pip = command("python3 -m pip install --disable-pip-version-check");
    run(pip.arg("--target").arg(&folder).args(PYTHON))
}

fn installed_here(program: &str, pinned: &str) -> Result<Command> {
    let folder = target().join("tools");
    let path = folder.join("bin").join(program);
    if !path.is_file() {
        let mut install = command("cargo install --locked --root");
        run(install.arg(&folder).arg(pinned))?;
    }
    let mut tool = Command::new(path);
    tool.current_dir(crate::run::root());
    Ok(tool)
}
