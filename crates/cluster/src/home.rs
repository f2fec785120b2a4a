//! The folder of one cluster, and the lock that makes it ours.
//!
//! ```text
//! postgres/
//!   data/            PostgreSQL's own folder
//!   socket/          its socket, when the path is short enough
//!   socket.path      else: where the socket is
//!   binaries.path    the PostgreSQL that made `data` or ran it last
//!   lock             held by the Haggle that uses it, with its process id inside
//!   watchdog.lock    held by a watchdog until it has cleared up
//!   postgres.log
//! ```

use std::fs::{self, File, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::account::Account;
use crate::error::{ClusterError, Doing, Result};
use crate::{Options, place, wait};

/// A watchdog needs this long at most to end PostgreSQL after its parent died.
const WATCHDOG_LIMIT: Duration = Duration::from_secs(20);
const LOG_LIMIT_BYTES: u64 = 1 << 20;

/// A locked cluster folder. The lock ends with the value, or with the process.
#[derive(Debug)]
pub(crate) struct Home {
    pub folder: PathBuf,
    pub account: Account,
    lock: File,
}

impl Home {
    pub fn open(options: &Options) -> Result<Self> {
        let (folder, account) = place::choose(&options.data_dir, options.run_as.as_deref())?;
        let lock = take_lock(&folder)?;
        let home = Self {
            folder,
            account,
            lock,
        };
        home.wait_for_old_watchdog()?;
        Ok(home)
    }

    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    pub fn log(&self) -> PathBuf {
        self.folder.join("postgres.log")
    }

    /// The major version of the cluster, if there is one.
    pub fn data_major(&self) -> Result<Option<u32>> {
        let path = self.data().join("PG_VERSION");
        if !self.data().exists() {
            return Ok(None);
        }
        let text = fs::read_to_string(&path).doing("read", &path)?;
        Ok(Some(text.trim().parse().unwrap_or(0)))
    }

    pub fn recall(&self, what: &str) -> Option<PathBuf> {
        let text = fs::read_to_string(self.folder.join(what)).ok()?;
        Some(PathBuf::from(text.trim_end_matches('\n')))
    }

    pub fn record(&self, what: &str, path: &Path) -> Result<()> {
        let file = self.folder.join(what);
        place::write_private(&file, &format!("{}\n", path.display()))
    }

    pub fn forget(&self, what: &str) {
        let _ = fs::remove_file(self.folder.join(what));
    }

    /// Where PostgreSQL's own messages go. Only starts, stops and crashes are in it, so one old
    /// file is enough.
    pub fn open_log(&self) -> Result<File> {
        let path = self.log();
        if fs::metadata(&path).is_ok_and(|log| log.len() > LOG_LIMIT_BYTES) {
            fs::rename(&path, path.with_extension("log.1")).doing("rename", &path)?;
        }
        File::options()
            .create(true)
            .append(true)
            .mode(place::PRIVATE)
            .open(&path)
            .doing("open", &path)
    }

    /// For the watchdog to hold. Locks go with the open file, so it lives as long as the process
    /// that got it.
    pub fn watchdog_lock(&self) -> Result<File> {
        let path = self.folder.join("watchdog.lock");
        let file = open_lock(&path)?;
        file.lock().doing("lock", &path)?;
        Ok(file)
    }

    /// A parent that was killed a moment ago may have a watchdog that is still ending its
    /// PostgreSQL.
    fn wait_for_old_watchdog(&self) -> Result<()> {
        let path = self.folder.join("watchdog.lock");
        let file = open_lock(&path)?;
        if wait::until(WATCHDOG_LIMIT, || file.try_lock().is_ok()) {
            return Ok(());
        }
        Err(ClusterError::StillEnding(self.folder.clone()))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // Not left to closing the file: a child that is being forked on another thread may hold it
        // a moment longer.
        let _ = self.lock.unlock();
    }
}

fn open_lock(path: &Path) -> Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(true).truncate(false);
    options.mode(place::PRIVATE);
    options.open(path).doing("open", path)
}

fn take_lock(folder: &Path) -> Result<File> {
    let path = folder.join("lock");
    let mut lock = open_lock(&path)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut pid = String::new();
            lock.read_to_string(&mut pid).doing("read", &path)?;
            return Err(ClusterError::Busy {
                folder: folder.to_path_buf(),
                pid: pid.trim().to_owned(),
            });
        }
        Err(TryLockError::Error(source)) => return Err(source).doing("lock", &path),
    }
    lock.set_len(0).doing("write", &path)?;
    writeln!(lock, "{}", std::process::id()).doing("write", &path)?;
    Ok(lock)
}
