use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::eventually;

const PROGRAM: &str = include_str!("smtp_sink.py");

/// A mail server that others wrote (`aiosmtpd`), and that keeps what it gets. It refuses recipients
/// that begin with `gone` for good and with `busy` for now; to one that begins with `silent` it never
/// says that it has taken a mail. Once it hangs before a mail to one that begins with `hesitant`, and after the
/// first line of a mail to one that begins with `deaf`.
#[derive(Debug)]
pub struct SmtpSink {
    port: u16,
    folder: TempDir,
    // Ends when its standard input does, so also when the test is killed.
    program: Child,
}

/// A mail as it arrived.
#[derive(Debug, Clone)]
pub struct KeptMail {
    pub bytes: Vec<u8>,
    /// Of its envelope.
    pub from: String,
    pub to: String,
}

impl SmtpSink {
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut program = Command::new("python3")
            .args(["-c", PROGRAM])
            .arg(folder.path())
            .env("PYTHONPATH", python_packages())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3");
        let output = program.stdout.take().expect("its standard output");
        let mut line = String::new();
        BufReader::new(output)
            .read_line(&mut line)
            .expect("its port");
        let port = line.trim().parse();
        Self {
            port: port.expect("aiosmtpd is there: cargo xtask test installs it"),
            folder,
            program,
        }
    }

    /// What to give a server as `HAGGLE_SMTP_URL`.
    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// All that has arrived, in order.
    pub fn mails(&self) -> Vec<KeptMail> {
        let mut notes: Vec<PathBuf> = fs::read_dir(self.folder.path())
            .expect("the folder of the sink")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            .collect();
        notes.sort();
        notes.iter().map(|note| kept(note)).collect()
    }

    /// Waits until it answers somebody no more.
    pub async fn wait_for_a_hang(&self) {
        let hangs = self.folder.path().join("hangs");
        eventually("it hangs", async || hangs.exists()).await;
    }

    /// Waits until so many have arrived.
    pub async fn wait_for(&self, count: usize) -> Vec<KeptMail> {
        let what = format!("{count} mails");
        eventually(&what, async || self.mails().len() >= count).await;
        self.mails()
    }
}

fn kept(note: &Path) -> KeptMail {
    let text = fs::read_to_string(note).expect("a note");
    let envelope: Value = serde_json::from_str(&text).expect("a note is JSON");
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    KeptMail {
        bytes: fs::read(note.with_extension("eml")).expect("a mail"),
        from: word(&envelope["from"]),
        to: word(&envelope["to"][0]),
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        _ = self.program.kill();
        _ = self.program.wait();
    }
}

/// Where `cargo xtask test` puts them, beside those that the machine has.
/// Where `cargo xtask test` puts what tests need of Python.
pub fn python_packages() -> PathBuf {
    let target = match env::var_os("CARGO_TARGET_DIR") {
        Some(target) => PathBuf::from(target),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"),
    };
    target.join("tools/python")
}
