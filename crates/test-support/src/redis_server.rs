use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::ops::Range;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use cluster::Watchdog;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::random::random;
use crate::wait::blocking;

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

    /// One that speaks to others over a second port, 10,000 above its own. Both are below those that
    /// systems hand out themselves.
    pub(crate) fn of_cluster(arguments: &[&str]) -> Self {
        Self::on(20_000..22_000, arguments)
    }

    pub(crate) fn with(arguments: &[&str]) -> Self {
        // Not the second ports of clusters.
        Self::on(22_000..30_000, arguments)
    }

    fn on(ports: Range<u16>, arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let arguments: Vec<_> = arguments.iter().map(ToString::to_string).collect();
        loop {
            // Below the ports that systems hand out themselves, so that it is still free after a
            // kill; another test may have taken it.
            let place = random() % u64::from(ports.end - ports.start);
            let port = ports.start + u16::try_from(place).expect("it is small");
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

    pub(crate) fn is_running(&self) -> bool {
        self.running.is_some()
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// One command in a line. Returns an error of the server as well as any other answer, and the
    /// parts of a list as lines.
    pub fn ask(&self, command: &str) -> String {
        let mut answer = None;
        // A failover cuts connections.
        blocking(&format!("an answer to {command}"), || {
            answer = self.try_ask(command).ok();
            answer.is_some()
        });
        answer.expect("an answer")
    }

    fn try_ask(&self, command: &str) -> io::Result<String> {
        let mut redis = TcpStream::connect(self.address())?;
        redis.write_all(format!("{command}\r\n").as_bytes())?;
        read(&mut BufReader::new(redis))
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

fn read(answer: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if answer.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let line = line.trim_end();
    if let Some(length) = line.strip_prefix('$').and_then(|text| text.parse().ok()) {
        let mut text = vec![0; length + 2];
        answer.read_exact(&mut text)?;
        return Ok(String::from_utf8_lossy(&text[..length]).into_owned());
    }
    if let Some(count) = line.strip_prefix('*').and_then(|count| count.parse().ok()) {
        let parts: io::Result<Vec<_>> = (0..count).map(|_: usize| read(answer)).collect();
        return Ok(parts?.join("\n"));
    }
    Ok(line.to_owned())
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
