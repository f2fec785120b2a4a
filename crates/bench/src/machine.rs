//! What the machine has, and how much of it a process takes.

use std::fs;
use std::num::NonZero;
use std::process::Command;
use std::thread::available_parallelism;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::result::Result;

/// Files of this process beside its sockets.
const OTHER_FILES: u64 = 256;

/// Makes room for so many sockets, here and in the processes started from here.
pub fn allow_sockets(sockets: usize) -> Result {
    let wanted = sockets as u64 + OTHER_FILES;
    let now = getrlimit(Resource::Nofile);
    if now.current.is_none_or(|current| current >= wanted) {
        return Ok(());
    }
    let limit = Rlimit {
        current: Some(wanted),
        maximum: now.maximum.map(|most| most.max(wanted)),
    };
    setrlimit(Resource::Nofile, limit).map_err(|error| {
        format!("{sockets} sockets need {wanted} open files (`ulimit -n`): {error}").into()
    })
}

/// Bytes of memory that a process holds.
pub fn resident_bytes(pid: u32) -> Result<f64> {
    bytes(pid, "VmRSS:")
}

/// The most that it has held.
pub fn peak_bytes(pid: u32) -> Result<f64> {
    bytes(pid, "VmHWM:")
}

fn bytes(pid: u32, name: &str) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    let kilobytes: f64 = kilobytes
        .ok_or_else(|| format!("no {name} in /proc"))?
        .parse()?;
    Ok(kilobytes * 1024.0)
}

/// `2 cores, Linux 6.1`
pub fn facts() -> String {
    let cores = available_parallelism().map_or(1, NonZero::get);
    let system = Command::new("uname").arg("-sr").output().ok();
    let system = system.and_then(|output| String::from_utf8(output.stdout).ok());
    let system = system.unwrap_or_default();
    // The version and no more: what follows names a build.
    let system: Vec<_> = system.trim().split(['.', '-']).take(2).collect();
    let plural = if cores == 1 { "" } else { "s" };
    format!("{cores} core{plural}, {}", system.join("."))
}
