use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use cluster::{Cluster, Lifetime, Options};
use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use tempfile::TempDir;

/// A data folder to be, in a place that PostgreSQL's user can enter.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        let mut builder = tempfile::Builder::new();
        builder
            .prefix("cluster-")
            .permissions(fs::Permissions::from_mode(0o755));
        Self(builder.tempdir_in("/tmp").expect("a temporary folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Waits for a condition that comes true by itself.
pub fn eventually(mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !condition() {
        assert!(
            Instant::now() < deadline,
            "it did not come true within 20 s"
        );
        thread::sleep(Duration::from_millis(5));
    }
}

fn pid(raw: i32) -> Pid {
    Pid::from_raw(raw).expect("a process id")
}

pub fn kill9(process: i32) {
    kill_process(pid(process), Signal::KILL).expect("the process is there");
}

/// Whether a process runs. One that ended counts as gone even when nobody has asked for its exit
/// status yet.
pub fn alive(process: i32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    test_kill_process(pid(process)).is_ok() && !status.contains(") Z ")
}

pub fn uid_of(process: i32) -> u32 {
    fs::metadata(format!("/proc/{process}"))
        .expect("the process is there")
        .uid()
}

pub fn psql(cluster: &Cluster) -> Command {
    let mut psql = Command::new(cluster.bin("psql").expect("psql beside postgres"));
    // libpq spells the socket's folder like sqlx, but has no other use for our URL's host.
    psql.args(["-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", "-h"]);
    psql.arg(cluster.socket_folder())
        .args(["-U", "haggle", "haggle"])
        .stdin(Stdio::null());
    psql
}

pub fn query(cluster: &Cluster, sql: &str) -> String {
    let output = psql(cluster).args(["-c", sql]).output().expect("psql runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{sql}: {errors}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

pub fn remember(cluster: &Cluster, word: &str) {
    query(
        cluster,
        &format!("create table kept as select '{word}' as word"),
    );
}

pub fn remembered(cluster: &Cluster) -> String {
    query(cluster, "select word from kept")
}

/// Another process with a running PostgreSQL.
pub struct Parent {
    process: Child,
    postgres: i32,
}

impl Parent {
    pub fn start(folder: &Path, lifetime: &str) -> Self {
        let mut process = Command::new(env::current_exe().expect("this program"))
            .args(["--exact", "users::parent_for_other_tests", "--nocapture"])
            .env("PARENT_FOLDER", folder)
            .env("PARENT_LIFETIME", lifetime)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program runs");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        let said = output.lines().map_while(Result::ok).find_map(|line| {
            let (_, postgres) = line.split_once("postgres is ")?;
            postgres.parse().ok()
        });
        Self {
            process,
            postgres: said.expect("the parent started PostgreSQL"),
        }
    }

    /// Returns the id of its PostgreSQL.
    pub fn kill9(mut self) -> i32 {
        self.process.kill().expect("the parent is there");
        self.process.wait().expect("the parent ends");
        self.postgres
    }
}

/// What [`Parent`] runs: starts a cluster and waits to be killed.
pub fn be_a_parent() {
    let (Some(folder), Ok(lifetime)) = (env::var_os("PARENT_FOLDER"), env::var("PARENT_LIFETIME"))
    else {
        return;
    };
    let mut options = Options::new(PathBuf::from(folder));
    options.lifetime = match &*lifetime {
        "adoptable" => Lifetime::Adoptable,
        "with-parent" => Lifetime::WithParent,
        _ => Lifetime::Temporary,
    };
    let cluster = Cluster::start(&options).expect("the parent's cluster starts");
    remember(&cluster, "from the parent");
    println!("postgres is {}", cluster.pid());
    std::io::stdout().flush().expect("somebody listens");
    // Ends by itself when the test is gone.
    let _ = std::io::stdin().lines().next();
}

/// A process of the user that owns the cluster, which has nothing to do with it.
pub struct Stranger(Child);

impl Stranger {
    pub fn start(folder: &Path) -> Self {
        let owner = fs::metadata(folder.join("postgres/data")).expect("a cluster");
        let mut command = Command::new("sleep");
        command.arg("600");
        if is_root() {
            command.uid(owner.uid()).gid(owner.gid());
        }
        Self(command.spawn().expect("sleep runs"))
    }

    pub fn take_the_place_of_postgresql(&self, folder: &Path) {
        for file in ["data/postmaster.pid", "socket/.s.PGSQL.5432.lock"] {
            let path = folder.join("postgres").join(file);
            let text = fs::read_to_string(&path).expect("a killed PostgreSQL leaves it");
            let (_, rest) = text.split_once('\n').expect("several lines");
            fs::write(&path, format!("{}\n{rest}", self.0.id())).expect("it can be changed");
        }
    }

    pub fn is_unharmed(&mut self) -> bool {
        self.0.try_wait().expect("its parent may ask").is_none()
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
