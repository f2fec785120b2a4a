//! The task of a socket. It waits for frames, for its queue and for the time,
//! and does one thing after the other.

use bytes::Bytes;
use tokio::time::Instant;

use super::{
    client::Client,
    line::{Ending, Heard, Line, Transport},
    pulse::{Beat, Pulse},
};
use crate::hub::outbox::{Next, Outbox};

/// Frames of the queue that are written together, before anything else has a turn.
const BATCH: usize = 64;

/// Speaks with one client until one of both ends it. What is rare is on the heap:
/// ten thousand of these wait at the same time.
pub async fn serve<S: Transport>(mut client: Client, transport: S, first: Bytes) {
    let hub = client.app.hub.clone();
    let _open = hub.meters.open_socket();
    let mut line = Box::new(Box::pin(Line::new(transport, first, &hub.meters)).await);
    let outbox = client.outbox.clone();
    let admitted = client.admit(&mut line);
    let ending = match Box::pin(unless_closed(&outbox, admitted)).await {
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
        hub.meters.closed(close);
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
    let outbox = client.outbox.clone();
    let mut pulse = Pulse::new(Instant::now());
    loop {
        if let Some(close) = outbox.closing() {
            return (line, Ending::Close(close));
        }
        pulse.expire_at(client.session.as_ref().map(|session| session.expires_at));
        let read_at = client.pace.next_at();
        let may_read = read_at <= Instant::now();
        let turn = tokio::select! {
            biased;
            beat = pulse.beat((!may_read).then_some(read_at)) => Turn::Beat(beat),
            // Before the queue: parts of one resume are answered before live events.
            heard = line.hear(), if may_read => Turn::Heard(heard),
            next = outbox.next() => Turn::Next(next),
        };
        let done = match turn {
            Turn::Heard(Err(ending)) | Turn::Beat(Beat::Over(ending)) => Err(ending),
            Turn::Next(Next::Close(close)) => Err(Ending::Close(close)),
            Turn::Beat(Beat::Early) => Ok(()),
            Turn::Heard(Ok(heard)) => {
                let answer = client.answer(&mut line, heard);
                let answered = Box::pin(unless_closed(&outbox, answer)).await;
                pulse.heard();
                answered
            }
            Turn::Next(Next::Send(frame)) => {
                let write = client.write_waiting(&mut line, Some(frame), BATCH);
                Box::pin(unless_stuck(&outbox, &mut pulse, write)).await
            }
            Turn::Beat(Beat::Ping) => {
                tidy(client);
                let ping = line.ping();
                let done = Box::pin(unless_stuck(&outbox, &mut pulse, ping)).await;
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
    client.covered.take_if(|covered| covered.is_over(now));
}

/// Gives the work up when the socket is to be closed.
async fn unless_closed(
    outbox: &Outbox,
    work: impl Future<Output = Result<(), Ending>>,
) -> Result<(), Ending> {
    tokio::select! {
        biased;
        close = outbox.closed() => Err(Ending::Close(close)),
        done = work => done,
    }
}

/// A write that the peer may hold up. It is given up when the socket is to be
/// closed, when the token ends, or when nothing moved from one ping to the next.
async fn unless_stuck(
    outbox: &Outbox,
    pulse: &mut Pulse,
    write: impl Future<Output = Result<(), Ending>>,
) -> Result<(), Ending> {
    tokio::pin!(write);
    loop {
        tokio::select! {
            biased;
            done = &mut write => {
                // A write that was held up and goes on proves that somebody reads.
                pulse.go_on();
                return done;
            }
            close = outbox.closed() => return Err(Ending::Close(close)),
            beat = pulse.beat(None) => match beat {
                Beat::Over(ending) => return Err(ending),
                Beat::Ping => pulse.hold_up(),
                Beat::Early => {}
            },
        }
    }
}
