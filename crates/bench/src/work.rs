//! What PostgreSQL has to do, by its own statistics.

use std::fs::{self, File};
use std::process::Child;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::result::Result;
use crate::setup::Setup;

/// PostgreSQL counts what a connection did at the latest so long after it fell silent.
pub const COUNTED_WITHIN: Duration = Duration::from_secs(12);

const TRANSACTIONS: &str = "
select xact_commit + xact_rollback from pg_stat_database where datname = current_database()";

/// Connections of clients, and those of them that are at work.
const CONNECTIONS: &str = "
select count(*), count(*) filter (where state <> 'idle')
from pg_stat_activity
where backend_type = 'client backend' and pid <> pg_backend_pid() \\watch 0.1
";

/// Transactions since the database began. Each statement outside of one is one.
pub fn transactions(setup: &Setup) -> Result<f64> {
    Ok(setup.sql(TRANSACTIONS)?.trim().parse()?)
}

/// A psql that looks ten times a second how many connections there are.
#[derive(Debug)]
pub struct Connections {
    psql: Child,
    seen: std::path::PathBuf,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Most {
    pub open: u32,
    pub at_work: u32,
}

impl Connections {
    pub fn watch(setup: &Setup) -> Result<Self> {
        let (question, seen) = (setup.path("connections.sql"), setup.path("connections.txt"));
        fs::write(&question, CONNECTIONS)?;
        let mut psql = setup.psql_on_data(&question)?;
        let psql = psql.stdout(File::create(&seen)?).spawn()?;
        Ok(Self { psql, seen })
    }

    /// The most at any time.
    pub fn stop(mut self) -> Result<Most> {
        // It writes down what it has, and ends.
        kill_process(Pid::from_child(&self.psql), Signal::INT)?;
        self.psql.wait()?;
        Ok(most(&fs::read_to_string(&self.seen)?))
    }
}

impl Drop for Connections {
    fn drop(&mut self) {
        // Errors mean that it is gone already.
        let _ = self.psql.kill();
        let _ = self.psql.wait();
    }
}

/// Lines of two numbers between others.
fn most(seen: &str) -> Most {
    let numbers = seen.lines().filter_map(|line| {
        let (open, at_work) = line.split_once('|')?;
        Some((open.parse().ok()?, at_work.parse().ok()?))
    });
    numbers.fold(Most::default(), |most, (open, at_work)| Most {
        open: most.open.max(open),
        at_work: most.at_work.max(at_work),
    })
}

#[cfg(test)]
mod tests {
    use super::{Most, most};

    #[test]
    fn the_most_is_found_between_titles() {
        let seen = "Mon 1 Jan (every 0.1s)\n\n3|1\n\nMon 1 Jan (every 0.1s)\n\n2|2\n";
        let (open, at_work) = (3, 2);
        assert_eq!(most(seen), Most { open, at_work });
    }
}
