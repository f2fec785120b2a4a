//! Files that are made from others, and travel with them in one commit.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use cluster::Cluster;

use crate::run::{Result, command, output, root, run};
use crate::snapshot::Snapshot;
use crate::{postgres, web};

/// What sqlx knows about each statement, so that they are checked without a database.
const STATEMENTS: &str = "crates/chat-postgres/.sqlx";
/// What the server says about itself: the command that prints it, and where it is kept.
const DOCUMENTS: [(&str, &str); 2] = [
    ("openapi", "web/packages/react/openapi.json"),
    ("asyncapi", "web/packages/react/asyncapi.json"),
];
/// Where the web package's own generator writes.
const WEB_SOURCES: &str = "web/packages/react/src";

/// The order of the server's own migration, where no host has tables.
const SCHEMA_FIRST: &str = "schema.sql";
const DIRECTORY_LAST: [&str; 6] = [
    "users.sql",
    "suppliers.sql",
    "products.sql",
    "default_names.psql",
    "views.sql",
    "mirror_off.sql",
];

/// Makes them anew. With `check` it leaves everything as it was and fails when that was stale.
pub fn generate(check: bool) -> Result {
    let before = Snapshot::of(&[STATEMENTS, DOCUMENTS[0].1, DOCUMENTS[1].1, WEB_SOURCES])?;
    let result = statements().and_then(|()| documents());
    if !check {
        return result;
    }
    let stale = before.changed()?;
    before.restore()?;
    result?;
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("out of date, run `cargo xtask gen`: {}", stale.join(", ")).into())
}

/// sqlx's macros ask a database about every statement they compile, and write down what it said.
fn statements() -> Result {
    let sources = root().join("crates/chat-postgres");
    if !sources.join("migrations").exists() {
        return Ok(());
    }
    postgres::ensure()?;
    let cluster = postgres::temporary()?;
    make_schema(&cluster, &sources)?;

    let folder = root().join(STATEMENTS);
    let fresh = tempfile::tempdir()?;
    touch_sources(&sources)?;
    run(
        command("cargo check --package chat-postgres --all-targets --locked")
            // The role has the name of the schema, which would be in its path: a statement that
            // does not name it in full would only fail for others.
            .env(
                "DATABASE_URL",
                cluster.url(cluster::NAME) + "&options=-csearch_path%3Dpg_catalog",
            )
            .env("SQLX_OFFLINE", "false")
            .env("SQLX_OFFLINE_DIR", fresh.path()),
    )?;
    // Replaced as a whole, so that statements which are gone leave nothing behind.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(fresh.path())? {
        let entry = entry?;
        fs::copy(entry.path(), folder.join(entry.file_name()))?;
    }
    // What was compiled against the database is compiled once more against the files.
    touch_sources(&sources)
}

/// By psql and not by the server, which does not compile while a statement is new.
fn make_schema(cluster: &Cluster, sources: &Path) -> Result {
    let directory = |name: &str| sources.join("directory").join(name);
    let mut files = vec![directory(SCHEMA_FIRST)];
    files.extend(sorted_files(&sources.join("migrations"))?);
    files.extend(DIRECTORY_LAST.map(directory));
    let program = cluster
        .bin("psql")
        .ok_or("psql is missing; install PostgreSQL's client programs")?;
    let mut psql = Command::new(program);
    psql.args([
        "-X",
        "-q",
        "-v",
        "ON_ERROR_STOP=1",
        "-U",
        cluster::NAME,
        "-d",
        cluster::NAME,
        "-h",
    ]);
    psql.arg(cluster.socket_folder())
        .stdin(Stdio::null())
        .env("PGOPTIONS", "-c client_min_messages=warning");
    for file in files {
        psql.arg("-f").arg(file);
    }
    run(&mut psql)
}

/// Cargo compiles again what changed; that the environment did it cannot see.
fn touch_sources(folder: &Path) -> Result {
    for path in sorted_files(folder)? {
        if path.is_dir() {
            touch_sources(&path)?;
        } else if path.extension() == Some(OsStr::new("rs")) {
            #[expect(
                clippy::disallowed_methods,
                reason = "cargo compares with the real clock"
            )]
            let now = SystemTime::now();
            fs::File::options()
                .append(true)
                .open(&path)?
                .set_modified(now)?;
        }
    }
    Ok(())
}

fn sorted_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries: std::io::Result<Vec<_>> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect();
    let mut paths = entries?;
    paths.sort();
    Ok(paths)
}

/// The server's own descriptions of its API and its socket, and what the web package makes of them.
fn documents() -> Result {
    if !web::exists() {
        return Ok(());
    }
    for (name, path) in DOCUMENTS {
        let print = format!("cargo run --quiet --package haggle --locked -- {name}");
        fs::write(root().join(path), output(&mut command(&print))?)?;
    }
    web::install()?;
    run(&mut web::npm("run gen"))
}
