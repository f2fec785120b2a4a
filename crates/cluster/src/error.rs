use std::io;
use std::path::{Path, PathBuf};

/// Why a cluster could not be had, in words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    #[error("another Haggle (process {pid}) already uses the database in {}", .folder.display())]
    Busy { folder: PathBuf, pid: String },

    #[error("the PostgreSQL of an earlier run in {} is still ending", .0.display())]
    StillEnding(PathBuf),

    #[error(
        "no PostgreSQL 15 to 18 was found. Install one (Debian, Ubuntu: `apt install postgresql`; \
         macOS: `brew install postgresql@18`), name the folder of its programs (HAGGLE_PG_BIN), \
         set DATABASE_URL to a running one, or run `cargo xtask demo`, which fetches one"
    )]
    NoBinaries,

    #[error(
        "{} holds no PostgreSQL 15 to 18 that can be run here; `postgres` and `initdb` are needed",
        .0.display()
    )]
    UnusableBinaries(PathBuf),

    #[error(
        "the database in {} was made by PostgreSQL {data}, but only PostgreSQL {found} is here. \
         Install PostgreSQL {data}, or dump the database with it and load the dump into an empty \
         data folder",
        .folder.display()
    )]
    WrongMajor {
        folder: PathBuf,
        data: u32,
        found: String,
    },

    #[error(
        "PostgreSQL does not run as root and the user `{0}` does not exist; create it or name \
         another one"
    )]
    UnknownUser(String),

    #[error(
        "PostgreSQL does not run as root and there is no user for it; create one \
         (`useradd --system haggle`) or start Haggle as an ordinary user"
    )]
    NoUser,

    #[error("only root can run PostgreSQL as another user, `{0}`")]
    NotRoot(String),

    #[error("PostgreSQL's user (uid {uid}) cannot enter {}", .folder.display())]
    NotReachable { folder: PathBuf, uid: u32 },

    #[error("{program} failed: {output}")]
    Command { program: String, output: String },

    #[error("PostgreSQL did not start: {log}")]
    DidNotStart { log: String },

    #[error("cannot {action} {}: {source}", .path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

pub(crate) type Result<T> = std::result::Result<T, ClusterError>;

/// Says what was being done, and to which path, when an `io::Error` came back.
pub(crate) trait Doing<T> {
    fn doing(self, action: &'static str, path: &Path) -> Result<T>;
}

impl<T> Doing<T> for io::Result<T> {
    fn doing(self, action: &'static str, path: &Path) -> Result<T> {
        self.map_err(|source| ClusterError::Io {
            action,
            path: path.to_path_buf(),
            source,
        })
    }
}
