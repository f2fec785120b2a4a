//! Writes the files under `demo` that the server contains, for `cargo xtask demo-content`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
    process::ExitCode,
};

/// What this program makes under `demo`. Nothing else is touched.
const MADE: [&str; 6] = [
    "avatars",
    "conversations",
    "deals.json",
    "everyday.json",
    "marketplace.json",
    "pictures",
];

fn main() -> ExitCode {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let result = match std::env::args().nth(1).as_deref() {
        None => write(&demo),
        Some("--check") => check(&demo),
        Some(other) => Err(io::Error::other(format!(
            "{other} is no option: use --check"
        ))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Replaces them as a whole, so that a file which is no longer made does not stay.
fn write(demo: &Path) -> io::Result<()> {
    for name in MADE {
        let path = demo.join(name);
        if path.is_dir() {
            fs::remove_dir_all(&path)?;
        }
    }
    for (name, text) in demo_content::files() {
        let path = demo.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

/// Fails when a file differs, is missing, or is there and not made.
fn check(demo: &Path) -> io::Result<()> {
    let made = demo_content::files();
    let mut there = BTreeMap::new();
    for name in MADE {
        read(demo, name, &mut there)?;
    }
    let names: BTreeSet<_> = made.keys().chain(there.keys()).collect();
    let stale: Vec<_> = names
        .into_iter()
        .filter(|name| made.get(*name) != there.get(*name))
        .map(|name| format!("demo/{name}"))
        .collect();
    if stale.is_empty() {
        return Ok(());
    }
    let stale = stale.join(", ");
    Err(io::Error::other(format!(
        "out of date, run `cargo xtask demo-content`: {stale}"
    )))
}

fn read(demo: &Path, name: &str, files: &mut BTreeMap<String, String>) -> io::Result<()> {
    let path = demo.join(name);
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            let entry = entry?.file_name();
            read(demo, &format!("{name}/{}", entry.to_string_lossy()), files)?;
        }
    } else if path.exists() {
        files.insert(name.to_owned(), fs::read_to_string(path)?);
    }
    Ok(())
}
