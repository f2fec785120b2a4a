//! What the uses of a pool share: which sessions are free, who waits, and how many there may be.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::{Mutex as Turn, OwnedSemaphorePermit, Semaphore, oneshot},
    time::{Instant, sleep, sleep_until, timeout_at},
};
use tokio_util::task::TaskTracker;

use super::{
    servers::Servers,
    session::{Place, Session, Use},
};
use crate::{PgError, PgOptions};

/// Between two tries to be let in.
const PAUSE: Duration = Duration::from_millis(100);
/// The same where the server has no room.
const PAUSE_WHEN_FULL: Duration = Duration::from_millis(250);
/// For as long no more is asked of a pooler that had no connection for us.
const CALM_WHEN_FULL: Duration = Duration::from_mins(1);

pub(super) struct Shared {
    pub servers: Servers,
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
    /// So many are let in, as far as is known, and until when that is believed.
    room: Option<(u32, Instant)>,
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

impl Shared {
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
            servers: if options.is_replica {
                Servers::of_a_replica(options.url.parse()?)
            } else {
                Servers::new(options.url.parse()?)
            },
            most,
            open: Arc::default(),
            all: semaphore(most),
            others: semaphore(others),
            patience: options.acquire_timeout,
            patience_when_full: options.slot_timeout,
            free: Mutex::default(),
            asking: Turn::default(),
            tasks: TaskTracker::new(),
        })
    }

    /// Connections that are open, and those of them without work.
    pub fn load(&self) -> (u32, usize) {
        let open = self.open.load(Ordering::SeqCst);
        (open, self.free().idle.len())
    }

    /// Whether a session can be had, and why not.
    pub async fn reach(&self) -> Result<(), PgError> {
        if !self.free().idle.is_empty() {
            return Ok(());
        }
        let mut session = Box::pin(self.servers.open()).await?;
        session.place = Place::take(&self.open, self.most);
        if session.place.is_some() {
            self.release(session);
        } else {
            session.close().await;
        }
        Ok(())
    }

    /// A session, and whether it has answered just now. May take as long as the pool is patient.
    pub async fn take(&self, purpose: Use) -> Result<(Session, bool, Permits), sqlx::Error> {
        let deadline = Instant::now() + self.patience_when_full;
        let permit =
            |semaphore: &Arc<Semaphore>| timeout_at(deadline, semaphore.clone().acquire_owned());
        let others = match purpose {
            Use::Changes => None,
            Use::Others => Some(granted(permit(&self.others).await)?),
        };
        let permits = (granted(permit(&self.all).await)?, others);
        let (session, has_answered) = self.get(purpose, deadline).await?;
        Ok((session, has_answered, permits))
    }

    /// Ends every connection, when it is free.
    pub async fn close(&self) {
        self.all.close();
        self.others.close();
        let idle = {
            let mut free = self.free();
            free.is_closed = true;
            free.waiting.clear();
            std::mem::take(&mut free.idle)
        };
        for session in idle {
            session.close().await;
        }
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Closes a session, or puts one in order, while others go on.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }

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
        let most = match free.room {
            Some((room, until)) if Instant::now() < until => room.min(self.most),
            _ => self.most,
        };
        match Place::take(&self.open, most) {
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
        match Box::pin(self.servers.open()).await {
            Ok(mut session) => {
                session.place = Some(place);
                Ok(session)
            }
            Err(error) if error.is_slow() => Err(self.learn(&place, error)),
            Err(error) => Err(error),
        }
    }

    /// One that does not come while there are others is one too many for whoever is between: they go round.
    fn learn(&self, _place: &Place, error: PgError) -> PgError {
        let others = self.open.load(Ordering::SeqCst).saturating_sub(1);
        if others == 0 {
            return error;
        }
        self.free().room = Some((others, Instant::now() + CALM_WHEN_FULL));
        tracing::warn!(
            others,
            "the database lets no more connections in; HAGGLE_DATABASE_CONNECTIONS is more than it has room for"
        );
        PgError::full()
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
            // Those that have given up are nobody.
            free.waiting.retain(|waiting| !waiting.is_closed());
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
    pub fn release(&self, mut session: Session) {
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

/// Given back when it is dropped.
pub(super) type Permits = (OwnedSemaphorePermit, Option<OwnedSemaphorePermit>);

fn granted<E, F>(
    permit: Result<Result<OwnedSemaphorePermit, E>, F>,
) -> Result<OwnedSemaphorePermit, sqlx::Error> {
    match permit {
        Ok(Ok(permit)) => Ok(permit),
        Ok(Err(_)) => Err(sqlx::Error::PoolClosed),
        Err(_) => Err(sqlx::Error::PoolTimedOut),
    }
}
