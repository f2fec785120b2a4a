use std::path::PathBuf;
use std::{fs, thread, time::Duration};

use cluster::{Cluster, Lifetime, Options};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::random::open_folder;

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
        let folder = open_folder();
        let options = Options {
            lifetime: Lifetime::WithParent,
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
