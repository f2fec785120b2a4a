//! The web workspace and the example beside it, by npm.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

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

/// Builds the kit and the pages, unless nothing has changed since: the server has them in it, and would be built anew.
pub fn build() -> Result {
    let web = folder();
    let built = web.join("apps/demo/dist/index.html").metadata();
    let built = built.and_then(|page| page.modified());
    let changed = ["package-lock.json", "apps/demo", "packages/react"];
    let changed = changed.iter().map(|part| newest(&web.join(part)));
    let changed = changed.collect::<io::Result<Vec<_>>>()?;
    if built.is_ok_and(|built| changed.into_iter().all(|changed| changed <= built)) {
        return Ok(());
    }
    run(&mut npm("run build"))
}

/// When what lies there has changed last. A folder changes with what comes and goes in it; that of a package also when it
/// is built.
fn newest(path: &Path) -> io::Result<SystemTime> {
    let about = path.metadata()?;
    let is_package = path.join("package.json").exists();
    let mut newest = if is_package {
        SystemTime::UNIX_EPOCH
    } else {
        about.modified()?
    };
    if about.is_dir() {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name();
            let is_made = MADE
                .iter()
                .any(|made| name.to_string_lossy().ends_with(made));
            if !is_made {
                newest = newest.max(self::newest(&entry.path())?);
            }
        }
    }
    Ok(newest)
}

/// What installing, building and checking leave beside the sources, by the ends of their names.
const MADE: [&str; 5] = [
    "node_modules",
    "dist",
    ".tsbuildinfo",
    "CHANGELOG.md",
    "LICENSE",
];

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
