//! What a running server is made of; every handler and socket gets it.

use std::{ops::Deref, sync::Arc};

use chat::{
    Chat,
    error::StorageError,
    ids::{NodeId, UserId},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    admission::Admission,
    attachments::Attachments,
    audit_counts,
    auth::{Auth, Session},
    broker::RedisBroker,
    cache::{Caches, Version},
    hub::Hub,
    logging::samples::Samples,
    presence::Presence,
    reach::Reach,
    read_share::ReadShares,
    sessions::{Credential, Sessions},
    settings::Settings,
};

/// Cheap to clone: every request does.
#[derive(Clone, Debug)]
pub struct App(Arc<AppParts>);

#[derive(Debug)]
pub struct AppParts {
    pub node: NodeId,
    pub settings: Arc<Settings>,
    pub chat: Chat,
    pub auth: Arc<Auth>,
    /// `None`: the host's sessions count for nothing.
    pub sessions: Option<Arc<Sessions>>,
    pub attachments: Attachments,
    /// How people who are away are reached.
    pub reach: Arc<Reach>,
    pub caches: Arc<Caches>,
    pub hub: Arc<Hub>,
    pub presence: Arc<Presence>,
    /// How much of the database each person may read at once.
    pub read_shares: ReadShares,
    /// Which refusals the log tells of.
    pub samples: Arc<Samples>,
    /// Bounds the queries of sockets that come back together.
    pub admission: Admission,
    /// The way to other servers; `None`: there are none.
    pub redis: Option<Arc<RedisBroker>>,
    /// Cancelled when the server should drain: no new work, sockets get 1001.
    pub draining: CancellationToken,
    /// Cancelled when the drain has lasted long enough: what still waits is refused.
    pub giving_up: CancellationToken,
    /// Every task of the server; the drain waits for them.
    pub tasks: TaskTracker,
}

impl Deref for App {
    type Target = AppParts;

    fn deref(&self) -> &AppParts {
        &self.0
    }
}

impl From<AppParts> for App {
    fn from(parts: AppParts) -> Self {
        Self(Arc::new(parts))
    }
}

impl App {
    /// What a cached answer for this user must have been true for.
    pub async fn version(&self, user: &UserId, sees_all: bool) -> Version {
        match &self.redis {
            None => Version::Alone,
            Some(broker) => broker.version(user, sees_all).await,
        }
    }

    /// What this proves, as of now or of a second ago.
    pub async fn session_of(
        &self,
        credential: &Credential,
    ) -> Result<Option<Session>, StorageError> {
        match (credential, &self.sessions) {
            (Credential::Token(token), _) => Ok(self.auth.verify(token).ok()),
            (Credential::HostSession(id), Some(sessions)) => sessions.get(id).await,
            (Credential::HostSession(_), None) => Ok(None),
        }
    }

    /// Asks everything to end: no new requests, sockets get 1001, tasks finish what they do.
    pub async fn drain(&self) {
        self.draining.cancel();
        self.tasks.close();
        self.tasks.wait().await;
        // Also what those were refused who were served last.
        audit_counts::write_all(&self.chat).await;
    }
}
