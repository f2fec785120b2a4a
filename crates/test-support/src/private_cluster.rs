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

    /// Takes PostgreSQL away without a warning. Acknowledged commits survive.
    pub fn kill9(&mut self) {
        let cluster = self.cluster.as_mut().expect("a running PostgreSQL");
        let pid = Pid::from_raw(cluster.pid()).expect("a process id");
        kill_process(pid, Signal::KILL).expect("PostgreSQL is there");
    }

    /// Ends PostgreSQL in an orderly way, cutting off its clients.
    pub fn stop(&mut self) {
        self.cluster = None;
    }

    /// After [`Self::kill9`] or [`Self::stop`].
    pub fn start_again(&mut self) {
        self.stop();
        self.cluster = Some(Cluster::start(&self.options).expect("PostgreSQL starts again"));
    }
}
