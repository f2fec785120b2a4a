//! `postmaster.pid`: how a running PostgreSQL describes itself, one fact a line.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::process::Pid;

use crate::error::{Doing, Result};
use crate::wait;

#[derive(Debug)]
pub(crate) struct PidFile {
    pub pid: Pid,
    pub socket_folder: PathBuf,
    /// `starting`, `ready`, `stopping` or `standby`; empty while it is being written.
    pub status: String,
}

impl PidFile {
    /// `None` when there is no file, or it is not complete yet.
    pub fn read(data: &Path) -> Option<Self> {
        let text = fs::read_to_string(path(data)).ok()?;
        let lines: Vec<_> = text.lines().collect();
        let pid: i32 = lines.first()?.trim().parse().ok()?;
        Some(Self {
            pid: Pid::from_raw(pid)?,
            socket_folder: PathBuf::from(lines.get(4).copied().unwrap_or_default()),
            status: lines.get(7).copied().unwrap_or_default().trim().to_owned(),
        })
    }

    /// Waits for a file that is being written. One that stays without a process id was cut off by a
    /// crash of the machine; PostgreSQL would refuse to start with it, so it goes.
    pub fn read_whole(data: &Path) -> Result<Option<Self>> {
        let path = path(data);
        let mut file = None;
        let is_clear = wait::until(Duration::from_secs(1), || {
            file = Self::read(data);
            file.is_some() || !path.exists()
        });
        if !is_clear {
            fs::remove_file(&path).doing("remove", &path)?;
        }
        Ok(file)
    }

    /// Replaces the process id by ours. PostgreSQL refuses to start while the process named here
    /// lives, unless it is its own parent; after a restart of the machine that can be anybody. The
    /// other lines stay, because by them it sees that children of a killed predecessor still use
    /// the shared memory.
    pub fn disown(data: &Path) -> Result<()> {
        let path = path(data);
        let text = fs::read_to_string(&path).doing("read", &path)?;
        let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
        fs::write(&path, format!("{}\n{rest}", std::process::id())).doing("write", &path)
    }
}

fn path(data: &Path) -> PathBuf {
    data.join("postmaster.pid")
}
