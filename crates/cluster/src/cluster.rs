use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::binaries::{Binaries, Wanted};
use crate::create::create;
use crate::error::{ClusterError, Result};
use crate::home::Home;
use crate::postmaster::Postmaster;
use crate::socket_folder::PORT;
use crate::watchdog::Watchdog;
use crate::{Lifetime, NAME, Options, settings, socket_folder};

/// The children of a PostgreSQL that was killed notice it and end within this time.
const ORPHANS_LIMIT: Duration = Duration::from_secs(10);
const BINARIES: &str = "binaries.path";

/// A running PostgreSQL cluster, and the only one on its data folder. Dropping it stops PostgreSQL.
///
/// All calls block; each takes milliseconds but [`Cluster::start`], [`Cluster::stop`] and a
/// restart.
#[derive(Debug)]
pub struct Cluster {
    options: Options,
    home: Home,
    binaries: Binaries,
    socket_folder: PathBuf,
    postmaster: Postmaster,
    watchdog: Option<Watchdog>,
}

impl Cluster {
    /// Starts the cluster of a data folder, making it the first time, or takes over the one that
    /// still runs there.
    pub fn start(options: &Options) -> Result<Self> {
        let home = Home::open(options)?;
        let binaries = prepare(options, &home)?;
        let adopted = Postmaster::running(&home)?;
        let (socket_folder, postmaster, watchdog) =
            if let Some((postmaster, socket_folder)) = adopted {
                let pid = postmaster.pid.as_raw_nonzero();
                tracing::info!(%pid, "adopted the PostgreSQL that an earlier server left running");
                let watchdog = watch(options, &home, &postmaster, &socket_folder)?;
                (socket_folder, postmaster, watchdog)
            } else {
                let socket_folder = socket_folder::prepare(&home)?;
                let launched = launch(options, &home, &binaries, &socket_folder);
                let (postmaster, watchdog) =
                    launched.inspect_err(|_| socket_folder::remove(&home, &socket_folder))?;
                (socket_folder, postmaster, watchdog)
            };
        Ok(Self {
            options: options.clone(),
            home,
            binaries,
            socket_folder,
            postmaster,
            watchdog,
        })
    }

    /// How to reach a database of the cluster. The same for as long as the cluster is not stopped.
    pub fn url(&self, database: &str) -> String {
        let folder = self.socket_folder.display();
        // Port and `sslmode` are said because clients would take them from PGPORT and PGSSLMODE
        // otherwise.
        format!("postgres://{NAME}@localhost:{PORT}/{database}?host={folder}&sslmode=disable")
    }

    pub fn socket_folder(&self) -> &Path {
        &self.socket_folder
    }

    /// PostgreSQL's main process.
    pub fn pid(&self) -> i32 {
        self.postmaster.pid.as_raw_pid()
    }

    pub fn binaries(&self) -> &Binaries {
        &self.binaries
    }

    /// As PostgreSQL says it: `15.20`.
    pub fn version(&self) -> &str {
        &self.binaries.version
    }

    /// A program that came with this PostgreSQL, such as `psql` or `pgbench`.
    pub fn bin(&self, name: &str) -> Option<PathBuf> {
        self.binaries.bin(name)
    }

    /// Whether PostgreSQL is there and can be reached; it may still be recovering from a crash of a
    /// child.
    pub fn is_running(&mut self) -> bool {
        let socket = self.socket_folder.join(format!(".s.PGSQL.{PORT}"));
        self.postmaster.is_alive() && socket.exists()
    }

    /// Starts PostgreSQL again if it died; true if it had to. Cheap otherwise, meant to be called
    /// every second.
    pub fn ensure_running(&mut self) -> Result<bool> {
        if self.is_running() {
            return Ok(false);
        }
        tracing::warn!(pid = self.pid(), "PostgreSQL has ended; starting it again");
        // Still there when somebody only removed its socket.
        self.postmaster.stop();
        self.watchdog = None;
        socket_folder::renew(&self.home, &self.socket_folder)?;
        let launched = launch(
            &self.options,
            &self.home,
            &self.binaries,
            &self.socket_folder,
        );
        (self.postmaster, self.watchdog) = launched?;
        Ok(true)
    }

    /// Ends PostgreSQL: in an orderly way, and by force if that takes longer than four seconds,
    /// which costs a recovery at the next start but no data.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.postmaster.stop();
        self.watchdog = None;
        socket_folder::remove(&self.home, &self.socket_folder);
        if self.options.lifetime == Lifetime::Temporary {
            for folder in worthless_folders(&self.options, &self.home) {
                let _ = fs::remove_dir_all(folder);
            }
        }
    }
}

/// Chooses the binaries, and makes the cluster if there is none.
fn prepare(options: &Options, home: &Home) -> Result<Binaries> {
    let data = home.data();
    let data_major = home.data_major()?;
    let wanted = Wanted {
        setting: options.binaries.as_deref(),
        recorded: home.recall(BINARIES),
        data: data_major.map(|major| (&*data, major)),
    };
    let binaries = Binaries::resolve(&wanted, home.account)?;
    if data_major.is_none() {
        tracing::info!(folder = %data.display(), version = binaries.version, "creating the database cluster");
        create(home, &binaries, options.durable)?;
    }
    home.record(BINARIES, &binaries.folder)?;
    Ok(binaries)
}

/// Starts PostgreSQL and waits until it accepts connections.
fn launch(
    options: &Options,
    home: &Home,
    binaries: &Binaries,
    socket_folder: &Path,
) -> Result<(Postmaster, Option<Watchdog>)> {
    let arguments = settings::arguments(options, socket_folder);
    let deadline = Instant::now() + ORPHANS_LIMIT;
    loop {
        let mut postmaster = Postmaster::spawn(home, binaries, &arguments)?;
        let watchdog = watch(options, home, &postmaster, socket_folder)?;
        if postmaster.wait_until_ready() {
            let pid = postmaster.pid.as_raw_nonzero();
            tracing::info!(%pid, version = binaries.version, "PostgreSQL accepts connections");
            return Ok((postmaster, watchdog));
        }
        postmaster.stop();
        let log = postmaster.messages();
        let has_orphans = log.contains("pre-existing shared memory block");
        if !has_orphans || Instant::now() > deadline {
            return Err(ClusterError::DidNotStart { log });
        }
    }
}

fn watch(
    options: &Options,
    home: &Home,
    postmaster: &Postmaster,
    socket_folder: &Path,
) -> Result<Option<Watchdog>> {
    let mut folders = vec![socket_folder.to_path_buf()];
    match options.lifetime {
        Lifetime::Adoptable => return Ok(None),
        Lifetime::WithParent => {}
        Lifetime::Temporary => folders.extend(worthless_folders(options, home)),
    }
    Watchdog::holding(home.watchdog_lock()?, postmaster.pid, &folders).map(Some)
}

/// The cluster's folder comes first: it may lie outside of the data folder, which holds the only
/// pointer to it.
fn worthless_folders(options: &Options, home: &Home) -> [PathBuf; 2] {
    [home.folder.clone(), options.data_dir.clone()]
}
