//! The first frame, and the same frame again with a fresh token.

use std::time::Duration;

use chat::{
    error::StorageError,
    limits::NOTIFICATION_PAGE,
    person::Person,
    timestamp::{Clock, Timestamp},
};
use tokio::time::{Instant, timeout, timeout_at};
use wire::{Authenticate, ClientFrame, Close, FIRST_FRAME_SECONDS, Seen, ServerFrame};

use super::{
    client::{Client, Session, in_time},
    framed_socket::{Ending, FramedSocket, Incoming, Transport},
};
use crate::{auth, sessions::Credential, storage_log::log_storage};

/// The longest until a client authenticates.
const FIRST_FRAME_WITHIN: Duration = Duration::from_secs(FIRST_FRAME_SECONDS);
/// The longest that `ready` waits until the others know that the user is online.
const PRESENCE_WAIT: Duration = Duration::from_secs(3);
/// A token that lasts longer is asked for again then.
const LONGEST_SESSION: Duration = Duration::from_hours(365 * 24);

/// A person whose token is valid.
struct Known {
    person: Person,
    session: Session,
    expires_at: Timestamp,
}

impl Client {
    /// Waits for the first frame, which must authenticate.
    pub async fn wait_for_authentication<S: Transport>(
        &mut self,
        socket: &mut FramedSocket<S>,
    ) -> Result<(), Ending> {
        let draining = self.app.draining.clone();
        let deadline = Instant::now() + FIRST_FRAME_WITHIN;
        let stranger = Ending::Close(Close::NotAuthenticated);
        while self.session.is_none() {
            let heard = tokio::select! {
                () = draining.cancelled() => return Err(Ending::Close(Close::GoingAway)),
                heard = timeout_at(deadline, socket.receive()) => heard.map_err(|_| stranger)??,
            };
            let request = match heard {
                Incoming::Text(text) => ClientFrame::parse(&text),
                Incoming::Binary => return Err(stranger),
                Incoming::Control => continue,
            };
            match request {
                Ok(ClientFrame::Authenticate(asked)) => self.authenticate(socket, asked).await?,
                Err(bad) if bad.is_authenticate => self.bad_frame(socket, bad).await?,
                Ok(_) | Err(_) => return Err(stranger),
            }
        }
        Ok(())
    }

    async fn authenticate<S: Transport>(
        &mut self,
        socket: &mut FramedSocket<S>,
        asked: Authenticate,
    ) -> Result<(), Ending> {
        let known = self.identify(asked.token.as_deref()).await?;
        let (user, app) = (known.session.user.clone(), self.app.clone());
        // From here on the send queue collects what happens. What happened before is sent first.
        self.session = Some(known.session);
        if let Some(connection) = &self.connection {
            connection.is_socket();
        }
        app.hub.join(&user, known.person.role, &self.send_queue);
        let is_online = app.presence.arrived(&user);
        if let Some(broker) = &app.redis {
            self.slot = Some(broker.arrive(&user, &self.send_queue).await);
        }

        self.greet(socket, known.expires_at).await?;
        self.send_notifications(socket).await?;
        let since = Seen::since(asked.since.unwrap_or_default());
        self.resume(socket, &known.person, since).await?;
        // Where presence cannot be stored now, its own task tries again.
        let _ = timeout(PRESENCE_WAIT, is_online).await;
        self.send(socket, &ServerFrame::Ready {}).await
    }

    /// The same user with a fresh token.
    pub async fn authenticate_again<S: Transport>(
        &mut self,
        socket: &mut FramedSocket<S>,
        asked: Authenticate,
    ) -> Result<(), Ending> {
        let known = self.identify(asked.token.as_deref()).await?;
        let session = self.session.as_ref();
        if session.is_none_or(|session| session.user != known.session.user) {
            return Err(Ending::Close(Close::NotAllowed));
        }
        self.session = Some(known.session);
        self.greet(socket, known.expires_at).await?;
        if let Some(since) = asked.since {
            self.resume(socket, &known.person, Seen::since(since))
                .await?;
        }
        self.send(socket, &ServerFrame::Ready {}).await
    }

    async fn identify(&self, token: Option<&str>) -> Result<Known, Ending> {
        let stranger = Ending::Close(Close::NotAuthenticated);
        let own: [Credential; 1];
        let credentials = match token {
            Some(token) => {
                own = [Credential::Token(token.into())];
                &own[..]
            }
            None => &self.cookies,
        };
        for credential in credentials {
            let Some(session) = self.session_of(credential).await? else {
                continue;
            };
            // Not from a cache: the access watch compares with what is read here.
            let person = self.app.chat.directory.person(&session.user);
            let person = in_time(self.app.admission.identities.admit(person)).await;
            let person = person.map_err(|error| unavailable(&error))?;
            if let Some(person) = person.filter(|person| person.is_active) {
                return self.known(person, &session, credential).ok_or(stranger);
            }
        }
        Err(stranger)
    }

    async fn session_of(&self, credential: &Credential) -> Result<Option<auth::Session>, Ending> {
        let (Credential::HostSession(id), Some(sessions)) = (credential, &self.app.sessions) else {
            let session = self.app.session_of(credential).await;
            return session.map_err(|error| unavailable(&error));
        };
        let session = in_time(self.app.admission.identities.admit(sessions.get_now(id))).await;
        session.map_err(|error| unavailable(&error))
    }

    /// A token ends when it says. A session of the host is prolonged by what its person does there, so the
    /// watch decides when it ends.
    fn known(
        &self,
        person: Person,
        session: &auth::Session,
        credential: &Credential,
    ) -> Option<Known> {
        let lasts = lasts(&*self.app.chat.clock, session.expires_at)?;
        let (lasts, held) = match (credential, &self.app.sessions) {
            (Credential::HostSession(id), Some(sessions)) => {
                let held = sessions.hold(id, &person.id, &self.send_queue);
                (LONGEST_SESSION, Some(held))
            }
            _ => (lasts, None),
        };
        Some(Known {
            session: Session {
                user: person.id.clone(),
                expires_at: Instant::now() + lasts,
                _held: held,
            },
            person,
            expires_at: session.expires_at,
        })
    }

    async fn greet<S: Transport>(
        &self,
        socket: &mut FramedSocket<S>,
        expires_at: Timestamp,
    ) -> Result<(), Ending> {
        let Some(session) = &self.session else {
            return Ok(());
        };
        let connection_id = self.app.chat.clock.new_id();
        tracing::debug!(user = %session.user, %connection_id, "the socket authenticated");
        let user_id = session.user.clone();
        let authenticated = ServerFrame::Authenticated {
            user_id,
            connection_id,
            expires_at,
        };
        self.send(socket, &authenticated).await
    }

    /// The unread ones, newest first.
    async fn send_notifications<S: Transport>(
        &self,
        socket: &mut FramedSocket<S>,
    ) -> Result<(), Ending> {
        let Some(session) = &self.session else {
            return Ok(());
        };
        let stored = &self.app.chat.notifications;
        let mut last = None;
        loop {
            let (_, most) = NOTIFICATION_PAGE;
            let page = stored.page(&session.user, true, last.as_ref(), most);
            let page = in_time(self.app.admission.resumes.admit(page))
                .await
                .map_err(|error| unavailable(&error))?;
            let Some((notifications, has_more)) = page else {
                return Ok(());
            };
            last = notifications.last().map(|last| last.id.clone());
            for notification in notifications {
                let notification = notification.into();
                let text = ServerFrame::Notification { notification }.to_text();
                self.written(socket.feed(text.into())).await?;
            }
            self.written(socket.flush()).await?;
            if !has_more {
                return Ok(());
            }
        }
    }
}

/// Without storage the server can neither authenticate a client nor send what it missed: the client
/// connects again later.
pub fn unavailable(error: &StorageError) -> Ending {
    log_storage(error);
    Ending::Close(Close::GoingAway)
}

/// How long a token is good for; `None` when it is not.
fn lasts(clock: &dyn Clock, expires_at: Timestamp) -> Option<Duration> {
    let micros = expires_at.micros().saturating_sub(clock.now().micros());
    let micros = u64::try_from(micros).ok().filter(|micros| *micros > 0)?;
    Some(Duration::from_micros(micros).min(LONGEST_SESSION))
}
