//! The first start: makes the cluster and its database.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::NAME;
use crate::binaries::Binaries;
use crate::error::{ClusterError, Doing, Result};
use crate::home::Home;

/// Made beside its place and renamed when it is whole and on the disk, so that a start cut short
/// leaves nothing that a later one could take for a database.
pub(crate) fn create(home: &Home, binaries: &Binaries, durable: bool) -> Result<()> {
    let draft = home.folder.join("data.new");
    if draft.exists() {
        fs::remove_dir_all(&draft).doing("remove", &draft)?;
    }
    home.account.make_private_folder(&draft)?;

    let program = |name: &str| home.account.command(&binaries.folder.join(name));
    run(&mut initdb(program("initdb"), &draft, binaries.major), "")?;
    // `initdb` cannot make a further database, and this needs no server. Syncing follows, once for
    // all.
    let mut single = program("postgres");
    single
        .args(["--single", "-F", "-D"])
        .arg(&draft)
        .arg("postgres");
    run(&mut single, &format!("create database {NAME}\n"))?;
    if durable {
        run(
            program("initdb").arg("--sync-only").arg("-D").arg(&draft),
            "",
        )?;
    }

    let data = home.data();
    fs::rename(&draft, &data).doing("rename", &draft)?;
    let folder = File::open(&home.folder).doing("open", &home.folder)?;
    folder.sync_all().doing("sync", &home.folder)
}

fn initdb(mut command: Command, data: &Path, major: u32) -> Command {
    command
        .arg("-D")
        .arg(data)
        .args(["--username", NAME, "--encoding", "UTF8"]);
    command.args(["--data-checksums", "--no-sync", "--lc-messages=C"]);
    // A process that can enter the socket's folder is trusted. The cluster does not listen on the network.
    command.args(["--auth-local=trust", "--auth-host=reject"]);
    // One sort order on every machine: by code point.
    if major >= 17 {
        command.args(["--locale-provider=builtin", "--locale=C.UTF-8"]);
    } else if cfg!(target_os = "macos") {
        // It has no C.UTF-8; this sorts alike and knows the same letters.
        command.args(["--locale=C", "--lc-ctype=en_US.UTF-8"]);
    } else {
        command.arg("--locale=C.UTF-8");
    }
    command
}

/// Runs a command to its end with `input`; what it printed goes into the error.
fn run(command: &mut Command, input: &str) -> Result<()> {
    let program = Path::new(command.get_program()).to_path_buf();
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().doing("run", &program)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends without reading is judged by its exit status.
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output().doing("run", &program)?;
    let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    // The single-user server reports a failed statement and goes on.
    if output.status.success() && !text.contains("ERROR:") {
        return Ok(());
    }
    Err(ClusterError::Command {
        program: program.display().to_string(),
        output: text.trim().to_owned(),
    })
}
