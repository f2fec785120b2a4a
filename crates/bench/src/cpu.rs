//! Processor time, which tells what something costs also when the machine has other work.

use std::fs;

use rustix::param::clock_ticks_per_second;

use crate::result::Result;

/// What a process, and the children that it has outlived, used so far.
#[derive(Debug, Clone, Copy)]
struct Used {
    parent: u32,
    own_ticks: u64,
    children_ticks: u64,
}

impl Used {
    fn by(pid: u32) -> Result<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        // The name before it may hold anything.
        let (_, fields) = stat.rsplit_once(") ").ok_or("no fields in /proc")?;
        let fields: Vec<_> = fields.split(' ').collect();
        let ticks = |at: usize| -> Result<u64> { Ok(fields.get(at).unwrap_or(&"").parse()?) };
        Ok(Self {
            parent: u32::try_from(ticks(1)?)?,
            own_ticks: ticks(11)? + ticks(12)?,
            children_ticks: ticks(13)? + ticks(14)?,
        })
    }
}

/// Who uses processor time in a benchmark.
#[derive(Debug, Clone)]
pub struct Watched {
    pub servers: Vec<u32>,
    pub redis: Option<u32>,
    /// PostgreSQL's main process.
    pub database: u32,
}

/// Seconds that were used.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spent {
    pub servers: f64,
    pub redis: f64,
    pub database: f64,
    /// This process.
    pub clients: f64,
    /// Programs that this process ran, pgbench for instance.
    pub programs: f64,
}

impl Watched {
    /// Since each of them began.
    pub fn now(&self) -> Result<Spent> {
        let us = Used::by(std::process::id())?;
        Ok(Spent {
            servers: all(&self.servers)?,
            redis: all(self.redis.as_slice())?,
            database: seconds(family_ticks(self.database)?),
            clients: seconds(us.own_ticks),
            programs: seconds(us.children_ticks),
        })
    }
}

impl Spent {
    pub fn add_since(&mut self, before: &Self, now: &Self) {
        self.servers += now.servers - before.servers;
        self.redis += now.redis - before.redis;
        self.database += now.database - before.database;
        self.clients += now.clients - before.clients;
        self.programs += now.programs - before.programs;
    }
}

fn all(processes: &[u32]) -> Result<f64> {
    let used = |pid: &u32| Ok(seconds(Used::by(*pid)?.own_ticks));
    processes.iter().map(used).sum()
}

fn seconds(ticks: u64) -> f64 {
    let ticks = u32::try_from(ticks).map_or(f64::NAN, f64::from);
    let per_second = u32::try_from(clock_ticks_per_second()).map_or(f64::NAN, f64::from);
    ticks / per_second
}

/// Of a process, its children that have ended, and those that have not.
fn family_ticks(parent: u32) -> Result<u64> {
    let used = Used::by(parent)?;
    let mut ticks = used.own_ticks + used.children_ticks;
    for entry in fs::read_dir("/proc")? {
        let pid = entry?.file_name().to_string_lossy().parse();
        // It may end between the two looks.
        if let Ok(Ok(process)) = pid.map(Used::by)
            && process.parent == parent
        {
            ticks += process.own_ticks;
        }
    }
    Ok(ticks)
}
