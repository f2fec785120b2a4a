//! Where PostgreSQL's socket is: a folder that only PostgreSQL's user can enter, which is all the
//! protection it needs.

use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::error::Result;
use crate::home::Home;

pub(crate) const PORT: &str = "5432";
const RECORD: &str = "socket.path";
/// The address of a socket has room for 103 bytes on macOS and 107 on Linux; 14 of them are
/// `/.s.PGSQL.5432`.
const LIMIT_BYTES: usize = 103 - 14;

/// The folder to use, empty: `socket` in the cluster's folder, or a short one among the
/// temporary files.
pub(crate) fn prepare(home: &Home) -> Result<PathBuf> {
    let inside = home.folder.join("socket");
    if is_plain(&inside) {
        renew(home, &inside)?;
        return Ok(inside);
    }
    if let Some(recorded) = home
        .recall(RECORD)
        .filter(|folder| is_private(home, folder))
    {
        renew(home, &recorded)?;
        return Ok(recorded);
    }
    let folder = temporary_root(home).join(format!("haggle-{:016x}", random()));
    // Recorded first: after a crash in between, there is a record of nothing rather than a folder
    // nobody knows.
    home.record(RECORD, &folder)?;
    home.account.make_private_folder(&folder)?;
    Ok(folder)
}

/// Empties the folder: the lock file beside the socket of a killed PostgreSQL holds a process id that
/// may belong to anybody by now, and PostgreSQL would not start while that one lives.
pub(crate) fn renew(home: &Home, folder: &Path) -> Result<()> {
    let _ = fs::remove_dir_all(folder);
    home.account.make_private_folder(folder)
}

pub(crate) fn remove(home: &Home, folder: &Path) {
    let _ = fs::remove_dir_all(folder);
    home.forget(RECORD);
}

/// Whether a path is short enough and needs no quoting in settings and URLs.
fn is_plain(folder: &Path) -> bool {
    let bytes = folder.as_os_str().as_bytes();
    let is_safe = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
    bytes.len() <= LIMIT_BYTES && bytes.iter().all(is_safe)
}

/// Whether a folder from an earlier start is still as we made it. Anybody can put things into
/// `/tmp`.
fn is_private(home: &Home, folder: &Path) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|found| {
        let is_closed = found.mode() & 0o7777 == 0o700;
        found.is_dir() && found.uid() == home.account.uid && is_closed
    })
}

fn temporary_root(home: &Home) -> PathBuf {
    let usual = std::env::temp_dir();
    // 24 bytes are `/haggle-` and sixteen digits.
    let is_short = usual.as_os_str().len() + 24 <= LIMIT_BYTES;
    if is_short && is_plain(&usual) && home.account.can_enter(&usual) {
        usual
    } else {
        PathBuf::from("/tmp")
    }
}

/// Unpredictable enough for a name that nobody shall take first; if somebody does, making the
/// folder fails.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
