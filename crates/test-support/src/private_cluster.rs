use std::fs::Permissions;
use std::net::IpAddr;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, thread, time::Duration};

use cluster::{Cluster, Lifetime, Options};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::random::{loopback, open_folder};

/// A PostgreSQL of the test's own, for tests that take it away from the server. Its address stays
/// the same over stops and kills.
///
/// The calls block for the time a start or stop takes, a second at most.
#[derive(Debug)]
pub struct PrivateCluster {
    cluster: Option<Cluster>,
    options: Options,
    url: String,
    // After the cluster, so that it is removed when that has ended.
    _folder: TempDir,
}

impl PrivateCluster {
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// With settings of the test's own.
    pub fn with(settings: &[(&str, &str)]) -> Self {
        Self::in_folder(open_folder(), settings)
    }

    /// One that listens on an address of its own as well, by the rules of `pg_hba.conf` for TCP that are
    /// given. Returns that address.
    pub fn on_network(rules: &str, settings: &[(&str, &str)]) -> (Self, IpAddr) {
        let folder = open_folder();
        let address = loopback();
        let listen = address.to_string();
        let rules_file = folder.path().join("rules.conf");
        let local = "local all all trust\nlocal replication all trust\n";
        fs::write(&rules_file, format!("{local}{rules}\n")).expect("a file of rules");
        let rules_file = rules_file.to_str().expect("a path in UTF-8").to_owned();
        let own = [("listen_addresses", &*listen), ("hba_file", &*rules_file)];
        let settings: Vec<_> = own.iter().chain(settings).copied().collect();
        (Self::in_folder(folder, &settings), address)
    }

    fn in_folder(folder: TempDir, settings: &[(&str, &str)]) -> Self {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let options = Options {
            lifetime: Lifetime::WithParent,
            settings: settings.iter().map(owned).collect(),
            ..Options::temporary(folder.path())
        };
        let cluster = Cluster::start(&options).expect("PostgreSQL starts");
        Self {
            url: cluster.url(cluster::NAME),
            cluster: Some(cluster),
            options,
            _folder: folder,
        }
    }

    /// A replica of it, as PostgreSQL's own tools make one: it streams, may be read, and stays one until
    /// it is promoted. It listens on an address of its own, which is returned.
    pub fn replica(&self) -> (Self, IpAddr) {
        let (folder, address) = (open_folder(), loopback());
        let cluster = self.cluster.as_ref().expect("a running PostgreSQL");
        let owner = fs::metadata(self.data()).expect("the folder of the primary");
        let data = folder.path().join("postgres/data");
        fs::create_dir_all(&data).expect("a folder");
        fs::set_permissions(&data, Permissions::from_mode(0o700)).expect("a private folder");
        let is_root = rustix::process::geteuid().is_root();
        let backup = cluster.bin("pg_basebackup").expect("pg_basebackup");
        let mut backup = Command::new(backup);
        if is_root {
            chown(&data, Some(owner.uid()), Some(owner.gid())).expect("it is handed over");
            backup.uid(owner.uid()).gid(owner.gid());
        }
        let made = backup
            .current_dir("/")
            .args(["--host", &cluster.socket_folder().to_string_lossy()])
            .args(["--port", "5432", "--username", cluster::NAME])
            .args(["--checkpoint", "fast", "--write-recovery-conf", "--pgdata"])
            .arg(&data)
            .output()
            .expect("pg_basebackup runs");
        let said = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "{said}");
        let kept = self.options.settings.iter();
        let kept = kept.map(|(name, value)| match &**name {
            "listen_addresses" => (&**name, address.to_string()),
            _ => (&**name, value.clone()),
        });
        let settings: Vec<_> = kept.collect();
        let settings: Vec<_> = settings.iter().map(|(n, value)| (*n, &**value)).collect();
        (Self::in_folder(folder, &settings), address)
    }

    /// Gives a folder to the user that PostgreSQL runs as.
    pub fn give(&self, folder: &Path) {
        let owner = fs::metadata(self.data()).expect("the folder of the data");
        if rustix::process::geteuid().is_root() {
            chown(folder, Some(owner.uid()), Some(owner.gid())).expect("it is handed over");
        }
    }

    fn data(&self) -> PathBuf {
        self.options.data_dir.join("postgres/data")
    }

    /// What to give a server as `DATABASE_URL`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it listens. The same over stops and kills.
    pub fn socket(&self) -> PathBuf {
        let (_, rest) = self.url.split_once("@localhost:").expect("a port");
        let (port, _) = rest.split_once('/').expect("a database");
        let (_, folder) = rest.split_once("host=").expect("a folder");
        let (folder, _) = folder.split_once('&').unwrap_or((folder, ""));
        PathBuf::from(folder).join(format!(".s.PGSQL.{port}"))
    }

    /// Takes PostgreSQL away without a warning, and waits until all its processes have noticed.
    /// Acknowledged commits survive.
    pub fn kill9(&mut self) {
        let children = self.children();
        kill_process(self.pid(), Signal::KILL).expect("PostgreSQL is there");
        while children.iter().any(|child| runs(*child)) {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Its immediate shutdown: every process of it ends where it stands. Waits until it has.
    pub fn stop_immediately(&mut self) {
        kill_process(self.pid(), Signal::QUIT).expect("PostgreSQL is there");
        let cluster = self.cluster.as_mut().expect("a running PostgreSQL");
        while cluster.is_running() {
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Stops it where it stands, every process of it.
    pub fn freeze(&self) {
        self.signal_all(Signal::STOP);
    }

    /// After [`Self::freeze`].
    pub fn go_on(&self) {
        self.signal_all(Signal::CONT);
    }

    fn signal_all(&self, signal: Signal) {
        let _ = kill_process(self.pid(), signal);
        for child in self.children() {
            // It may just have ended.
            let _ = kill_process(child, signal);
        }
    }

    fn children(&self) -> Vec<Pid> {
        let main = self.pid().as_raw_nonzero();
        let children = fs::read_to_string(format!("/proc/{main}/task/{main}/children"));
        let children = children.unwrap_or_default();
        let pids = children
            .split_whitespace()
            .filter_map(|pid| pid.parse().ok());
        pids.filter_map(Pid::from_raw).collect()
    }

    fn pid(&self) -> Pid {
        let cluster = self.cluster.as_ref().expect("a running PostgreSQL");
        Pid::from_raw(cluster.pid()).expect("a process id")
    }

    /// Ends PostgreSQL in an orderly way, cutting off its clients.
    pub fn stop(&mut self) {
        self.cluster = None;
    }

    /// After [`Self::kill9`], [`Self::stop`] or [`Self::stop_immediately`].
    pub fn start_again(&mut self) {
        self.stop();
        self.cluster = Some(Cluster::start(&self.options).expect("PostgreSQL starts again"));
    }
}

/// Who has ended and whom nobody has buried does not run.
fn runs(process: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.as_raw_nonzero()));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}
