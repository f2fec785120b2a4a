//! What the same PostgreSQL does by itself, by its own tool.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::data::TEXT;
use crate::load::Latencies;
use crate::result::Result;
use crate::setup::Setup;

const BY_BUYER: &str = include_str!("../sql/send_by_buyer.pgbench");
const BY_SUPPLIER: &str = include_str!("../sql/send_by_supplier.pgbench");
const NOTE: &str = "insert into notes (note) values ('one row');\n";
/// Clients among which the transactions at a given rate are shared.
const CLIENTS_AT_RATE: usize = 16;

#[derive(Debug)]
pub struct Pgbench {
    program: PathBuf,
    database: String,
    folder: PathBuf,
    plain: [PathBuf; 2],
    pipelined: [PathBuf; 2],
    note: PathBuf,
}

/// How a transaction's statements travel.
#[derive(Debug, Clone, Copy)]
pub enum Trips {
    /// Each waits for the answer of the one before, as applications do.
    OnePerStatement,
    /// All at once.
    One,
}

impl Pgbench {
    pub fn prepare(setup: &mut Setup) -> Result<Self> {
        let script = |name: &str, text: &str| -> Result<PathBuf> {
            let path = setup.path(name);
            fs::write(&path, text)?;
            Ok(path)
        };
        let send = |text: &str, begin: &str, end: &str| {
            let text = text.replace("{text}", TEXT);
            text.replace("{begin}", begin).replace("{end}", end)
        };
        let pipelined = |text| send(text, "\\startpipeline\n", "\\endpipeline");
        Ok(Self {
            plain: [
                script("by_buyer.pgbench", &send(BY_BUYER, "", ""))?,
                script("by_supplier.pgbench", &send(BY_SUPPLIER, "", ""))?,
            ],
            pipelined: [
                script("by_buyer_pipelined.pgbench", &pipelined(BY_BUYER))?,
                script("by_supplier_pipelined.pgbench", &pipelined(BY_SUPPLIER))?,
            ],
            note: script("note.pgbench", NOTE)?,
            program: setup.pgbench()?,
            folder: setup.path(""),
            database: setup.design()?,
        })
    }

    /// Messages a second, one transaction each, by so many clients on two threads.
    pub fn sends_per_second(&self, trips: Trips, clients: usize, time: Duration) -> Result<f64> {
        let scripts = match trips {
            Trips::OnePerStatement => &self.plain,
            Trips::One => &self.pipelined,
        };
        let mut command = self.command(time);
        command.args(["-j", "2", "-c", &clients.to_string()]);
        for script in scripts {
            command.arg("-f").arg(script);
        }
        let output = run(command.arg(&self.database))?;
        let rate = output.lines().find_map(|line| line.strip_prefix("tps = "));
        let rate = rate.and_then(|rate| rate.split(' ').next());
        Ok(rate.ok_or("pgbench told no rate")?.parse()?)
    }

    /// How long commits of a single row take when they come at this rate, independently of each
    /// other. The time counts from when a commit was due.
    pub fn commits_at(&self, per_second: f64, time: Duration) -> Result<Latencies> {
        let mut command = self.command(time);
        command.args(["-j", "1", "-c", &CLIENTS_AT_RATE.to_string()]);
        command
            .args(["-R", &per_second.to_string(), "-f"])
            .arg(&self.note);
        logged(&mut command, &self.database, &self.folder, "commits")
    }

    /// How long commits of a single row take, one after the other.
    pub fn commits_alone(&self, time: Duration) -> Result<Latencies> {
        let mut command = self.command(time);
        command.args(["-j", "1", "-c", "1", "-f"]).arg(&self.note);
        logged(&mut command, &self.database, &self.folder, "alone")
    }

    fn command(&self, time: Duration) -> Command {
        let mut command = Command::new(&self.program);
        command.args(["-n", "-M", "prepared", "-T"]);
        command.arg(time.as_secs().max(1).to_string());
        command
    }
}

/// How long its transactions took. It logs into this folder, under this name.
pub fn logged(
    command: &mut Command,
    database: &str,
    folder: &Path,
    name: &str,
) -> Result<Latencies> {
    command.args(["-l", "--log-prefix"]).arg(folder.join(name));
    run(command.arg(database))?;
    let mut latencies = Latencies::default();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        if file.starts_with(&format!("{name}.")) && !file.ends_with("pgbench") {
            for line in fs::read_to_string(&path)?.lines() {
                let micros = line.split(' ').nth(2).ok_or("pgbench's log has changed")?;
                latencies.push(Duration::from_micros(micros.parse()?));
            }
            fs::remove_file(&path)?;
        }
    }
    Ok(latencies)
}

fn run(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("pgbench failed: {said}").into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
