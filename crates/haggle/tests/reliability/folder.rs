//! The data folder of a server with a PostgreSQL of its own.

use std::{fs, path::Path};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use test_support::open_folder;

/// PostgreSQL outlives a killed server, but not this.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(open_folder())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The process id of PostgreSQL, while it runs.
    pub fn postgres(&self) -> Option<Pid> {
        let file = self.path().join("postgres/data/postmaster.pid");
        let text = fs::read_to_string(file).ok()?;
        let pid = Pid::from_raw(text.lines().next()?.parse().ok()?)?;
        runs(pid).then_some(pid)
    }

    /// Takes PostgreSQL away without a warning.
    pub fn kill_postgres(&self) {
        let pid = self.postgres().expect("PostgreSQL runs");
        kill_process(pid, Signal::KILL).expect("PostgreSQL is there");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(pid) = self.postgres() {
            // At once; what it leaves behind goes with the folder.
            let _ = kill_process(pid, Signal::QUIT);
        }
    }
}

/// A process that has ended may lie there until somebody asks for its exit status.
pub fn runs(pid: Pid) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero()));
    status.is_ok_and(|status| !status.contains(") Z "))
}
