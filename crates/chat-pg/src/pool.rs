//! The connections of a server to PostgreSQL: as many as the settings say and no more, each for one use at
//! a time.
//!
//! It is ours because a host's database is not a laboratory. When the server has no room for another
//! connection, those that there are go round among all who wait. A session that has died, that only
//! reads since a failover, or whose statements are gone is given up before it can fail anybody. The
//! URL may name several servers. Behind a pooler every statement is in a transaction of its own, and
//! nothing of it is left in the session.

mod address;
mod executor;
mod servers;
mod session;
mod transaction;

use std::{
    collections::VecDeque,
    ops::{Deref, DerefMut},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use sqlx::{Connection, PgConnection};
use tokio::{
    sync::{Mutex as Turn, OwnedSemaphorePermit, Semaphore, oneshot},
    time::{Instant, sleep, sleep_until, timeout, timeout_at},
};
use tokio_util::task::TaskTracker;

use self::session::Place;
pub(crate) use self::{
    address::Address,
    servers::{Servers, warn_of_ignored},
    session::{BEGIN_A_MIGRATION, Session, Use},
    transaction::Transaction,
};
use crate::{
    PgError, PgOptions,
    error::{is_dead, is_lost},
};

/// The longest that anything may take that is asked of the database, the wait for a connection included.
const LONGEST: Duration = Duration::from_secs(15);
/// Between two tries to be let in.
const PAUSE: Duration = Duration::from_millis(100);
/// The same where the server has no room.
const PAUSE_WHEN_FULL: Duration = Duration::from_millis(250);
/// For putting a session in order that somebody let go of in the middle.
const TIDY: Duration = Duration::from_secs(5);

/// Cheap to clone.
#[derive(Clone)]
pub(crate) struct Pool {
    shared: Arc<Shared>,
    purpose: Use,
}

struct Shared {
    servers: Arc<Servers>,
    /// Connections that may be open.
    most: u32,
    open: Arc<AtomicU32>,
    /// One permit for each connection that is in use.
    all: Arc<Semaphore>,
    /// The same without those that are kept for changes.
    others: Arc<Semaphore>,
    /// How long a server that does not answer, or has no room, is waited for.
    patience: Duration,
    patience_when_full: Duration,
    free: Mutex<Free>,
    /// Whoever has it asks a full server for room; the others wait.
    asking: Turn<()>,
    tasks: TaskTracker,
}

#[derive(Default)]
struct Free {
    /// The one that was used last comes last.
    idle: Vec<Session>,
    /// They wait while the server has no room, the first one longest. There are none of them while
    /// there is an idle one.
    waiting: VecDeque<oneshot::Sender<Session>>,
    is_closed: bool,
}

/// What somebody who wants a session gets from what is free.
enum Found {
    Session(Session),
    /// A new one may be opened.
    Room(Place),
    /// The server has no room, and others wait already.
    Full,
}

impl Pool {
    /// Opens nothing yet.
    pub fn new(options: &PgOptions) -> Result<Self, PgError> {
        let most = options.connections.max(1);
        let changes = u32::try_from(options.changes_at_once()).unwrap_or(u32::MAX);
        let others = most.saturating_sub(changes).max(1);
        let semaphore = |permits: u32| {
            let permits = usize::try_from(permits).unwrap_or(usize::MAX);
            Arc::new(Semaphore::new(permits.min(Semaphore::MAX_PERMITS)))
        };
        Ok(Self {
            purpose: Use::Others,
            shared: Arc::new(Shared {
                servers: Arc::new(Servers::new(options.url.parse()?)),
                most,
                open: Arc::default(),
                all: semaphore(most),
                others: semaphore(others),
                patience: options.acquire_timeout,
                patience_when_full: options.slot_timeout,
                free: Mutex::default(),
                asking: Turn::default(),
                tasks: TaskTracker::new(),
            }),
        })
    }

    /// The same connections, for changes of conversations.
    pub fn for_changes(&self) -> Self {
        Self {
            purpose: Use::Changes,
            ..self.clone()
        }
    }

    pub fn servers(&self) -> &Arc<Servers> {
        &self.shared.servers
    }

    /// Connections that are open, and those of them without work.
    pub fn load(&self) -> (u32, usize) {
        let open = self.shared.open.load(Ordering::SeqCst);
        (open, self.shared.free().idle.len())
    }

    /// Whether a session can be had, and why not.
    pub async fn reach(&self) -> Result<(), PgError> {
        if !self.shared.free().idle.is_empty() {
            return Ok(());
        }
        let mut session = Box::pin(self.shared.servers.open()).await?;
        session.place = Place::take(&self.shared.open, self.shared.most);
        if session.place.is_some() {
            self.shared.release(session);
        } else {
            session.close().await;
        }
        Ok(())
    }

    /// Begins a transaction. A session that turns out to be dead is none that did anything.
    pub async fn begin(&self) -> Result<Transaction, sqlx::Error> {
        loop {
            let mut lent = self.lend().await?;
            let session = lent.session();
            match session.begin(self.purpose).await {
                Ok(()) => return Ok(Transaction::new(lent)),
                Err(error) => {
                    let has_answered = lent.has_answered;
                    self.observe(&error);
                    lent.give_up();
                    if has_answered || !is_dead(&error) {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// Waits for what is asked of the database, within reason. It is given up when another server takes
    /// over from the one that was asked.
    pub async fn ask<T>(
        &self,
        asked: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        self.within(LONGEST, asked).await
    }

    pub async fn within<T>(
        &self,
        limit: Duration,
        asked: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        let over = self.shared.servers.over();
        let done = tokio::select! {
            biased;
            done = timeout(limit, asked) => done,
            () = over.cancelled() => Ok(Err(gone())),
        };
        let done = done.unwrap_or_else(|_| Err(servers::timed_out()));
        done.inspect_err(|error| self.observe(error))
    }

    /// Learns from an error whether sessions are of no use any more.
    pub(crate) fn observe(&self, error: &sqlx::Error) {
        if is_lost(error) {
            self.shared.servers.doubt();
        }
    }

    /// Ends every connection, when it is free.
    pub async fn close(&self) {
        self.shared.all.close();
        self.shared.others.close();
        let idle = {
            let mut free = self.shared.free();
            free.is_closed = true;
            free.waiting.clear();
            std::mem::take(&mut free.idle)
        };
        for session in idle {
            session.close().await;
        }
        self.shared.tasks.close();
        self.shared.tasks.wait().await;
    }

    async fn lend(&self) -> Result<Lent, sqlx::Error> {
        let shared = &self.shared;
        let deadline = Instant::now() + shared.patience_when_full;
        let permit =
            |semaphore: &Arc<Semaphore>| timeout_at(deadline, semaphore.clone().acquire_owned());
        let others = match self.purpose {
            Use::Changes => None,
            Use::Others => Some(granted(permit(&shared.others).await)?),
        };
        let permits = (granted(permit(&shared.all).await)?, others);
        let (session, has_answered) = shared.get(self.purpose, deadline).await?;
        Ok(Lent {
            session: Some(session),
            shared: shared.clone(),
            has_answered,
            is_clean: false,
            _permits: permits,
        })
    }
}

type Permits = (OwnedSemaphorePermit, Option<OwnedSemaphorePermit>);

fn granted<E, F>(
    permit: Result<Result<OwnedSemaphorePermit, E>, F>,
) -> Result<OwnedSemaphorePermit, sqlx::Error> {
    match permit {
        Ok(Ok(permit)) => Ok(permit),
        Ok(Err(_)) => Err(sqlx::Error::PoolClosed),
        Err(_) => Err(sqlx::Error::PoolTimedOut),
    }
}

/// As if the connection had broken.
fn gone() -> sqlx::Error {
    let why = "another server has taken over";
    std::io::Error::new(std::io::ErrorKind::ConnectionAborted, why).into()
}

impl Shared {
    fn free(&self) -> MutexGuard<'_, Free> {
        // Nothing under this lock panics half-way.
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session, and whether it has answered just now.
    async fn get(&self, purpose: Use, deadline: Instant) -> Result<(Session, bool), sqlx::Error> {
        let since = Instant::now();
        let mut handed: Option<oneshot::Receiver<Session>> = None;
        loop {
            let error = match self.find(purpose) {
                Found::Session(session) => {
                    self.give_back(handed.take());
                    if let Some(tried) = self.tried(session).await {
                        return Ok(tried);
                    }
                    continue;
                }
                Found::Room(place) => match self.open(place).await {
                    Ok(session) => {
                        self.give_back(handed.take());
                        return Ok((session, true));
                    }
                    Err(error) => error,
                },
                Found::Full => PgError::Unreachable(sqlx::Error::PoolTimedOut),
            };
            let is_full = error.is_full();
            let until = if is_full {
                deadline
            } else {
                since + self.patience
            };
            if !error.may_pass() || Instant::now() >= until {
                return Err(error.into_sqlx());
            }
            if !is_full {
                sleep(PAUSE).await;
                continue;
            }
            if let Some(session) = self.handed(&mut handed, until).await
                && let Some(tried) = self.tried(session).await
            {
                return Ok(tried);
            }
        }
    }

    /// What is free: one that was used like this if there is one, room for a new one, else any.
    fn find(&self, purpose: Use) -> Found {
        let mut free = self.free();
        let reign = self.servers.reign();
        for session in free.idle.extract_if(.., |session| session.reign != reign) {
            self.tasks.spawn(session.close());
        }
        let alike = free
            .idle
            .iter()
            .rposition(|session| session.set_for == purpose);
        if let Some(at) = alike {
            return Found::Session(free.idle.remove(at));
        }
        let any = |free: &mut Free| free.idle.pop().map_or(Found::Full, Found::Session);
        match Place::take(&self.open, self.most) {
            Some(place) => Found::Room(place),
            None => any(&mut free),
        }
    }

    /// The session, if it is of use, and whether it was asked. One that was used a moment ago is believed
    /// to be: whoever uses it finds out.
    async fn tried(&self, mut session: Session) -> Option<(Session, bool)> {
        let is_good = session.reign == self.servers.reign() && session.is_worth_asking();
        if is_good && session.is_fresh() {
            return Some((session, false));
        }
        if is_good && session.lives().await {
            return Some((session, true));
        }
        if is_good {
            // So are the others, most likely.
            self.servers.doubt();
        }
        self.tasks.spawn(session.close());
        None
    }

    /// A new one. Where the server has no room, one asks for all.
    async fn open(&self, place: Place) -> Result<Session, PgError> {
        let _asking = if self.free().waiting.is_empty() {
            None
        } else {
            match self.asking.try_lock() {
                Ok(asking) => Some(asking),
                Err(_) => return Err(PgError::full()),
            }
        };
        let mut session = Box::pin(self.servers.open()).await?;
        session.place = Some(place);
        Ok(session)
    }

    /// A session that somebody else has no more use for, in turn. Any idle one is as good.
    async fn handed(
        &self,
        handed: &mut Option<oneshot::Receiver<Session>>,
        until: Instant,
    ) -> Option<Session> {
        if handed.is_none() {
            let mut free = self.free();
            if let Some(session) = free.idle.pop() {
                return Some(session);
            }
            let (hand, wait) = oneshot::channel();
            free.waiting.push_back(hand);
            *handed = Some(wait);
        }
        let wait = handed.as_mut()?;
        let pause = until.min(Instant::now() + PAUSE_WHEN_FULL);
        tokio::select! {
            biased;
            session = wait => {
                *handed = None;
                session.ok()
            }
            () = sleep_until(pause) => None,
        }
    }

    fn give_back(&self, handed: Option<oneshot::Receiver<Session>>) {
        let Some(mut wait) = handed else {
            return;
        };
        wait.close();
        if let Ok(session) = wait.try_recv() {
            self.release(session);
        }
    }

    /// Whoever waits gets it; else it is idle.
    fn release(&self, mut session: Session) {
        session.used = Instant::now();
        if session.reign != self.servers.reign() {
            self.tasks.spawn(session.close());
            return;
        }
        let mut free = self.free();
        while let Some(waiting) = free.waiting.pop_front() {
            match waiting.send(session) {
                Ok(()) => return,
                Err(refused) => session = refused,
            }
        }
        if free.is_closed {
            self.tasks.spawn(session.close());
        } else {
            free.idle.push(session);
        }
    }
}

/// A session in somebody's hands. Unless it was left clean, it is put in order before it is given on.
pub(crate) struct Lent {
    session: Option<Session>,
    shared: Arc<Shared>,
    /// Just now: what goes wrong with it is no old age.
    has_answered: bool,
    is_clean: bool,
    _permits: Permits,
}

impl Lent {
    fn session(&mut self) -> &mut Session {
        self.session
            .as_mut()
            .expect("it is there until it is dropped")
    }

    /// It is of no use to anybody.
    fn give_up(mut self) {
        if let Some(session) = self.session.take() {
            self.shared.tasks.spawn(session.close());
        }
    }

    /// It may be given on as it is.
    fn give_on(mut self) {
        self.is_clean = true;
    }
}

impl Deref for Lent {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        let session = self.session.as_ref();
        &session.expect("it is there until it is dropped").db
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.session().db
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(mut session) = self.session.take() else {
            return;
        };
        if self.is_clean {
            self.shared.release(session);
            return;
        }
        let shared = self.shared.clone();
        self.shared.tasks.spawn(async move {
            match timeout(TIDY, tidy(&mut session)).await {
                Ok(Ok(())) => shared.release(session),
                _ => session.close().await,
            }
        });
    }
}

/// Ends what was begun.
async fn tidy(session: &mut Session) -> Result<(), sqlx::Error> {
    session.db.ping().await?;
    session.end("rollback").await
}
