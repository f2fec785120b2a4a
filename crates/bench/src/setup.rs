//! Where everything happens: a temporary folder with a durable PostgreSQL, the data set in it, and
//! servers on it.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cluster::{Cluster, Lifetime, Options};
use tempfile::TempDir;
use test_support::RedisServer;

use crate::data;
use crate::requests::SECRET;
use crate::result::Result;
use crate::server::Server;

/// The database with the schema of the customer's design.
const DESIGN: &str = "design";
/// The database with an old chat.
const OLD_CHAT: &str = "old_chat";

#[derive(Debug)]
pub struct Setup {
    cluster: Cluster,
    haggle: PathBuf,
    has_data: bool,
    has_design: bool,
    folder: TempDir,
}

impl Setup {
    /// `haggle` is the server's program.
    pub fn open(haggle: &Path) -> Result<Self> {
        let mut builder = tempfile::Builder::new();
        // PostgreSQL's own user must be able to enter.
        builder.permissions(fs::Permissions::from_mode(0o755));
        let folder = builder.prefix("haggle-bench-").tempdir()?;
        // What such a cluster is by default: fsync and synchronous_commit are on.
        let options = Options {
            lifetime: Lifetime::Temporary,
            ..Options::new(folder.path().join("cluster"))
        };
        Ok(Self {
            cluster: Cluster::start(&options)?,
            haggle: haggle.canonicalize()?,
            has_data: false,
            has_design: false,
            folder,
        })
    }

    /// `PostgreSQL 15.18`
    pub fn database_version(&self) -> String {
        format!("PostgreSQL {}", self.cluster.version())
    }

    /// A file or folder of the setup.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The server on the data set, without rate limits.
    pub fn serve(&mut self) -> Result<Server> {
        self.fill()?;
        self.serve_on(&self.cluster.url(cluster::NAME))
    }

    /// One of several servers on the data set, which speak through this Redis.
    pub fn join(&mut self, redis: &RedisServer) -> Result<Server> {
        self.fill()?;
        let mut command = self.haggle("serve");
        command.env("REDIS_URL", redis.url());
        self.run_on(&self.cluster.url(cluster::NAME), command)
    }

    fn serve_on(&self, database: &str) -> Result<Server> {
        self.run_on(database, self.haggle("serve"))
    }

    fn run_on(&self, database: &str, mut command: Command) -> Result<Server> {
        command.env("DATABASE_URL", database);
        command.env("HAGGLE_DATA_DIR", self.path("data"));
        Server::start(&mut command, &self.path("haggle.log"))
    }

    /// A command of the server's program, with settings but without a database.
    pub fn haggle(&self, command: &str) -> Command {
        let mut haggle = Command::new(&self.haggle);
        haggle.arg(command);
        haggle.envs([
            ("HAGGLE_LISTEN", "127.0.0.1:0"),
            ("HAGGLE_JWT_SECRET", SECRET),
            ("HAGGLE_MESSAGES_PER_MINUTE", "0"),
            ("HAGGLE_CONVERSATIONS_PER_HOUR", "0"),
            ("HAGGLE_SOCKETS_PER_USER", "0"),
        ]);
        haggle
    }

    /// The server to compare with.
    pub fn baseline(&self, arguments: &[&OsStr]) -> Result<Server> {
        let mut command = Command::new(env::current_exe()?);
        command.arg("baseline").args(arguments);
        Server::start(&mut command, &self.path("bare.log"))
    }

    /// Runs SQL on the data set; rows are lines.
    pub fn sql(&self, sql: &str) -> Result<String> {
        self.psql(cluster::NAME, sql)
    }

    /// The address of another database, with nothing in it.
    pub fn empty(&self, name: &str) -> Result<String> {
        self.psql("postgres", &format!("create database {name}"))?;
        Ok(self.cluster.url(name))
    }

    /// The same as [`Self::sql`] on such a one.
    pub fn sql_on(&self, database: &str, sql: &str) -> Result<String> {
        self.psql(database, sql)
    }

    /// The address of the database with the customer's schema.
    pub fn design(&mut self) -> Result<String> {
        if !self.has_design {
            println!(
                "loading {} messages into the design's schema",
                data::MESSAGES
            );
            self.psql("postgres", &format!("create database {DESIGN}"))?;
            self.psql(DESIGN, include_str!("../sql/design.sql"))?;
            self.psql(DESIGN, data::USERS_SQL)?;
            self.psql(DESIGN, include_str!("../sql/design_data.sql"))?;
            self.has_design = true;
        }
        Ok(self.cluster.url(DESIGN))
    }

    /// The address of a marketplace with an old chat.
    pub fn old_chat(&mut self, messages: u32, conversations: u32) -> Result<String> {
        self.psql("postgres", &format!("create database {OLD_CHAT}"))?;
        let fill = include_str!("../sql/old_chat.sql");
        let counts = format!("\\set messages {messages}\n\\set conversations {conversations}\n");
        self.psql(OLD_CHAT, &(counts + fill))?;
        Ok(self.cluster.url(OLD_CHAT))
    }

    /// Runs SQL beside the old chat; rows are lines.
    pub fn old_chat_says(&self, sql: &str) -> Result<String> {
        self.psql(OLD_CHAT, sql)
    }

    /// psql with these statements beside the old chat, kept in a file of this name.
    pub fn on_old_chat(&self, sql: &str, name: &str) -> Result<Command> {
        let file = self.path(name);
        fs::write(&file, sql)?;
        self.psql_with(OLD_CHAT, &file)
    }

    /// PostgreSQL's main process.
    pub fn database_pid(&self) -> Result<u32> {
        Ok(u32::try_from(self.cluster.pid())?)
    }

    pub fn pgbench(&self) -> Result<PathBuf> {
        let found = self.cluster.bin("pgbench");
        found.ok_or_else(|| "pgbench is missing; install PostgreSQL's extra programs".into())
    }

    /// The server makes its schema itself.
    fn fill(&mut self) -> Result {
        if !self.has_data {
            println!("loading {} messages", data::MESSAGES);
            self.serve_on(&self.cluster.url(cluster::NAME))?.stop()?;
            self.sql(data::USERS_SQL)?;
            self.sql(data::CONVERSATIONS_SQL)?;
            self.has_data = true;
        }
        Ok(())
    }

    /// psql with the statements of a file, on the data set.
    pub fn psql_on_data(&self, file: &Path) -> Result<Command> {
        self.psql_with(cluster::NAME, file)
    }

    fn psql(&self, database: &str, sql: &str) -> Result<String> {
        let file = self.path("statements.sql");
        fs::write(&file, sql)?;
        let output = self.psql_with(database, &file)?.output()?;
        if !output.status.success() {
            return Err("a statement of the benchmark failed".into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    fn psql_with(&self, database: &str, file: &Path) -> Result<Command> {
        let directory = if database == DESIGN {
            "public"
        } else {
            "haggle"
        };
        let psql = self.cluster.bin("psql");
        let mut psql =
            Command::new(psql.ok_or("psql is missing; install PostgreSQL's client programs")?);
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-v"])
            .arg(format!("text={}", data::TEXT))
            .arg("-v")
            .arg(format!("directory={directory}"))
            .arg("-f")
            .arg(file)
            .arg(self.cluster.url(database))
            .stdin(Stdio::null())
            .stderr(Stdio::inherit());
        Ok(psql)
    }
}
