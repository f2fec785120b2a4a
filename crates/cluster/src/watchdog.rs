//! Ends PostgreSQL when our own process dies, however it dies.
//!
//! A shell reads from a pipe that only we hold open. A line means that all is well and it may go;
//! the end of the file means that we are dead. The kernel's parent death signal would need unsafe
//! code and follows the thread, not the process.

use std::fs::File;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::Pid;

use crate::error::{Doing, Result};

/// Fast, then immediate, then killed: as `Postmaster::stop`. What it may not remove yet, it tries
/// once more at the end.
const SCRIPT: &str = r#"
trap '' HUP INT QUIT TERM
read -r line && exit 0
pid=$1
shift
tries=0
# Some machines let the dead of a dead parent lie; to kill they look alive.
is_alive() { kill -0 "$pid" && ! grep -q '^State:.Z' "/proc/$pid/status"; }
kill -INT "$pid"
while is_alive && [ $tries -lt 200 ]; do
    tries=$((tries + 1))
    [ $tries -eq 100 ] && kill -QUIT "$pid"
    [ $tries -eq 160 ] && kill -KILL "$pid"
    sleep 0.05
done
[ $# -eq 0 ] || rm -rf -- "$@" || { sleep 1; rm -rf -- "$@"; }
"#;

/// Ends a process and removes folders when this process dies. Dropping it calls it off.
#[derive(Debug)]
pub struct Watchdog(Child);

impl Watchdog {
    /// Watches over a child of ours, whatever program it runs.
    pub fn over(child: &Child, folders: &[PathBuf]) -> Result<Self> {
        Self::spawn(Pid::from_child(child), folders, Stdio::null())
    }

    /// Watches over PostgreSQL. The lock is held until everything is done.
    pub(crate) fn holding(lock: File, pid: Pid, folders: &[PathBuf]) -> Result<Self> {
        Self::spawn(pid, folders, lock.into())
    }

    fn spawn(pid: Pid, folders: &[PathBuf], output: Stdio) -> Result<Self> {
        let shell = Path::new("/bin/sh");
        let child = Command::new(shell)
            .args(["-c", SCRIPT, "haggle-watchdog"])
            .arg(pid.as_raw_nonzero().to_string())
            .args(folders)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(Stdio::null())
            // What is sent to our whole group, as by a terminal, must not end it before it has
            // worked.
            .process_group(0)
            .spawn()
            .doing("run", shell)?;
        Ok(Self(child))
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        if let Some(mut stdin) = self.0.stdin.take() {
            let _ = stdin.write_all(b"done\n");
        }
        let _ = self.0.wait();
    }
}
