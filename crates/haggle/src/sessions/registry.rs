//! Which sessions there are, and the sockets that live by them.

use std::{
    fmt,
    sync::{
        Arc, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use aws_lc_rs::hmac;
use axum::http::HeaderMap;
use chat::{error::StorageError, ids::UserId, timestamp::Clock};
use dashmap::DashMap;
use tokio::time::timeout;
use wire::Close;

use super::{
    cookie,
    session::{Found, SessionId},
    store::Store,
};
use crate::{
    auth::{self, Session},
    cache::TtlCache,
    hub::send_queue::SendQueue,
    settings::{Secret, SessionSettings},
};

/// A request may be answered by what was read this long ago.
const FRESH: Duration = Duration::from_secs(1);
/// Sessions that are remembered at most.
const MOST: usize = 20_000;
/// Sessions that one question to the store names.
const BATCH: usize = 1_000;
/// The longest that a question may take.
const PATIENCE: Duration = Duration::from_secs(5);

pub struct Sessions {
    secrets: Vec<hmac::Key>,
    cookie: String,
    store: Arc<dyn Store>,
    known: TtlCache<SessionId, Found>,
    /// The sockets that live by each session.
    held: DashMap<SessionId, Vec<Socket>>,
    numbers: AtomicU64,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

struct Socket {
    number: u64,
    user: UserId,
    send_queue: Weak<SendQueue>,
}

/// A socket that lives by a session, for as long as this is kept.
#[derive(Debug)]
pub struct Held {
    sessions: Arc<Sessions>,
    id: SessionId,
    number: u64,
}

impl Sessions {
    pub fn new(settings: &SessionSettings, store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        let key = |secret: &Secret| hmac::Key::new(hmac::HMAC_SHA256, secret.expose().as_bytes());
        Self {
            secrets: settings.secrets.iter().map(key).collect(),
            cookie: settings.cookie.clone(),
            store,
            known: TtlCache::new("sessions", FRESH, MOST),
            held: DashMap::new(),
            numbers: AtomicU64::new(0),
            clock,
        }
    }

    /// The sessions that cookies of this request name with a good signature.
    pub fn of_cookies<'h>(
        &'h self,
        headers: &'h HeaderMap,
    ) -> impl Iterator<Item = SessionId> + 'h {
        auth::cookie::values(headers, &self.cookie)
            .filter_map(|value| cookie::session_id(value, &self.secrets))
    }

    /// Who has this session, as of now or of a second ago.
    pub async fn get(&self, id: &SessionId) -> Result<Option<Session>, StorageError> {
        let ticket = match self.known.get(id) {
            Ok(found) => return Ok(self.unexpired(found)),
            Err(ticket) => ticket,
        };
        let found = self.store.find(std::slice::from_ref(id)).await?.pop();
        match found.flatten() {
            None => {
                self.known.forget(id);
                Ok(None)
            }
            Some(found) => {
                self.known.store(id, ticket, found.clone());
                Ok(self.unexpired(found))
            }
        }
    }

    /// As of now.
    pub async fn get_now(&self, id: &SessionId) -> Result<Option<Session>, StorageError> {
        self.known.forget(id);
        self.get(id).await
    }

    fn unexpired(&self, found: Found) -> Option<Session> {
        let is_good = self.clock.now() < found.expires_at;
        is_good.then_some(Session {
            user: found.user,
            expires_at: found.expires_at,
        })
    }

    /// This socket is closed when the session ends or is somebody else's.
    pub fn hold(self: &Arc<Self>, id: &SessionId, user: &UserId, queue: &Arc<SendQueue>) -> Held {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        let socket = Socket {
            number,
            user: user.clone(),
            send_queue: Arc::downgrade(queue),
        };
        self.held.entry(id.clone()).or_default().push(socket);
        Held {
            sessions: self.clone(),
            id: id.clone(),
            number,
        }
    }

    /// Closes the sockets of sessions that have ended or are somebody else's now. Who cannot be looked up
    /// stays.
    pub async fn close_ended(&self) -> Result<(), StorageError> {
        let held: Vec<SessionId> = self.held.iter().map(|held| held.key().clone()).collect();
        for ids in held.chunks(BATCH) {
            let found = timeout(PATIENCE, self.store.find(ids)).await;
            let found =
                found.unwrap_or_else(|slow| Err(StorageError::Unavailable(Box::new(slow))))?;
            for (id, found) in ids.iter().zip(found) {
                let session = found.and_then(|found| self.unexpired(found));
                let user = session.map(|session| session.user);
                let Some(sockets) = self.held.get(id) else {
                    continue;
                };
                let others = sockets
                    .iter()
                    .filter(|held| user.as_ref() != Some(&held.user));
                for socket in others {
                    self.known.forget(id);
                    if let Some(queue) = socket.send_queue.upgrade() {
                        queue.close(Close::NotAuthenticated);
                    }
                }
            }
        }
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.sessions.held.remove_if_mut(&self.id, |_, sockets| {
            sockets.retain(|socket| socket.number != self.number);
            sockets.is_empty()
        });
    }
}
