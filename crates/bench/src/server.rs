//! A server in a process of its own.

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use cluster::Watchdog;
use rustix::process::{Pid, Signal, kill_process};

use crate::result::Result;

const START_LIMIT: Duration = Duration::from_mins(1);
const END_LIMIT: Duration = Duration::from_secs(15);
/// What both kinds of servers print once they accept connections.
pub const LISTENING: &str = "listening on http://";

#[derive(Debug)]
pub struct Server {
    child: Child,
    watchdog: Option<Watchdog>,
    pub address: SocketAddr,
    /// From the start of the process to the line that says it listens.
    pub started_in: Duration,
}

impl Server {
    /// Starts it. What it logs goes to a file that an error names.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self> {
        // The settings of whoever runs this are not the benchmark's.
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            let is_set_here = command.get_envs().any(|(set, _)| *set == *name);
            let is_a_setting =
                name.starts_with("HAGGLE_") || name == "DATABASE_URL" || name == "REDIS_URL";
            if is_a_setting && !is_set_here {
                command.env_remove(name);
            }
        }
        let start = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::options().create(true).append(true).open(log)?)
            .spawn()
            .map_err(|error| format!("{}: {error}", command.get_program().to_string_lossy()))?;
        let watchdog = Watchdog::over(&child, &[])?;
        let (sender, address) = mpsc::channel();
        let output = child.stdout.take().ok_or("no standard output")?;
        // Read to its end: a full pipe would stop the server, a closed one too.
        thread::spawn(move || {
            for line in BufReader::new(output)
                .lines()
                .map_while(std::result::Result::ok)
            {
                if let Some((_, address)) = line.split_once(LISTENING) {
                    // Nobody waits any more when it took too long.
                    drop(sender.send((Instant::now(), address.trim().to_owned())));
                }
            }
        });
        let mut server = Self {
            child,
            watchdog: Some(watchdog),
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            started_in: Duration::ZERO,
        };
        let (at, address) = address.recv_timeout(START_LIMIT).map_err(|_| {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            format!("a server did not start; it said:\n{said}")
        })?;
        server.started_in = at - start;
        server.address = address.parse()?;
        Ok(server)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end and waits until it has.
    pub fn stop(mut self) -> Result {
        self.ask_to_end();
        let deadline = Instant::now() + END_LIMIT;
        while self.child.try_wait()?.is_none() {
            if Instant::now() > deadline {
                return Err("a server does not end".into());
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// Takes it away without a warning.
    pub fn kill9(mut self) -> Result {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    fn ask_to_end(&self) {
        // An error means that it is gone already.
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(Some(_)) = self.child.try_wait() {
            return;
        }
        // In good order first: it may run a database.
        self.ask_to_end();
        let deadline = Instant::now() + END_LIMIT;
        while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(5));
        }
        self.watchdog = None;
        // Errors mean that it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
