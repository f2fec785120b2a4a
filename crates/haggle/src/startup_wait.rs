//! A start without the database: the server waits for it a while. Meanwhile it says that it lives, and
//! that it cannot answer yet.

use std::{io, net::SocketAddr, os::fd::AsFd, sync::Arc, time::Duration};

use axum::{Router, response::IntoResponse, routing::get};
use chat::timestamp::Clock;
use chat_postgres::PgError;
use tokio::{
    net::TcpListener,
    time::{Instant, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    http::{
        error::ApiError,
        health::{healthz, metrics_page},
        observe::finish,
    },
    listener::{Door, accept, bind},
};

/// Between two tries.
pub const RETRY: Duration = Duration::from_secs(1);
/// The longest wait. Then whoever started the server is told that it did not.
const LONGEST: Duration = Duration::from_mins(2);
/// For the last answers.
const CLOSE: Duration = Duration::from_secs(2);

pub struct Waiting {
    until: Instant,
    /// What was said in the log.
    reason: Option<String>,
    /// From the first failure on.
    listener: Option<TcpListener>,
    over: CancellationToken,
    tasks: TaskTracker,
}

impl Waiting {
    pub fn new() -> Self {
        Self {
            until: Instant::now() + LONGEST,
            reason: None,
            listener: None,
            over: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }
    }

    /// Whether this error may pass in the time that is left. Says so.
    pub fn is_worth_it(&mut self, error: &PgError) -> bool {
        let left = self.until.saturating_duration_since(Instant::now());
        if !error.may_pass() || left.is_zero() {
            return false;
        }
        let reason = error.to_string();
        if self.reason.as_ref() != Some(&reason) {
            let seconds = left.as_secs();
            tracing::warn!("{reason}; it is tried again for {seconds} s");
            self.reason = Some(reason);
        }
        true
    }

    /// Answers in place of the server from now on. Returns where, the first time.
    pub fn answer(
        &mut self,
        address: SocketAddr,
        door: &Door,
        clock: &Arc<dyn Clock>,
    ) -> io::Result<Option<SocketAddr>> {
        if self.listener.is_some() {
            return Ok(None);
        }
        let listener = bind(address)?;
        let another = std::net::TcpListener::from(listener.as_fd().try_clone_to_owned()?);
        let clock = clock.clone();
        let refuse = move || {
            let id = clock.new_id();
            async { finish(ApiError::Unavailable.into_response(), id) }
        };
        let router = Router::new()
            .route("/healthz", get(healthz))
            .route("/metrics", get(metrics_page))
            .fallback(refuse);
        let (over, tasks) = (self.over.clone(), self.tasks.clone());
        let another = TcpListener::from_std(another)?;
        self.tasks
            .spawn(accept(another, router, door.clone(), over, tasks));
        let address = listener.local_addr().unwrap_or(address);
        self.listener = Some(listener);
        Ok(Some(address))
    }

    /// Ends. Returns the listener if there is one by now, for the server to go on with.
    pub async fn end(self) -> Option<TcpListener> {
        self.over.cancel();
        self.tasks.close();
        // Whoever still holds a connection asks nothing.
        let _ = timeout(CLOSE, self.tasks.wait()).await;
        self.listener
    }
}
