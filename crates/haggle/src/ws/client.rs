//! What a socket's task knows about its client.

use std::{sync::Arc, time::Duration};

use chat::{
    audit::{Actor, Source},
    error::{ChatError, StorageError},
    ids::UserId,
    person::Person,
};
use tokio::time::{Instant, timeout, timeout_at};
use wire::{BadFrame, Close, ServerFrame};

use super::{
    framed_socket::{Ending, FramedSocket, Transport},
    read_throttle::ReadThrottle,
    snapshot_filter::SnapshotFilter,
};
use crate::{
    app::App,
    broker::SocketSlot,
    http::error::code_and_message,
    hub::{frame::Frame, send_queue::SendQueue},
    listener::Connection,
    sessions::{Credential, Held},
    storage_log::log_storage,
};

/// Bad frames in a row that end a socket.
const BAD_FRAMES: u8 = 3;
/// The longest that one query takes.
const STORAGE_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest that one frame waits for a peer that does not read.
const WRITE_TIMEOUT: Duration = Duration::from_secs(20);

/// One client, authenticated or not yet.
pub struct Client {
    pub app: App,
    pub send_queue: Arc<SendQueue>,
    /// What the handshake's cookies prove.
    pub cookies: Box<[Credential]>,
    /// Where the handshake came from.
    pub source: Box<Source>,
    pub session: Option<Session>,
    pub read_throttle: ReadThrottle,
    /// Drops, for a while, live events that the last resume already covers.
    pub snapshot_filter: Option<Box<SnapshotFilter>>,
    /// The socket counts among those of the user on all servers.
    pub slot: Option<SocketSlot>,
    /// The connection below. It counts as anonymous until the client authenticates.
    pub connection: Option<Connection>,
    bad_frames: u8,
}

/// Somebody who has authenticated, and until when.
#[derive(Debug)]
pub struct Session {
    pub user: UserId,
    pub expires_at: Instant,
    /// By a session of the host: the socket ends with it.
    pub _held: Option<Held>,
}

/// Why a frame was not handled.
#[derive(Debug)]
pub enum Failed {
    /// The client is told why; the socket stays open.
    Refused(ChatError),
    Ended(Ending),
}

impl Client {
    pub fn new(
        app: App,
        cookies: Box<[Credential]>,
        source: Box<Source>,
        connection: Option<Connection>,
    ) -> Self {
        Self {
            app,
            send_queue: Arc::default(),
            cookies,
            source,
            session: None,
            read_throttle: ReadThrottle::new(Instant::now()),
            snapshot_filter: None,
            slot: None,
            connection,
            bad_frames: 0,
        }
    }

    /// This person at this socket.
    pub fn actor(&self, person: Person) -> Actor {
        Actor {
            person,
            source: (*self.source).clone(),
        }
    }

    /// Answers a frame that was not understood. The third in a row is the last.
    pub async fn bad_frame<S: Transport>(
        &mut self,
        socket: &mut FramedSocket<S>,
        bad: BadFrame,
    ) -> Result<(), Ending> {
        self.bad_frames += 1;
        let (code, message) = (bad.code, bad.message);
        self.send(socket, &ServerFrame::Error { code, message })
            .await?;
        if self.bad_frames < BAD_FRAMES {
            Ok(())
        } else {
            Err(Ending::Close(Close::BadFrames))
        }
    }

    /// After a frame that was understood: done, or refused with a reason.
    pub async fn settle<S: Transport>(
        &mut self,
        socket: &mut FramedSocket<S>,
        done: Result<(), Failed>,
    ) -> Result<(), Ending> {
        self.bad_frames = 0;
        match done {
            Ok(()) => Ok(()),
            Err(Failed::Ended(ending)) => Err(ending),
            Err(Failed::Refused(error)) => {
                if let ChatError::Storage(error) = &error {
                    log_storage(error);
                }
                let (code, message) = code_and_message(&error);
                let message = message.into_owned();
                self.send(socket, &ServerFrame::Error { code, message })
                    .await
            }
        }
    }

    /// Writes this frame and those that wait behind it, without what the client already has.
    pub async fn write_waiting<S: Transport>(
        &self,
        socket: &mut FramedSocket<S>,
        first: Option<Arc<Frame>>,
        most: usize,
    ) -> Result<(), Ending> {
        let waiting = std::iter::from_fn(|| self.send_queue.take());
        for frame in first.into_iter().chain(waiting).take(most) {
            let filter = self.snapshot_filter.as_ref();
            if !filter.is_some_and(|filter| filter.covers(&frame)) {
                socket.feed(frame.text()).await?;
            }
        }
        socket.flush().await
    }

    pub async fn send<S: Transport>(
        &self,
        socket: &mut FramedSocket<S>,
        frame: &ServerFrame,
    ) -> Result<(), Ending> {
        self.written(socket.send(frame.to_text().into())).await
    }

    /// A write ends with the token, and when the peer reads nothing for too long.
    pub async fn written(
        &self,
        write: impl Future<Output = Result<(), Ending>>,
    ) -> Result<(), Ending> {
        let too_slow = Instant::now() + WRITE_TIMEOUT;
        let session = self.session.as_ref();
        let until = session.map_or(too_slow, |session| session.expires_at.min(too_slow));
        timeout_at(until, write).await.unwrap_or_else(|_| {
            let close = if until < too_slow {
                Close::NotAuthenticated
            } else {
                Close::TooSlow
            };
            Err(Ending::Close(close))
        })
    }
}

/// The answer of a query, unless it takes too long.
pub async fn in_time<T, E: From<StorageError>>(
    query: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    timeout(STORAGE_TIMEOUT, query)
        .await
        .unwrap_or_else(|elapsed| Err(StorageError::Unavailable(Box::new(elapsed)).into()))
}

/// The hub and presence forget the socket when its task ends, also when it panics.
impl Drop for Client {
    fn drop(&mut self) {
        if let Some(session) = &self.session {
            self.app.hub.leave(&session.user, &self.send_queue);
            self.app.presence.moved(&session.user);
        }
    }
}

impl From<ChatError> for Failed {
    fn from(error: ChatError) -> Self {
        Self::Refused(error)
    }
}

impl From<StorageError> for Failed {
    fn from(error: StorageError) -> Self {
        Self::Refused(error.into())
    }
}

impl From<Ending> for Failed {
    fn from(ending: Ending) -> Self {
        Self::Ended(ending)
    }
}
