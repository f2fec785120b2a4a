//! Where the cluster of a data folder lives.

use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::account::Account;
use crate::error::{ClusterError, Doing, Result};

/// For data folders that PostgreSQL's user cannot enter, such as any below `/root`.
const SHARED_ROOT: &str = "/var/lib/haggle";
/// Of every file that we write ourselves.
pub(crate) const PRIVATE: u32 = 0o600;

/// The folder of the cluster and the account that runs it. Made when missing.
///
/// It is `postgres` in the data folder, or the folder that `postgres.path` there names.
pub(crate) fn choose(data_dir: &Path, run_as: Option<&str>) -> Result<(PathBuf, Account)> {
    fs::create_dir_all(data_dir).doing("create", data_dir)?;
    let data_dir = &fs::canonicalize(data_dir).doing("find", data_dir)?;
    let pointer = data_dir.join("postgres.path");
    let inside = data_dir.join("postgres");

    let elsewhere = read_pointer(&pointer)?;
    let account = Account::choose(run_as, &elsewhere.as_ref().unwrap_or(&inside).join("data"))?;
    let home = match elsewhere {
        Some(home) => home,
        None if account.can_enter(data_dir) => make_home(inside, account)?,
        None if inside.join("data").exists() => inside,
        None => point(&pointer, make_outside(data_dir)?)?,
    };
    if !account.can_enter(&home) {
        return Err(ClusterError::NotReachable {
            folder: home,
            uid: account.uid,
        });
    }
    Ok((home, account))
}

fn read_pointer(pointer: &Path) -> Result<Option<PathBuf>> {
    match fs::read_to_string(pointer) {
        Ok(text) => Ok(Some(PathBuf::from(text.trim_end_matches('\n')))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).doing("read", pointer),
    }
}

/// Root keeps the folder itself, so that PostgreSQL's user cannot lead root's writes elsewhere by
/// links; what is private lies in folders of that user below.
fn make_home(home: PathBuf, account: Account) -> Result<PathBuf> {
    if !home.exists() {
        fs::create_dir_all(&home).doing("create", &home)?;
        let mode = if account.is_other() { 0o711 } else { 0o700 };
        fs::set_permissions(&home, fs::Permissions::from_mode(mode)).doing("protect", &home)?;
    }
    Ok(home)
}

/// A new folder whose name follows from the data folder's path. One that is there already belonged
/// to a data folder which is gone; its removal means that a fresh start is wanted, so it is left
/// alone.
fn make_outside(data_dir: &Path) -> Result<PathBuf> {
    let root = Path::new(SHARED_ROOT);
    fs::create_dir_all(root).doing("create", root)?;
    fs::set_permissions(root, fs::Permissions::from_mode(0o711)).doing("protect", root)?;
    let name = format!("{:016x}", fnv1a(data_dir.as_os_str().as_bytes()));
    let mut number = 1;
    loop {
        let home = root.join(format!("{name}-{number}"));
        match fs::create_dir(&home) {
            Ok(()) => {
                let permissions = fs::Permissions::from_mode(0o711);
                fs::set_permissions(&home, permissions).doing("protect", &home)?;
                return Ok(home);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let folder = home.display();
                tracing::warn!(%folder, "a database of a data folder that is gone was left untouched");
                number += 1;
            }
            Err(error) => return Err(error).doing("create", &home),
        }
    }
}

/// Writes the pointer, unless another first start on the same folder was faster: then its choice
/// counts.
fn point(pointer: &Path, home: PathBuf) -> Result<PathBuf> {
    let draft = pointer.with_extension(std::process::id().to_string());
    write_private(&draft, &format!("{}\n", home.display()))?;
    let linked = fs::hard_link(&draft, pointer);
    fs::remove_file(&draft).doing("remove", &draft)?;
    match linked {
        Ok(()) => Ok(home),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_dir(&home).doing("remove", &home)?;
            Ok(read_pointer(pointer)?.unwrap_or(home))
        }
        Err(error) => Err(error).doing("write", pointer),
    }
}

/// A file that nobody else may read.
pub(crate) fn write_private(path: &Path, text: &str) -> Result<()> {
    let opened = fs::File::options()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(PRIVATE)
        .open(path);
    let written = opened.and_then(|mut file| file.write_all(text.as_bytes()));
    written.doing("write", path)
}

/// FNV-1a: short, and the same in every version of Rust, which the standard hasher does not
/// promise.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
