//! Conversations as files, by the commands that operators use.

mod formats;
mod killed;
mod report;
mod round_trip;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::world::World;

/// Where the commands of a test run: their database, their object store, their files.
pub struct Desk {
    database: String,
    folder: TempDir,
}

/// A marketplace with nothing said in it, and the desk of who operates it.
pub async fn shop() -> (World, Desk) {
    let mut desk = Desk {
        database: String::new(),
        folder: tempfile::tempdir().unwrap(),
    };
    let settings = [
        ("HAGGLE_MESSAGES_PER_MINUTE", "0"),
        ("HAGGLE_CONVERSATIONS_PER_HOUR", "0"),
        ("HAGGLE_OBJECT_STORE", &*desk.store()),
    ];
    let world = World::with(&settings).await;
    world.database.url().clone_into(&mut desk.database);
    (world, desk)
}

impl Desk {
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where a server and these commands keep files together.
    pub fn store(&self) -> String {
        format!("file://{}", self.path("store").display())
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_haggle"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("DATABASE_URL", &self.database)
            .env("HAGGLE_DATA_DIR", self.path("data"))
            .env("HAGGLE_OBJECT_STORE", self.store())
            .stdin(Stdio::null());
        command
    }

    /// What it says where it must succeed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", both(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What it says where it must fail.
    pub fn fail(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().unwrap();
        assert!(!output.status.success(), "{arguments:?}: {}", both(&output));
        String::from_utf8(output.stderr).unwrap()
    }

    pub fn read(&self, name: &str) -> String {
        let path = self.path(name);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// What the last import wrote about rows: `table what why`, with the line and the id of each.
    pub fn report(&self) -> Vec<(String, u64, String)> {
        let text = self.read("data/import-report.jsonl");
        let lines = text.lines().map(|line| {
            let line: Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| line[name].as_str().unwrap().to_owned();
            let said = format!("{} {}: {}", text("table"), text("what"), text("why"));
            (said, line["line"].as_u64().unwrap(), text("id"))
        });
        lines.collect()
    }

    /// The same, counted by what it says.
    pub fn reasons(&self) -> BTreeMap<String, usize> {
        let mut reasons = BTreeMap::new();
        for (said, _, _) in self.report() {
            *reasons.entry(said).or_default() += 1;
        }
        reasons
    }
}

fn both(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Every file of a folder by its name.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read(entry.path()).unwrap())
    });
    entries.collect()
}
