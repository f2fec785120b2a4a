use std::env;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use cluster::Watchdog;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::time::timeout;

use crate::eventually;
use crate::random::open_folder;
use crate::server_output::Output;
use crate::token::SECRET;
use crate::wait::PATIENCE;

/// How to start the real server.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    binary: PathBuf,
    arguments: Vec<String>,
    settings: Vec<(String, String)>,
}

impl ServerOptions {
    /// `binary` is `env!("CARGO_BIN_EXE_haggle")`, which only the binary's own tests can name.
    pub fn new(binary: impl AsRef<Path>) -> Self {
        let options = Self {
            binary: binary.as_ref().to_owned(),
            arguments: vec!["serve".to_owned()],
            settings: Vec::new(),
        };
        let options = options.set("HAGGLE_LISTEN", "127.0.0.1:0");
        options.set("HAGGLE_JWT_SECRET", SECRET)
    }

    /// Without it the server runs its own embedded PostgreSQL.
    #[must_use]
    pub fn database(self, url: &str) -> Self {
        self.set("DATABASE_URL", url)
    }

    /// For a server that comes back where clients look for the one that was killed.
    #[must_use]
    pub fn listen(self, address: SocketAddr) -> Self {
        self.set("HAGGLE_LISTEN", &address.to_string())
    }

    /// A setting by its name in the environment; the last of several counts.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Instead of `serve`.
    #[must_use]
    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.arguments = arguments.iter().map(ToString::to_string).collect();
        self
    }

    fn has(&self, name: &str) -> bool {
        self.settings.iter().any(|(set, _)| set == name)
    }
}

/// The real server in a process of its own. What it printed is shown when the test fails.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    watchdog: Option<Watchdog>,
    address: SocketAddr,
    output: Output,
    /// Whether it runs a PostgreSQL that would outlive its kill.
    is_embedded: bool,
    _folder: Option<TempDir>,
}

impl ServerProcess {
    /// Starts it and waits until it accepts connections.
    pub async fn spawn(options: &ServerOptions) -> Self {
        let spawned = Self::try_spawn(options).await;
        spawned.unwrap_or_else(|said| panic!("the server does not listen. It said:\n{said}"))
    }

    /// The same where it may not find what it needs; what it said when it does not listen.
    pub async fn try_spawn(options: &ServerOptions) -> Result<Self, String> {
        let mut command = Command::new(&options.binary);
        // The settings of whoever runs the tests are not the test's.
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if name.starts_with("HAGGLE_") || name == "DATABASE_URL" || name == "REDIS_URL" {
                command.env_remove(name);
            }
        }
        let folder = (!options.has("HAGGLE_DATA_DIR")).then(open_folder);
        if let Some(folder) = &folder {
            command.env("HAGGLE_DATA_DIR", folder.path());
        }
        command
            .args(&options.arguments)
            .envs(options.settings.iter().cloned());
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the server's binary runs");
        let watchdog = Watchdog::over(&child, &[]).expect("a shell");

        let output = Output::default();
        let stdout = child.stdout.take().expect("its standard output");
        let (reading, address) = output.collect_and_find(stdout, "haggle listening on http://");
        let stderr = child.stderr.take().expect("its standard error");
        let reading = [reading, output.collect(stderr)];
        let Ok(Ok(address)) = timeout(PATIENCE, address).await else {
            let _ = child.kill();
            let _ = child.wait();
            let _ = reading.map(JoinHandle::join);
            return Err(output.text());
        };
        Ok(Self {
            child,
            watchdog: Some(watchdog),
            address: address.parse().expect("an address"),
            output,
            is_embedded: !options.has("DATABASE_URL"),
            _folder: folder,
        })
    }

    /// `http://ADDRESS`
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// All it has printed so far, both outputs.
    pub fn output(&self) -> String {
        self.output.text()
    }

    /// Stops it where it stands.
    pub fn freeze(&self) {
        let _ = kill_process(Pid::from_child(&self.child), Signal::STOP);
    }

    /// After [`Self::freeze`].
    pub fn go_on(&self) {
        let _ = kill_process(Pid::from_child(&self.child), Signal::CONT);
    }

    /// How it ended, if it has.
    pub fn exit_status(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("a child can be asked")
    }

    /// The memory it really has, in KiB; `None` when it has ended.
    pub fn resident_kib(&self) -> Option<u64> {
        self.status("VmRSS:")
    }

    /// The most that it ever had, in KiB; `None` when it has ended.
    pub fn peak_kib(&self) -> Option<u64> {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// Ends it without a warning.
    pub fn kill9(&mut self) {
        self.watchdog = None;
        self.child.kill().expect("the server is there");
        self.child.wait().expect("the server ends");
    }

    /// Asks it to end, as an init system does, and waits until it has.
    pub async fn sigterm_and_wait(&mut self) -> ExitStatus {
        self.sigterm();
        self.ended().await
    }

    /// Asks it to end.
    pub fn sigterm(&self) {
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
    }

    /// Tells it that its terminal is gone, and waits until it has ended.
    pub async fn sighup_and_wait(&mut self) -> ExitStatus {
        let _ = kill_process(Pid::from_child(&self.child), Signal::HUP);
        self.ended().await
    }

    /// Waits until it has ended after [`Self::sigterm`].
    pub async fn ended(&mut self) -> ExitStatus {
        let mut ended = None;
        eventually("the server ends after SIGTERM", async || {
            ended = self.child.try_wait().expect("a child can be asked");
            ended.is_some()
        })
        .await;
        self.watchdog = None;
        ended.expect("it has ended")
    }

    fn has_ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        if self.is_embedded && !self.has_ended() {
            self.sigterm();
            let deadline = Instant::now() + PATIENCE;
            while !self.has_ended() && Instant::now() < deadline {
                thread::sleep(Duration::from_millis(5));
            }
        }
        self.watchdog = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking() {
            eprintln!("--- the server said:\n{}---", self.output.text());
        }
    }
}
