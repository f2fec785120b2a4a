//! A server from its start to its end: database, schema, storage, tasks, listener; then
//! the other way round.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use chat::timestamp::Clock;
use chat_postgres::{PgError, PgStorage, PgWriter, SessionTable, TakeOver};
use redis_link::KeyReader;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    time::{sleep, timeout},
};

use crate::{
    app::App,
    assembly,
    attachments::{Attachments, OpenFiles},
    auth::Auth,
    clock::SystemClock,
    database::{Database, DatabaseError},
    demo::{self, DemoError},
    listener::{self, Connections, Door, Limits},
    logging::{self, Budget},
    metrics,
    object_store::protect,
    old_chat,
    reach::{Reach, keep_inbox_key},
    rlimit::raise_open_files,
    router::{self, router},
    sessions::{RedisStore, Sessions, Store, TableStore},
    settings::{Secret, SessionPlace, Settings},
    startup_wait::{RETRY, Waiting},
    stdout::say,
};

/// The drain must be over within 10 s, and ending the private database may take four of them.
const DRAIN: Duration = Duration::from_secs(4);
/// For the refusals of what could not be finished.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// Whatever is still being written then is not waited for.
const CLOSE: Duration = Duration::from_secs(1);

/// Open files beside connections, stored files and the database: outputs, listeners, Redis, pipes.
const OTHER_FILES: usize = 64;
/// Connections of those who collect the figures.
const METRICS_CONNECTIONS: usize = 32;

#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error(transparent)]
    Database(#[from] DatabaseError),
    #[error(transparent)]
    Storage(#[from] PgError),
    #[error("cannot listen on {address}: {source}")]
    Listen {
        address: SocketAddr,
        source: io::Error,
    },
    #[error("HAGGLE_METRICS_LISTEN: cannot listen on {address}: {source}")]
    ListenForMetrics {
        address: SocketAddr,
        source: io::Error,
    },
    #[error("HAGGLE_JWT_JWKS {0}")]
    Keys(String),
    #[error("HAGGLE_OBJECT_STORE {0}")]
    Store(String),
    #[error("signals cannot be received: {0}")]
    Signals(io::Error),
    #[error(transparent)]
    Demo(#[from] DemoError),
}

/// What the process is asked from outside.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    /// `None`: whoever started the server wants it to outlive the terminal.
    hangup: Option<Signal>,
}

impl Signals {
    fn install() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: if ignores_hangup() {
                None
            } else {
                Some(signal(SignalKind::hangup())?)
            },
        })
    }

    /// Some supervisors send SIGHUP right behind SIGTERM, and mean nothing more by it.
    async fn again(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    async fn stop(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            // The terminal is gone, or a supervisor wants the server to start again.
            () = hung_up(&mut self.hangup) => {}
        }
    }
}

async fn hung_up(hangup: &mut Option<Signal>) {
    match hangup {
        Some(hangup) => _ = hangup.recv().await,
        None => std::future::pending().await,
    }
}

/// As `nohup` starts a process. Our own handler would undo that.
fn ignores_hangup() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & 1 != 0)
}

/// Runs a server until it is asked to end. The demo has demo data and demo login.
pub async fn serve(settings: Settings, log: Budget, is_demo: bool) -> Result<(), ServeError> {
    let mut signals = Signals::install().map_err(ServeError::Signals)?;
    let files = raise_open_files();
    metrics::install();
    protect_data(&settings);
    let stored = OpenFiles::of(files);
    let door = door(&settings, files, stored);
    let database = Database::open(&settings).await?;
    let limits = (door, stored, log);
    let served = serve_on(&database, settings, limits, is_demo, &mut signals).await;
    database.close().await;
    served
}

/// For `haggle mail-in`, where people answer by mail.
fn inbox_key(settings: &Settings) -> Option<Secret> {
    settings.reach.mail.as_ref()?.reply.as_ref()?;
    let kept = keep_inbox_key(&settings.data_dir);
    let warn = |error: &io::Error| {
        tracing::warn!(%error, "haggle mail-in finds no key in the data folder");
    };
    kept.inspect_err(warn).ok()
}

/// What people sent is nobody else's on this machine. A private PostgreSQL of root runs as
/// another user, who has to reach its folder.
fn protect_data(settings: &Settings) {
    let is_entered = settings.database_url.is_none() && rustix::process::geteuid().is_root();
    if let Err(error) = protect(&settings.data_dir, is_entered) {
        tracing::warn!(%error, "the data folder could not be closed to others");
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "a server from its start to its end, in one straight line"
)]
async fn serve_on(
    database: &Database,
    mut settings: Settings,
    (door, stored, log): (Door, OpenFiles, Budget),
    is_demo: bool,
    signals: &mut Signals,
) -> Result<(), ServeError> {
    let address = settings.listen;
    let cannot_listen = |source| ServeError::Listen { address, source };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let mut waiting = Waiting::new();
    let Opened { storage, sessions } = loop {
        let error = match open(database, &settings, &clock).await {
            Ok(opened) => break opened,
            Err(error) => error,
        };
        if !waiting.is_worth_it(&error) {
            return Err(error.into());
        }
        let answers = waiting.answer(address, &door, &clock);
        let answers = answers.map_err(cannot_listen)?;
        if let Some(address) = answers {
            say(&format!("haggle listening on http://{address}"));
        }
        tokio::select! {
            () = signals.stop() => {
                waiting.end().await;
                return Ok(());
            }
            () = sleep(RETRY) => {}
        }
    };
    let listener = waiting.end().await;
    if is_demo {
        demo::fill(&storage, &clock).await?;
        if settings.jwt_secret.is_none() {
            settings.jwt_secret = Some(demo::keep_secret(&settings.data_dir)?);
        }
    }
    let keys = (settings.jwt_secret.as_ref(), settings.jwt_jwks.as_deref());
    let auth = Auth::new(keys.0, keys.1, clock.clone()).map_err(ServeError::Keys)?;
    let auth = auth.with_user_in(settings.token_user.clone());
    warn(&settings);

    let has_said = listener.is_some();
    let listener = match listener {
        Some(listener) => listener,
        None => listener::bind(address).map_err(cannot_listen)?,
    };
    let address = listener.local_addr().unwrap_or(address);
    let metrics_listener = settings.metrics_listen.map(|address| {
        let cannot_listen = |source| ServeError::ListenForMetrics { address, source };
        listener::bind(address).map_err(cannot_listen)
    });
    let metrics_listener = metrics_listener.transpose()?;
    let key = storage.link_key().await?;
    let attachments = Attachments::new(&settings, &key, clock.clone());
    let attachments = attachments.map_err(ServeError::Store)?;
    let attachments = attachments.with_open_files(stored);
    let inbox_key = inbox_key(&settings);
    let reach = Reach::new(
        settings.reach.clone(),
        &storage.mail_key().await?,
        inbox_key,
    );
    let (app, writer) = assembly::start(
        settings,
        auth,
        sessions,
        attachments,
        reach,
        &storage,
        clock,
    );
    app.tasks.spawn(metrics::sample(
        storage.clone(),
        writer.clone(),
        app.draining.clone(),
    ));
    let old_chat = TakeOver::new(writer.clone());
    app.tasks
        .spawn(old_chat::take_over(old_chat, app.draining.clone()));
    let (samples, draining) = (app.samples.clone(), app.draining.clone());
    app.tasks.spawn(logging::report(log, samples, draining));
    let router = router(app.clone(), is_demo);
    app.tasks.spawn(listener::accept(
        listener,
        router,
        door,
        app.draining.clone(),
        app.tasks.clone(),
    ));

    if !has_said {
        say(&format!("haggle listening on http://{address}"));
    }
    if let Some(listener) = metrics_listener {
        serve_metrics(&app, listener);
    }
    if is_demo {
        say(&demo::greeting(&app, address));
    }
    signals.stop().await;
    tracing::info!("draining");
    let gave_up = drain(&app, signals).await;
    let closed = timeout(CLOSE, close(&storage, &writer)).await;
    if let Some(broker) = &app.redis {
        broker.end().await;
    }
    tracing::info!(gave_up = gave_up || closed.is_err(), "ended");
    Ok(())
}

/// First the changes that wait, then what they are written through.
async fn close(storage: &PgStorage, writer: &PgWriter) {
    writer.close().await;
    storage.close().await;
}

/// What the operating system has room for, without what the server itself keeps open.
fn door(settings: &Settings, files: usize, stored: OpenFiles) -> Door {
    let database = usize::try_from(settings.database_connections).unwrap_or(usize::MAX);
    let reserved = database
        .saturating_add(OTHER_FILES)
        .saturating_add(stored.all());
    Door {
        connections: Connections::new(Limits::of_files(files, reserved)),
        proxies: Arc::new(settings.trusted_proxies.clone()),
    }
}

/// Figures at an address of their own, which operators need not show to everybody.
fn serve_metrics(app: &App, listener: TcpListener) {
    if let Ok(address) = listener.local_addr() {
        say(&format!("haggle metrics on http://{address}/metrics"));
    }
    let door = Door {
        connections: Connections::new(Limits::of_files(METRICS_CONNECTIONS, 0)),
        proxies: Arc::default(),
    };
    let accept = listener::accept(
        listener,
        router::for_metrics(app),
        door,
        app.draining.clone(),
        app.tasks.clone(),
    );
    app.tasks.spawn(accept);
}

struct Opened {
    storage: Arc<PgStorage>,
    sessions: Option<Arc<Sessions>>,
}

/// A database with the schema of this version.
async fn open(
    database: &Database,
    settings: &Settings,
    clock: &Arc<dyn Clock>,
) -> Result<Opened, PgError> {
    let options = database.options(settings);
    // Before anything is made there.
    if settings.database_url.is_some() && !settings.ignores_old_chat {
        chat_postgres::refuse_unmoved_chat(&options).await?;
    }
    let migration = chat_postgres::migrate(&options, &settings.mapping).await?;
    for step in &migration.steps {
        tracing::info!("migration: {step}");
    }
    let table = match settings.sessions.as_ref().map(|sessions| &sessions.place) {
        Some(SessionPlace::Table { name, zone }) => {
            Some(SessionTable::find(&options, name, zone.as_deref()).await?)
        }
        Some(SessionPlace::Redis { .. }) | None => None,
    };
    let storage = PgStorage::connect(&options).await?;
    let sessions = settings.sessions.as_ref();
    let sessions = sessions.and_then(|settings| {
        let store: Arc<dyn Store> = match (&settings.place, table) {
            (SessionPlace::Redis { address, prefix }, _) => Arc::new(RedisStore {
                keys: KeyReader::new((**address).clone()),
                prefix: prefix.clone(),
                user: settings.user.clone(),
                clock: clock.clone(),
            }),
            (SessionPlace::Table { .. }, table) => Arc::new(TableStore {
                storage: storage.clone(),
                table: table?,
                user: settings.user.clone(),
            }),
        };
        Some(Arc::new(Sessions::new(settings, store, clock.clone())))
    });
    Ok(Opened { storage, sessions })
}

/// Returns whether something was still running when the time was over.
async fn drain(app: &App, signals: &mut Signals) -> bool {
    tokio::select! {
        () = app.drain() => return false,
        () = tokio::time::sleep(DRAIN) => {}
        // Somebody is in a hurry.
        () = signals.again() => {}
    }
    // Whoever still waits for an answer is told that there will be none.
    app.giving_up.cancel();
    timeout(LAST_WORDS, app.tasks.wait()).await.is_err()
}

/// Settings that are allowed and probably not meant.
fn warn(settings: &Settings) {
    if settings
        .jwt_secret
        .as_ref()
        .is_some_and(|secret| secret.expose().len() < 32)
    {
        tracing::warn!("HAGGLE_JWT_SECRET is shorter than 32 bytes and may be guessed");
    }
}
