//! A request is read to its end although its answer is known before: who still writes when the
//! connection is closed is told that by the network, and may lose the answer with it.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::Response,
};
use futures_util::StreamExt;
use http_body::{Frame, SizeHint};

use crate::app::App;

/// The most that is read only to be thrown away.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The longest that it is read.
const MOST_TIME: Duration = Duration::from_secs(10);

/// Sends the answer at once, and reads on what the handler has left of the request.
pub async fn drain_body(State(app): State<App>, request: Request, next: Next) -> Response {
    // Who waits for a `100 Continue` writes nothing before it.
    if request.body().is_end_stream() || request.headers().contains_key(header::EXPECT) {
        return next.run(request).await;
    }
    let left = Arc::default();
    let lend = |body| {
        Body::new(Lent {
            body,
            left: Arc::clone(&left),
        })
    };
    let response = next.run(request.map(lend)).await;
    if let Some(rest) = take(&left) {
        let giving_up = app.giving_up.clone();
        app.tasks.spawn(async move {
            tokio::select! {
                _ = tokio::time::timeout(MOST_TIME, throw_away(rest)) => {}
                () = giving_up.cancelled() => {}
            }
        });
    }
    response
}

async fn throw_away(rest: Body) {
    let mut rest = rest.into_data_stream();
    let mut bytes = 0;
    while let Some(Ok(data)) = rest.next().await
        && bytes < MOST_BYTES
    {
        bytes += data.len();
    }
}

type Left = Arc<Mutex<Option<Body>>>;

fn take(left: &Left) -> Option<Body> {
    left.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// Gives back what nobody read.
struct Lent {
    body: Body,
    left: Left,
}

impl HttpBody for Lent {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if !self.body.is_end_stream() {
            let rest = std::mem::take(&mut self.body);
            *self.left.lock().unwrap_or_else(PoisonError::into_inner) = Some(rest);
        }
    }
}
