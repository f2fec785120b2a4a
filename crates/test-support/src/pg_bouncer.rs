use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use cluster::Watchdog;
use tempfile::TempDir;

use crate::private_cluster::PrivateCluster;
use crate::random::{open_folder, steady_address};
use crate::wait::blocking;

/// A `PgBouncer` before a PostgreSQL.
#[derive(Debug)]
pub struct PgBouncer {
    running: Option<(Child, Watchdog)>,
    address: SocketAddr,
    folder: TempDir,
    /// Who may enter the folder of PostgreSQL's socket.
    owner: (u32, u32),
}

impl PgBouncer {
    /// In transaction mode with so many connections to PostgreSQL, and nothing else that is not its
    /// default.
    pub fn before(cluster: &PrivateCluster, connections: u32) -> Self {
        Self::in_mode("transaction", cluster, connections)
    }

    /// The same in session mode: a client has its connection until it goes.
    pub fn by_session(cluster: &PrivateCluster, connections: u32) -> Self {
        Self::in_mode("session", cluster, connections)
    }

    fn in_mode(mode: &str, cluster: &PrivateCluster, connections: u32) -> Self {
        let folder = open_folder();
        let address = steady_address();
        let socket = cluster.socket();
        let socket = socket.parent().expect("a folder");
        let owner = fs::metadata(socket).expect("the folder of the socket");
        let owner = (owner.uid(), owner.gid());
        let socket = socket.display();
        let users = folder.path().join("users.txt");
        fs::write(&users, "\"haggle\" \"\"\n").expect("a file");
        let settings = format!(
            "[databases]\n* = host={socket} port=5432\n[pgbouncer]\nlisten_addr = {}\n\
             listen_port = {}\nunix_socket_dir =\nauth_type = trust\nauth_file = {}\n\
             pool_mode = {mode}\ndefault_pool_size = {connections}\n",
            address.ip(),
            address.port(),
            users.display(),
        );
        fs::write(folder.path().join("pgbouncer.ini"), settings).expect("a file");
        let mut bouncer = Self {
            running: None,
            address,
            folder,
            owner,
        };
        bouncer.start();
        bouncer
    }

    /// What to give a server as `DATABASE_URL`.
    pub fn url(&self) -> String {
        format!("postgres://haggle@{}/haggle", self.address)
    }

    /// Takes it away with every connection, and brings it back.
    pub fn restart(&mut self) {
        self.stop();
        self.start();
    }

    fn stop(&mut self) {
        if let Some((mut bouncer, watchdog)) = self.running.take() {
            drop(watchdog);
            bouncer.kill().expect("PgBouncer is there");
            bouncer.wait().expect("PgBouncer ends");
        }
    }

    fn start(&mut self) {
        // Not in everybody's PATH.
        let found = Path::new("/usr/sbin/pgbouncer");
        let mut command = Command::new(if found.exists() {
            found
        } else {
            Path::new("pgbouncer")
        });
        command.arg("--quiet");
        if rustix::process::geteuid().is_root() {
            // It refuses to run as root.
            command.uid(self.owner.0).gid(self.owner.1);
        }
        let bouncer = command
            .arg(self.folder.path().join("pgbouncer.ini"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pgbouncer is installed");
        let watchdog = Watchdog::over(&bouncer, &[]).expect("a shell");
        self.running = Some((bouncer, watchdog));
        blocking("PgBouncer listens", || {
            TcpStream::connect(self.address).is_ok()
        });
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        self.stop();
    }
}
