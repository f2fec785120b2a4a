//! PostgreSQL's main process: ours to start and end, or found running.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::binaries::Binaries;
use crate::error::{Doing, Result};
use crate::home::Home;
use crate::pid_file::PidFile;
use crate::wait;

/// Recovery after a crash replays at most `max_wal_size` of changes.
const START_LIMIT: Duration = Duration::from_mins(5);
/// How long each way to end is given before a harder one: clients cut off, no checkpoint, no
/// questions.
const STOP_LIMITS: [(Signal, Duration); 3] = [
    (Signal::INT, Duration::from_secs(4)),
    (Signal::QUIT, Duration::from_secs(2)),
    (Signal::KILL, Duration::from_secs(1)),
];

#[derive(Debug)]
pub(crate) struct Postmaster {
    pub pid: Pid,
    /// `None` when an earlier Haggle started it.
    child: Option<Child>,
    data: PathBuf,
    uid: u32,
    log: PathBuf,
    /// Where this run's messages begin in the log.
    log_start: u64,
}

impl Postmaster {
    pub fn spawn(home: &Home, binaries: &Binaries, arguments: &[String]) -> Result<Self> {
        let program = binaries.folder.join("postgres");
        let log = home.open_log()?;
        let log_start = log.metadata().doing("read", &home.log())?.len();
        let child = home
            .account
            .command(&program)
            .arg("-D")
            .arg(home.data())
            .args(arguments)
            .stdout(log.try_clone().doing("open", &home.log())?)
            .stderr(log)
            // Ctrl-C in a terminal is for Haggle, which then ends PostgreSQL when nobody needs it
            // any more.
            .process_group(0)
            .spawn()
            .doing("run", &program)?;
        let pid = Pid::from_child(&child);
        Ok(Self::new(home, pid, Some(child), log_start))
    }

    /// The one that already runs on this folder, with its socket's folder; `None` when none does.
    pub fn running(home: &Home) -> Result<Option<(Self, PathBuf)>> {
        let data = home.data();
        let Some(file) = PidFile::read_whole(&data)? else {
            return Ok(None);
        };
        let mut found = Self::new(home, file.pid, None, 0);
        if !found.is_alive() {
            PidFile::disown(&data)?;
            return Ok(None);
        }
        if found.wait_until_ready() && file.socket_folder.exists() {
            return Ok(Some((found, file.socket_folder)));
        }
        found.stop();
        Ok(None)
    }

    fn new(home: &Home, pid: Pid, child: Option<Child>, log_start: u64) -> Self {
        Self {
            pid,
            child,
            data: home.data(),
            uid: home.account.uid,
            log: home.log(),
            log_start,
        }
    }

    pub fn is_alive(&mut self) -> bool {
        match &mut self.child {
            Some(child) => matches!(child.try_wait(), Ok(None)),
            None => runs_on(self.pid, &self.data, self.uid),
        }
    }

    /// Waits until connections are accepted; false when it ended, is ending or takes far too long.
    pub fn wait_until_ready(&mut self) -> bool {
        let mut is_ready = false;
        wait::until(START_LIMIT, || {
            let file = PidFile::read(&self.data).filter(|file| file.pid == self.pid);
            let status = file.map(|file| file.status).unwrap_or_default();
            // A replica that may be read says `standby`.
            is_ready = matches!(&*status, "ready" | "standby");
            is_ready || status == "stopping" || !self.is_alive()
        });
        is_ready
    }

    pub fn stop(&mut self) {
        for (signal, limit) in STOP_LIMITS {
            if !self.is_alive() {
                return;
            }
            let _ = kill_process(self.pid, signal);
            wait::until(limit, || !self.is_alive());
        }
    }

    /// What it wrote into the log since it was started.
    pub fn messages(&self) -> String {
        let mut text = Vec::new();
        let read = File::open(&self.log).and_then(|mut log| {
            log.seek(SeekFrom::Start(self.log_start))?;
            log.read_to_end(&mut text)
        });
        match read {
            Ok(_) => String::from_utf8_lossy(&text).trim().to_owned(),
            Err(error) => format!("(its log cannot be read: {error})"),
        }
    }
}

/// Whether this process is a PostgreSQL of that user on that folder. Process ids are used again,
/// and the file that names one can be older than the machine's last start.
fn runs_on(pid: Pid, data: &Path, uid: u32) -> bool {
    let process = PathBuf::from(format!("/proc/{}", pid.as_raw_nonzero()));
    if !Path::new("/proc/self").exists() {
        return runs_on_by_ps(pid, data);
    }
    let is_of_user = fs::metadata(&process).is_ok_and(|found| found.uid() == uid);
    // The command line survives in containers whose root may not look further; the working
    // directory survives a renamed data folder. A process that has ended but is not reaped has
    // neither.
    let names_folder = || {
        let line = fs::read(process.join("cmdline")).unwrap_or_default();
        line.split(|byte| *byte == 0)
            .any(|argument| OsStr::from_bytes(argument) == data)
    };
    let works_there = || fs::read_link(process.join("cwd")).is_ok_and(|folder| folder == data);
    is_of_user && (names_folder() || works_there())
}

/// The same without `/proc`, as on macOS.
fn runs_on_by_ps(pid: Pid, data: &Path) -> bool {
    let pid = pid.as_raw_nonzero().to_string();
    let output = Command::new("ps")
        .args(["-ww", "-o", "command=", "-p", &pid])
        .output();
    output.is_ok_and(|output| {
        let line = String::from_utf8_lossy(&output.stdout);
        line.contains("postgres") && line.contains(&*data.to_string_lossy())
    })
}
