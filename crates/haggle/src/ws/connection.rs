//! The task of a socket. It waits for frames, for its queue and for the time,
//! and does one thing after the other.

use bytes::Bytes;
use tokio::time::Instant;

use super::{
    client::Client,
    keepalive::{Beat, Keepalive},
    line::{Ending, Heard, Line, Transport},
};
use crate::hub::send_queue::{Next, SendQueue};

/// Frames of the queue that are written together, before anything else has a turn.
const BATCH: usize = 64;

/// Speaks with one client until one of both ends it. What is rare is on the heap:
/// ten thousand of these wait at the same time.
pub async fn serve<S: Transport>(mut client: Client, transport: S, first: Bytes) {
    let hub = client.app.hub.clone();
    let _open = hub.metrics.open_socket();
    let mut line = Box::new(Box::pin(Line::new(transport, first, &hub.metrics)).await);
    let send_queue = client.send_queue.clone();
    let admitted = client.admit(&mut line);
    let ending = match Box::pin(unless_closed(&send_queue, admitted)).await {
        Ok(()) => {
            let ending;
            (line, ending) = stay(&mut client, line).await;
            ending
        }
        Err(ending) => ending,
    };
    let user = client.session.as_ref().map(|session| session.user.as_str());
    tracing::debug!(user, ?ending, "a socket ends");
    // Off the hub, so that nobody counts on a socket that only says goodbye.
    drop(client);
    if let Ending::Close(close) = ending {
        hub.metrics.closed(close);
    }
    Box::pin(line.end(ending)).await;
}

/// What happened.
enum Turn {
    Beat(Beat),
    Heard(Result<Heard, Ending>),
    Next(Next),
}

async fn stay<S: Transport>(client: &mut Client, mut line: Box<Line<S>>) -> (Box<Line<S>>, Ending) {
    let send_queue = client.send_queue.clone();
    let mut keepalive = Keepalive::new(Instant::now());
    loop {
        if let Some(close) = send_queue.closing() {
            return (line, Ending::Close(close));
        }
        keepalive.expire_at(client.session.as_ref().map(|session| session.expires_at));
        let read_at = client.read_throttle.next_at();
        let may_read = read_at <= Instant::now();
        let turn = tokio::select! {
            biased;
            beat = keepalive.beat((!may_read).then_some(read_at)) => Turn::Beat(beat),
            // Before the queue: parts of one resume are answered before live events.
            heard = line.hear(), if may_read => Turn::Heard(heard),
            next = send_queue.next() => Turn::Next(next),
        };
        let done = match turn {
            Turn::Heard(Err(ending)) | Turn::Beat(Beat::Over(ending)) => Err(ending),
            Turn::Next(Next::Close(close)) => Err(Ending::Close(close)),
            Turn::Beat(Beat::Early) => Ok(()),
            Turn::Heard(Ok(heard)) => {
                let answer = client.answer(&mut line, heard);
                let answered = Box::pin(unless_closed(&send_queue, answer)).await;
                keepalive.heard();
                answered
            }
            Turn::Next(Next::Send(frame)) => {
                let write = client.write_waiting(&mut line, Some(frame), BATCH);
                Box::pin(unless_stuck(&send_queue, &mut keepalive, write)).await
            }
            Turn::Beat(Beat::Ping) => {
                tidy(client);
                let ping = line.ping();
                let done = Box::pin(unless_stuck(&send_queue, &mut keepalive, ping)).await;
                if line.can_shrink() {
                    line = Box::new(Box::pin(line.shrink()).await);
                }
                done
            }
        };
        if let Err(ending) = done {
            return (line, ending);
        }
    }
}

fn tidy(client: &mut Client) {
    let now = Instant::now();
    client.snapshot_filter.take_if(|filter| filter.is_over(now));
}

/// Gives the work up when the socket is to be closed.
async fn unless_closed(
    send_queue: &SendQueue,
    work: impl Future<Output = Result<(), Ending>>,
) -> Result<(), Ending> {
    tokio::select! {
        biased;
        close = send_queue.closed() => Err(Ending::Close(close)),
        done = work => done,
    }
}

/// A write that the peer may hold up. It is given up when the socket is to be
/// closed, when the token ends, or when nothing moved from one ping to the next.
async fn unless_stuck(
    send_queue: &SendQueue,
    keepalive: &mut Keepalive,
    write: impl Future<Output = Result<(), Ending>>,
) -> Result<(), Ending> {
    tokio::pin!(write);
    loop {
        tokio::select! {
            biased;
            done = &mut write => {
                // A write that was held up and goes on proves that somebody reads.
                keepalive.go_on();
                return done;
            }
            close = send_queue.closed() => return Err(Ending::Close(close)),
            beat = keepalive.beat(None) => match beat {
                Beat::Over(ending) => return Err(ending),
                Beat::Ping => keepalive.hold_up(),
                Beat::Early => {}
            },
        }
    }
}
