use std::fs;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use cluster::Watchdog;
use tempfile::TempDir;

/// What every scanner knows, and what harms nobody.
pub const EICAR: &[u8] = br"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

/// `ClamAV`'s own scanner, which knows one signature: that of [`EICAR`].
#[derive(Debug)]
pub struct Clamd {
    folder: TempDir,
    running: Option<(Child, Watchdog)>,
}

impl Clamd {
    /// Takes files of so many megabytes.
    pub fn start(megabytes: u32) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().display();
        let configuration = format!(
            "LocalSocket {path}/clamd.ctl\nDatabaseDirectory {path}\nForeground yes\n\
             StreamMaxLength {megabytes}M\nSelfCheck 0\n"
        );
        fs::write(folder.path().join("clamd.conf"), configuration).expect("a configuration");
        let signature = "44d88612fea8a8f36de82e1278abb02f:68:Haggle.Test.EICAR\n";
        fs::write(folder.path().join("test.hdb"), signature).expect("a signature");
        let mut clamd = Self {
            folder,
            running: None,
        };
        clamd.restart();
        clamd
    }

    /// What to give a server as `HAGGLE_CLAMD`. The same over kills and restarts.
    pub fn url(&self) -> String {
        format!("unix://{}", self.socket().display())
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("clamd.ctl")
    }

    pub fn kill9(&mut self) {
        if let Some((mut clamd, watchdog)) = self.running.take() {
            drop(watchdog);
            clamd.kill().expect("clamd is there");
            clamd.wait().expect("clamd ends");
        }
    }

    pub fn restart(&mut self) {
        self.kill9();
        let _ = fs::remove_file(self.socket());
        let mut clamd = Command::new(program())
            .arg("--config-file")
            .arg(self.folder.path().join("clamd.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("clamd runs");
        let watchdog = Watchdog::over(&clamd, &[]).expect("a shell");
        while UnixStream::connect(self.socket()).is_err() {
            let ended = clamd.try_wait().expect("a child can be asked");
            assert!(ended.is_none(), "clamd ends at once: {ended:?}");
            thread::sleep(Duration::from_millis(5));
        }
        self.running = Some((clamd, watchdog));
    }
}

impl Drop for Clamd {
    fn drop(&mut self) {
        self.kill9();
    }
}

/// Not in everybody's path.
fn program() -> &'static str {
    let places = ["/usr/sbin/clamd", "/usr/local/sbin/clamd", "/usr/bin/clamd"];
    let found = places.into_iter().find(|path| Path::new(path).is_file());
    found.unwrap_or("clamd")
}
