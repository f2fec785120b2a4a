//! A server from its start to its end: database, schema, storage, tasks, listener; then
//! the other way round.

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use chat::timestamp::Clock;
use chat_pg::{PgError, PgStorage};
use tokio::{
    signal::unix::{Signal, SignalKind, signal},
    time::{sleep, timeout},
};

use crate::{
    app::App,
    assembly,
    attachments::Attachments,
    auth::Auth,
    clock::SystemClock,
    database::{Database, DatabaseError, directory_names},
    demo::{self, DemoError},
    listener, metrics,
    rlimit::raise_open_files,
    router::router,
    settings::Settings,
    startup_wait::{RETRY, Waiting},
    stdout::say,
};

/// The drain must be over within 10 s, and ending the private database may take four of them.
const DRAIN: Duration = Duration::from_secs(4);
/// For the refusals of what could not be finished.
const LAST_WORDS: Duration = Duration::from_millis(500);
/// Whatever is still being written then is not waited for.
const CLOSE: Duration = Duration::from_secs(1);

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
    #[error("HAGGLE_JWT_JWKS {0}")]
    Keys(String),
    #[error("signals cannot be received: {0}")]
    Signals(io::Error),
    #[error(transparent)]
    Demo(#[from] DemoError),
}

/// What the process is asked from outside.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn install() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn stop(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Runs a server until it is asked to end. The demo has demo data and demo login.
pub async fn serve(settings: Settings, is_demo: bool) -> Result<(), ServeError> {
    let mut signals = Signals::install().map_err(ServeError::Signals)?;
    raise_open_files();
    metrics::install();
    let database = Database::open(&settings).await?;
    let served = serve_on(&database, settings, is_demo, &mut signals).await;
    database.close().await;
    served
}

async fn serve_on(
    database: &Database,
    mut settings: Settings,
    is_demo: bool,
    signals: &mut Signals,
) -> Result<(), ServeError> {
    let address = settings.listen;
    let cannot_listen = |source| ServeError::Listen { address, source };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let mut waiting = Waiting::new();
    let storage = loop {
        let error = match open(database, &settings).await {
            Ok(storage) => break storage,
            Err(error) => error,
        };
        if !waiting.is_worth_it(&error) {
            return Err(error.into());
        }
        let answers = waiting.answer(address, &clock).map_err(cannot_listen)?;
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
        demo::fill(&storage, clock.now()).await?;
        if settings.jwt_secret.is_none() {
            settings.jwt_secret = Some(demo::keep_secret(&settings.data_dir)?);
        }
    }
    let keys = (settings.jwt_secret.as_ref(), settings.jwt_jwks.as_deref());
    let auth = Auth::new(keys.0, keys.1, clock.clone()).map_err(ServeError::Keys)?;
    warn(&settings);

    let has_said = listener.is_some();
    let listener = match listener {
        Some(listener) => listener,
        None => listener::bind(address).map_err(cannot_listen)?,
    };
    let address = listener.local_addr().unwrap_or(address);
    let key = storage.link_key().await?;
    let attachments = Attachments::new(&settings, &key, clock.clone());
    let app = assembly::start(settings, auth, attachments, &storage, clock);
    app.tasks
        .spawn(metrics::sample(storage.clone(), app.draining.clone()));
    let router = router(app.clone(), is_demo);
    app.tasks.spawn(listener::accept(
        listener,
        router,
        app.draining.clone(),
        app.tasks.clone(),
    ));

    if !has_said {
        say(&format!("haggle listening on http://{address}"));
    }
    if is_demo {
        say(&demo::greeting(&app, address));
    }
    signals.stop().await;
    tracing::info!("draining");
    let gave_up = drain(&app, signals).await;
    let closed = timeout(CLOSE, storage.close()).await;
    if let Some(broker) = &app.redis {
        broker.end().await;
    }
    tracing::info!(gave_up = gave_up || closed.is_err(), "ended");
    Ok(())
}

/// A database with the schema of this version.
async fn open(database: &Database, settings: &Settings) -> Result<Arc<PgStorage>, PgError> {
    let options = database.options(settings);
    let migration = chat_pg::migrate(&options, &directory_names(settings)).await?;
    for step in &migration.steps {
        tracing::info!("migration: {step}");
    }
    PgStorage::connect(&options).await
}

/// Returns whether something was still running when the time was over.
async fn drain(app: &App, signals: &mut Signals) -> bool {
    tokio::select! {
        () = app.drain() => return false,
        () = tokio::time::sleep(DRAIN) => {}
        // Somebody is in a hurry.
        () = signals.stop() => {}
    }
    // Whoever still waits for an answer is told that there will be none.
    app.giving_up.cancel();
    timeout(LAST_WORDS, app.tasks.wait()).await.is_err()
}

/// Settings that are allowed and probably not meant.
fn warn(settings: &Settings) {
    for name in &settings.later {
        tracing::warn!("{name} is set, and does nothing in this version");
    }
    if settings
        .jwt_secret
        .as_ref()
        .is_some_and(|secret| secret.expose().len() < 32)
    {
        tracing::warn!("HAGGLE_JWT_SECRET is shorter than 32 bytes and may be guessed");
    }
}
