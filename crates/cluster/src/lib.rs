//! A private PostgreSQL cluster in a data folder: Haggle's database when no `DATABASE_URL` is
//! given.
//!
//! Real PostgreSQL, found on the machine, run as a plain child process and reached through a Unix
//! socket that only its own user can enter. Nothing listens on the network.
//!
//! What holds, whatever happens:
//! - At most one [`Cluster`] exists per data folder; a second one is refused with the process id of
//!   the first.
//! - A half made cluster is never used: it is made beside its place, synced, and renamed into it.
//! - PostgreSQL never runs as root, and root never writes into a folder that PostgreSQL's user
//!   owns.
//! - After [`Cluster::stop`] no process, socket or socket folder is left.
//! - The log never holds a row, a parameter or a statement: they carry people's messages.
//!
//! Absent on purpose: downloading binaries (`cargo xtask` does), major upgrades (refused, naming
//! both versions), Windows.

mod account;
mod binaries;
mod cluster;
mod create;
mod error;
mod home;
mod pid_file;
mod place;
mod postmaster;
mod search;
mod settings;
mod socket_folder;
mod wait;
mod watchdog;

use std::path::PathBuf;

pub use binaries::{Binaries, SUPPORTED_MAJORS, find_binaries};
pub use cluster::Cluster;
pub use error::ClusterError;
pub use search::fetched_folder;
pub use watchdog::Watchdog;

/// The role that owns the cluster, and the database that is made on the first start.
pub const NAME: &str = "haggle";

/// How to run a cluster.
#[derive(Debug, Clone)]
pub struct Options {
    /// Created when missing. The cluster lives in `postgres` below it, or where `postgres.path` in
    /// it points.
    pub data_dir: PathBuf,
    /// The folder with `postgres` and `initdb`; `None` looks for one.
    pub binaries: Option<PathBuf>,
    /// The user PostgreSQL runs as when this process is root; `None` takes `haggle`, else
    /// `postgres`.
    pub run_as: Option<String>,
    pub lifetime: Lifetime,
    /// Off, a crash of the machine may lose everything: for tests only.
    pub durable: bool,
    /// Further PostgreSQL settings; they win over ours.
    pub settings: Vec<(String, String)>,
}

/// What becomes of PostgreSQL when this process dies without calling [`Cluster::stop`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// It stays, and the next start on the same folder takes it over.
    Adoptable,
    /// It ends too, even after `kill -9`.
    WithParent,
    /// It ends too, and the data folder goes with it; dropping the [`Cluster`] removes the folder
    /// as well.
    Temporary,
}

impl Options {
    /// A durable, adoptable cluster: what a server wants.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            binaries: None,
            run_as: None,
            lifetime: Lifetime::Adoptable,
            durable: true,
            settings: Vec::new(),
        }
    }

    /// A cluster whose content is worthless: no syncing, gone with this process.
    pub fn temporary(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            lifetime: Lifetime::Temporary,
            durable: false,
            ..Self::new(data_dir)
        }
    }
}
