use std::net::SocketAddr;
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
    running: Option<(Child, Watchdog)>,
}

impl RedisServer {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        loop {
            // Below the ports that systems hand out themselves, so that it is still free after a
            // kill; another test may have taken it.
            let port = 20_000 + u16::try_from(random() % 12_000).expect("it is small");
            if let Some(running) = run(port, folder.path()) {
                return Self {
                    port,
                    folder,
                    running: Some(running),
                };
            }
        }
    }

    /// What to give a server as `REDIS_URL`. The same over kills and restarts.
    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Where it listens. The same over kills and restarts.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.port))
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
        let running = run(self.port, self.folder.path());
        self.running = Some(running.expect("Redis starts again on its port"));
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        self.kill9();
    }
}

/// `None` when the port is taken.
fn run(port: u16, folder: &Path) -> Option<(Child, Watchdog)> {
    // Opened after the port, and nobody else's: who answers here is ours.
    let socket = folder.join("redis.sock");
    let mut redis = Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1"])
        .args(["--save", "", "--appendonly", "no", "--dir"])
        .arg(folder)
        .arg("--unixsocket")
        .arg(&socket)
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
