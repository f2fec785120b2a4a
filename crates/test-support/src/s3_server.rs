use std::env;
use std::fs;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use cluster::Watchdog;
use tempfile::TempDir;

use crate::random::steady_address;

const BUCKET: &str = "files";
const KEY: &str = "a-key";
const SECRET: &str = "a-secret";

/// A server that speaks S3 and that others wrote (`s3s-fs`). It believes no request that is not
/// signed with its key.
#[derive(Debug)]
pub struct S3Server {
    address: String,
    folder: TempDir,
    running: Option<(Child, Watchdog)>,
}

impl S3Server {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join(BUCKET)).expect("a bucket");
        loop {
            let address = steady_address();
            if let Some(running) = run(&address.port().to_string(), folder.path()) {
                return Self {
                    address: address.to_string(),
                    folder,
                    running: Some(running),
                };
            }
        }
    }

    /// What to give a server as `HAGGLE_OBJECT_STORE`, with this in front of every name.
    pub fn url(&self, prefix: &str) -> String {
        format!(
            "s3://{BUCKET}/{prefix}?endpoint=http://{}&region=eu-central-1",
            self.address
        )
    }

    /// What to put into the environment of a server.
    pub fn keys() -> [(&'static str, &'static str); 2] {
        [
            ("AWS_ACCESS_KEY_ID", KEY),
            ("AWS_SECRET_ACCESS_KEY", SECRET),
        ]
    }

    /// Where the objects are; what is not one of them begins with a dot.
    pub fn folder(&self) -> PathBuf {
        self.folder.path().join(BUCKET)
    }

    /// Takes it away without a warning. What it keeps stays.
    pub fn kill9(&mut self) {
        if let Some((mut server, watchdog)) = self.running.take() {
            drop(watchdog);
            server.kill().expect("the server is there");
            server.wait().expect("the server ends");
        }
    }

    pub fn restart(&mut self) {
        self.kill9();
        let port = self.address.rsplit(':').next().expect("a port");
        let running = run(port, self.folder.path());
        self.running = Some(running.expect("it starts again on its port"));
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        self.kill9();
    }
}

/// `None` when the port is taken.
fn run(port: &str, folder: &Path) -> Option<(Child, Watchdog)> {
    let mut server = Command::new(program())
        .args(["--host", "127.0.0.1", "--port", port])
        .args(["--access-key", KEY, "--secret-key", SECRET])
        .arg(folder)
        .env("RUST_LOG", "off")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("s3s-fs runs");
    let watchdog = Watchdog::over(&server, &[]).expect("a shell");
    while server.try_wait().expect("a child can be asked").is_none() {
        if TcpStream::connect(format!("127.0.0.1:{port}")).is_ok() {
            return Some((server, watchdog));
        }
        thread::sleep(Duration::from_millis(5));
    }
    None
}

/// Where `cargo xtask test` installs it, or somewhere in the path.
fn program() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or(root.join("target"), PathBuf::from);
    let installed = target.join("tools/bin/s3s-fs");
    if installed.is_file() {
        return installed;
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let mut found = env::split_paths(&path).map(|folder| folder.join("s3s-fs"));
    found.find(|program| program.is_file()).expect(
        "s3s-fs is not here; cargo xtask test installs it, and so does: cargo install --locked \
         --root target/tools s3s-fs@0.14.1 --features binary",
    )
}
