//! Who is asked for a session: the server that the URL names, or of several the one that writes.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
};
use std::time::Duration;

use sqlx::{
    ConnectOptions, Executor, PgConnection, Row,
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::{
    address::{Address, Server},
    session::{MARK, Session, Use, for_a_pooler, with_settings},
};
use crate::PgError;

const OLDEST_VERSION: u32 = 150_000;
/// One that takes longer to let us in is not there.
const CONNECT: Duration = Duration::from_secs(5);
/// The same when another one may be.
const CONNECT_TO_ONE_OF_SEVERAL: Duration = Duration::from_secs(2);
/// Sessions are not given up more often.
const CALM: Duration = Duration::from_secs(1);

/// What the probe of a new session asks.
const PROBE: &str = "\
select current_setting('server_version_num'), current_setting('server_version'), \
current_setting('server_encoding'), current_setting('transaction_read_only'), \
coalesce(current_setting('haggle.session', true), ''), \
case current_setting('synchronous_commit') when 'off' then set_config('synchronous_commit', 'on', false) end";
/// How often a server's past was forked by a promotion.
const TIMELINE: &str = "\
select case when pg_is_in_recovery() then '0' else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end";

pub(crate) struct Servers {
    address: Address,
    /// It is asked for what it has, and need not write.
    is_replica: bool,
    /// The one that let us in last.
    last: AtomicUsize,
    /// Whether a pooler is between, for each.
    pooled: Vec<AtomicBool>,
    /// Whether it was said that a connection is not encrypted, for each.
    plain: Vec<AtomicBool>,
    /// Sessions of an earlier reign are given up.
    reign: AtomicU64,
    state: Mutex<State>,
}

struct State {
    server: Option<usize>,
    /// The highest that was seen. A server with a lower one was left behind.
    timeline: u32,
    /// Cancelled when another server takes over.
    over: CancellationToken,
    doubted: Option<Instant>,
}

impl Servers {
    pub fn new(address: Address) -> Self {
        let none = || address.servers.iter().map(|_| AtomicBool::default());
        Self {
            pooled: none().collect(),
            plain: none().collect(),
            last: AtomicUsize::new(0),
            reign: AtomicU64::new(0),
            state: Mutex::new(State {
                server: None,
                timeline: 0,
                over: CancellationToken::new(),
                doubted: None,
            }),
            address,
            is_replica: false,
        }
    }

    pub fn of_a_replica(address: Address) -> Self {
        Self {
            is_replica: true,
            ..Self::new(address)
        }
    }

    pub fn reign(&self) -> u64 {
        self.reign.load(Ordering::SeqCst)
    }

    /// All sessions that there are may be of no use: they are given up when they are free, though not
    /// all the time.
    pub fn doubt(&self) {
        let mut state = self.state();
        if state.doubted.is_none_or(|last| last.elapsed() >= CALM) {
            state.doubted = Some(Instant::now());
            self.reign.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// Cancelled when another server takes over from the one that is asked now.
    pub fn over(&self) -> CancellationToken {
        self.state().over.clone()
    }

    /// Parameters of the URL that mean nothing to us.
    pub fn ignored(&self) -> &[String] {
        &self.address.ignored
    }

    /// A session at the server, or at the one of several that writes.
    pub async fn open(&self) -> Result<Session, PgError> {
        let count = self.address.servers.len();
        let limit = self.address.connect_timeout.unwrap_or(if count > 1 {
            CONNECT_TO_ONE_OF_SEVERAL
        } else {
            CONNECT
        });
        let first = self.last.load(Ordering::SeqCst);
        let mut failed: Vec<(usize, PgError)> = Vec::new();
        for at in (first..count).chain(0..first) {
            let opened = timeout(limit, self.open_at(at)).await;
            let opened = opened.unwrap_or_else(|_| Err(PgError::Unreachable(timed_out())));
            match opened.and_then(|(session, timeline)| self.admit(at, session, timeline)) {
                Ok(session) => return Ok(session),
                Err(error) => failed.push((at, error)),
            }
        }
        Err(self.together(failed))
    }

    /// One session more at this server. Those at another one end. A primary that was replaced and comes
    /// back does not know what was acknowledged since.
    fn admit(&self, at: usize, mut session: Session, timeline: u32) -> Result<Session, PgError> {
        let mut state = self.state();
        if timeline < state.timeline {
            return Err(PgError::LeftBehind);
        }
        state.timeline = timeline;
        self.last.store(at, Ordering::SeqCst);
        if state.server.replace(at).is_some_and(|before| before != at) {
            std::mem::take(&mut state.over).cancel();
            self.reign.fetch_add(1, Ordering::SeqCst);
            let server = &*self.address.servers[at].name;
            tracing::warn!(server, "another database server is used from now on");
        }
        session.reign = self.reign();
        Ok(session)
    }

    /// Also returns its timeline.
    async fn open_at(&self, at: usize) -> Result<(Session, u32), PgError> {
        let server = &self.address.servers[at];
        let (mut db, is_pooled) = self.connect(at, server).await?;
        let row = db.fetch_one(PROBE).await.map_err(PgError::Unreachable)?;
        let text = |at: usize| row.try_get::<String, _>(at).map_err(PgError::Unreachable);
        if text(0)?
            .parse()
            .is_ok_and(|version: u32| version < OLDEST_VERSION)
        {
            return Err(PgError::TooOld(text(1)?));
        }
        let (encoding, only_reads) = (text(2)?, text(3)? == "on");
        // A pooler that knows the word may have swallowed it.
        let is_pooled = is_pooled || text(4)? != MARK.1;
        self.pooled[at].store(is_pooled, Ordering::SeqCst);
        if encoding != "UTF8" {
            return Err(PgError::Encoding(encoding));
        }
        if only_reads && self.address.must_write {
            return Err(PgError::OnlyReads);
        }
        let timeline = if self.address.servers.len() > 1 {
            timeline(&mut db).await?
        } else {
            0
        };
        let session = Session {
            db,
            reign: 0,
            is_pooled,
            only_reads,
            is_misplaced: only_reads && !self.is_replica,
            set_for: Use::Others,
            opened: Instant::now(),
            used: Instant::now(),
            place: None,
        };
        Ok((session, timeline))
    }

    /// Returns whether a pooler is between.
    async fn connect(&self, at: usize, server: &Server) -> Result<(PgConnection, bool), PgError> {
        let pooled = for_a_pooler(server.options.clone());
        if self.pooled[at].load(Ordering::SeqCst) {
            return Ok((self.encrypted_or_not(at, server, &pooled).await?, true));
        }
        let direct = with_settings(server.options.clone());
        match self.encrypted_or_not(at, server, &direct).await {
            Ok(db) => Ok((db, false)),
            Err(error) if refuses_settings(&error) => {
                let db = self.encrypted_or_not(at, server, &pooled).await?;
                Ok((db, true))
            }
            Err(error) => Err(error),
        }
    }

    /// As `sslmode` says, and as libpq understands it: `prefer` and `allow` have a second try.
    async fn encrypted_or_not(
        &self,
        at: usize,
        server: &Server,
        options: &PgConnectOptions,
    ) -> Result<PgConnection, PgError> {
        let with = |mode| {
            let options = options.clone().ssl_mode(mode);
            async move { options.connect().await }
        };
        match server.ssl_mode {
            PgSslMode::Prefer => match with(PgSslMode::Prefer).await {
                Ok(db) => Ok(db),
                Err(error @ (sqlx::Error::Tls(_) | sqlx::Error::Io(_))) => {
                    let plain = with(PgSslMode::Disable).await;
                    if plain.is_ok() && !self.plain[at].swap(true, Ordering::SeqCst) {
                        let server = &*server.name;
                        tracing::warn!(server, %error, "the connection to the database is not encrypted");
                    }
                    plain.map_err(|plain| both(&error, plain))
                }
                Err(error) => Err(PgError::Unreachable(error)),
            },
            PgSslMode::Allow => match with(PgSslMode::Disable).await {
                Err(error) if code(&error).as_deref() == Some("28000") => {
                    with(PgSslMode::Require).await.map_err(tls)
                }
                done => done.map_err(PgError::Unreachable),
            },
            mode => with(mode).await.map_err(tls),
        }
    }

    /// One error of one server or several.
    fn together(&self, mut failed: Vec<(usize, PgError)>) -> PgError {
        if failed.len() == 1 {
            return failed.remove(0).1;
        }
        let mut said = Vec::new();
        let mut is_full = None;
        let mut may_pass = false;
        for (at, error) in failed {
            said.push(format!("{}: {error}", self.address.servers[at].name));
            may_pass |= error.may_pass();
            if error.is_full() {
                is_full = Some(error);
            }
        }
        is_full.unwrap_or(PgError::NoServer {
            said: said.join("; "),
            may_pass,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing under this lock panics half-way.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a pooler was found between us and the server that is used.
    pub fn is_pooled(&self) -> bool {
        self.pooled[self.last.load(Ordering::SeqCst)].load(Ordering::SeqCst)
    }
}

/// 0 where there is none: what is no PostgreSQL of the ordinary kind need not have one.
async fn timeline(db: &mut PgConnection) -> Result<u32, PgError> {
    let row = match db.fetch_one(TIMELINE).await {
        Ok(row) => row,
        Err(sqlx::Error::Database(_)) => return Ok(0),
        Err(error) => return Err(PgError::Unreachable(error)),
    };
    let text: String = row.try_get(0).map_err(PgError::Unreachable)?;
    Ok(u32::from_str_radix(&text, 16).unwrap_or(0))
}

/// What a pooler says to a start with settings. It may also know them by another name, or not at all.
fn refuses_settings(error: &PgError) -> bool {
    let PgError::Unreachable(error) = error else {
        return false;
    };
    matches!(code(error).as_deref(), Some("08P01" | "0A000" | "42704"))
}

fn code(error: &sqlx::Error) -> Option<String> {
    let code = error.as_database_error()?.code()?;
    Some(code.into_owned())
}

/// Why neither worked.
fn both(encrypted: &sqlx::Error, plain: sqlx::Error) -> PgError {
    // Else encryption was not the reason.
    if is_about_encryption(encrypted) && !matches!(plain, sqlx::Error::Io(_)) {
        return PgError::Tls(format!("{encrypted}; without encryption: {plain}"));
    }
    PgError::Unreachable(plain)
}

fn tls(error: sqlx::Error) -> PgError {
    if is_about_encryption(&error) {
        return PgError::Tls(error.to_string());
    }
    PgError::Unreachable(error)
}

/// What rustls does not understand is data that is not valid.
fn is_about_encryption(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Tls(_) => true,
        sqlx::Error::Io(error) => error.kind() == std::io::ErrorKind::InvalidData,
        _ => false,
    }
}

pub(super) fn timed_out() -> sqlx::Error {
    std::io::Error::from(std::io::ErrorKind::TimedOut).into()
}

/// Tells what was ignored of the URL.
pub(crate) fn warn_of_ignored(servers: &Servers) {
    for name in servers.ignored() {
        tracing::warn!("DATABASE_URL has the parameter {name}, which means nothing to Haggle");
    }
}
