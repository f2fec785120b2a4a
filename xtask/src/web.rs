//! The web workspace and the example beside it, by npm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::run::{Result, command, root, run};
use crate::steps::Steps;

pub fn folder() -> PathBuf {
    root().join("web")
}

/// A marketplace that tests move to Haggle. It has a lock file of its own, as a customer's shop has.
fn example() -> PathBuf {
    root().join("examples/express-marketplace")
}

pub fn exists() -> bool {
    folder().join("package.json").exists()
}

pub fn npm(arguments: &str) -> Command {
    npm_in(&folder(), arguments)
}

fn npm_in(folder: &Path, arguments: &str) -> Command {
    let mut npm = command(&format!("npm {arguments}"));
    npm.current_dir(folder);
    npm
}

/// Installs what the lock file names, unless that is what is there.
pub fn install() -> Result {
    install_in(&folder())
}

pub fn install_example() -> Result {
    install_in(&example())
}

fn install_in(folder: &Path) -> Result {
    let changed = |file| fs::metadata(folder.join(file)).and_then(|file| file.modified());
    let is_installed = match (
        changed("package-lock.json"),
        changed("node_modules/.package-lock.json"),
    ) {
        (Ok(wanted), Ok(installed)) => installed >= wanted,
        _ => false,
    };
    if is_installed {
        return Ok(());
    }
    // A lock file can lack optional packages for platforms it was not written on, and then `ci`
    // refuses. The same versions are installed without it, and the lock file stays as it is.
    run(&mut npm_in(folder, "ci --no-audit --no-fund")).or_else(|_| {
        run(&mut npm_in(
            folder,
            "install --no-save --no-audit --no-fund",
        ))
    })
}

pub fn build() -> Result {
    run(&mut npm("run build"))
}

pub fn test(steps: &mut Steps) -> Result {
    for (name, script) in [("web: types and lints", "check"), ("web tests", "test")] {
        if has_script(script)? {
            steps.step(name, || run(&mut npm(&format!("run {script}"))))?;
        }
    }
    Ok(())
}

/// Known holes in what the lock files name. Nothing is known where the registry does not say.
pub fn audit(steps: &mut Steps) -> Result {
    audit_in(steps, "web: known holes", &folder())?;
    audit_in(steps, "example: known holes", &example())
}

fn audit_in(steps: &mut Steps, name: &str, folder: &Path) -> Result {
    let answer = npm_in(folder, "audit --json --audit-level=moderate")
        .stderr(Stdio::null())
        .output()?;
    let report = serde_json::from_slice::<Value>(&answer.stdout).unwrap_or_default();
    if report["auditReportVersion"].is_null() {
        let reason = report["message"].as_str().unwrap_or("no answer");
        steps.skip(name, &format!("the registry cannot tell: {reason}"));
        return Ok(());
    }
    steps.step(name, || {
        if answer.status.success() {
            return Ok(());
        }
        Err(serde_json::to_string_pretty(&report["vulnerabilities"])?.into())
    })
}

pub fn has_script(name: &str) -> Result<bool> {
    let package: Value = serde_json::from_slice(&fs::read(folder().join("package.json"))?)?;
    Ok(package["scripts"].get(name).is_some())
}
