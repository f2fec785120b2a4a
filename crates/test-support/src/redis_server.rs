use std::fs;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use cluster::Watchdog;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::random::random;

/// A Redis of the test's own, without persistence, as Haggle asks of it.
///
/// The calls block for the milliseconds a start takes.
#[derive(Debug)]
pub struct RedisServer {
    port: u16,
    folder: TempDir,
    arguments: Vec<String>,
    running: Option<(Child, Watchdog)>,
}

impl RedisServer {
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// A cluster of one server, which holds every slot.
    pub fn cluster() -> Self {
        loop {
            let server = Self::with(&["--cluster-enabled", "yes"]);
            // It takes a second port for itself; when somebody has that, it ends at once.
            if server.say("CLUSTER ADDSLOTSRANGE 0 16383").is_ok() {
                let is_ok = |info: io::Result<String>| {
                    info.expect("Redis answers").contains("cluster_state:ok")
                };
                while !is_ok(server.say("CLUSTER INFO")) {
                    thread::sleep(Duration::from_millis(5));
                }
                return server;
            }
        }
    }

    /// A sentinel that watches this server under the name `market`.
    pub fn sentinel(master: &Self) -> Self {
        let sentinel = Self::with(&["--sentinel"]);
        let port = master.port;
        let watching = sentinel.say(&format!("SENTINEL MONITOR market 127.0.0.1 {port} 1"));
        let watching = watching.expect("the sentinel answers");
        assert!(watching.starts_with("+OK"), "{watching}");
        sentinel
    }

    fn with(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
        loop {
            // Below the ports that systems hand out themselves, so that it is still free after a
            // kill; another test may have taken it.
            let port = 20_000 + u16::try_from(random() % 12_000).expect("it is small");
            if let Some(running) = run(port, folder.path(), &arguments) {
                return Self {
                    port,
                    folder,
                    arguments,
                    running: Some(running),
                };
            }
        }
    }

    /// What to give a server as `REDIS_URL`. The same over kills and restarts.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// `HOST:PORT`
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        let (redis, _) = self.running.as_ref().expect("Redis is there");
        redis.id()
    }

    /// One command in a line; returns what there is of the answer at once.
    fn say(&self, command: &str) -> io::Result<String> {
        let mut redis = TcpStream::connect(self.address())?;
        redis.write_all(format!("{command}\r\n").as_bytes())?;
        let mut answer = [0; 4096];
        let length = redis.read(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer[..length]).into_owned())
    }

    /// Takes Redis away without a warning, and everything in it.
    pub fn kill9(&mut self) {
        if let Some((mut redis, watchdog)) = self.running.take() {
            drop(watchdog);
            redis.kill().expect("Redis is there");
            redis.wait().expect("Redis ends");
        }
    }

    /// Stops it where it is, connections and all, until [`Self::go_on`].
    pub fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    pub fn go_on(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        let (redis, _) = self.running.as_ref().expect("Redis is there");
        kill_process(Pid::from_child(redis), signal).expect("Redis is there");
    }

    /// Starts it again, empty.
    pub fn restart(&mut self) {
        self.kill9();
        let running = run(self.port, self.folder.path(), &self.arguments);
        self.running = Some(running.expect("Redis starts again on its port"));
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill9();
    }
}

/// `None` when the port is taken.
fn run(port: u16, folder: &Path, arguments: &[String]) -> Option<(Child, Watchdog)> {
    // Opened after the port, and nobody else's: who answers here is ours.
    let socket = folder.join("redis.sock");
    // Both a cluster and a sentinel write down what they know.
    let file = folder.join("redis.conf");
    fs::write(&file, "").expect("an empty configuration");
    let mut redis = Command::new("redis-server")
        .arg(file)
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--appendonly", "no", "--dir"])
        .arg(folder)
        .arg("--unixsocket")
        .arg(&socket)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("redis-server is installed");
    let watchdog = Watchdog::over(&redis, &[folder.to_owned()]).expect("a shell");
    while redis.try_wait().expect("a child can be asked").is_none() {
        if UnixStream::connect(&socket).is_ok() {
            return Some((redis, watchdog));
        }
        thread::sleep(Duration::from_millis(5));
    }
    None
}
