//! The task of a socket. It waits for frames, for its send queue and for its timer, and handles
//! them one after the other.

use bytes::Bytes;
use tokio::time::Instant;

use super::{
    client::Client,
    framed_socket::{Ending, FramedSocket, Incoming, Transport},
    keepalive::{Due, Keepalive},
};
use crate::hub::send_queue::{Next, SendQueue};

/// Frames of the queue that are written together, before anything else has a turn.
const BATCH: usize = 64;

/// Serves one client until it or the server ends the connection. Rare futures are on the heap, because
/// ten thousand of these tasks wait at the same time.
pub async fn serve<S: Transport>(mut client: Client, transport: S, first: Bytes) {
    let hub = client.app.hub.clone();
    let _open = hub.metrics.open_socket();
    let mut socket = Box::new(Box::pin(FramedSocket::new(transport, first, &hub.metrics)).await);
    let send_queue = client.send_queue.clone();
    let authenticated = client.wait_for_authentication(&mut socket);
    let ending = match Box::pin(unless_closed(&send_queue, authenticated)).await {
        Ok(()) => {
            let ending;
            (socket, ending) = run(&mut client, socket).await;
            ending
        }
        Err(ending) => ending,
    };
    let user = client.session.as_ref().map(|session| session.user.as_str());
    tracing::debug!(user, ?ending, "the socket ends");
    // The hub forgets the socket before the close, which may wait for the peer.
    drop(client);
    if let Ending::Close(close) = ending {
        hub.metrics.closed(close);
    }
    Box::pin(socket.close(ending)).await;
}

/// What happened.
enum Wakeup {
    Timer(Due),
    Frame(Result<Incoming, Ending>),
    Queue(Next),
}

async fn run<S: Transport>(
    client: &mut Client,
    mut socket: Box<FramedSocket<S>>,
) -> (Box<FramedSocket<S>>, Ending) {
    let send_queue = client.send_queue.clone();
    let mut keepalive = Keepalive::new(Instant::now());
    loop {
        if let Some(close) = send_queue.closing() {
            return (socket, Ending::Close(close));
        }
        keepalive.expire_at(client.session.as_ref().map(|session| session.expires_at));
        let read_at = client.read_throttle.next_at();
        let may_read = read_at <= Instant::now();
        let wakeup = tokio::select! {
            biased;
            due = keepalive.next_due((!may_read).then_some(read_at)) => Wakeup::Timer(due),
            // Before the queue: parts of one resume are answered before live events.
            frame = socket.receive(), if may_read => Wakeup::Frame(frame),
            next = send_queue.next() => Wakeup::Queue(next),
        };
        let done = match wakeup {
            Wakeup::Frame(Err(ending)) | Wakeup::Timer(Due::End(ending)) => Err(ending),
            Wakeup::Queue(Next::Close(close)) => Err(Ending::Close(close)),
            Wakeup::Timer(Due::Nothing) => Ok(()),
            Wakeup::Frame(Ok(frame)) => {
                let handled = client.handle(&mut socket, frame);
                let done = Box::pin(unless_closed(&send_queue, handled)).await;
                keepalive.received();
                done
            }
            Wakeup::Queue(Next::Send(frame)) => {
                let write = client.write_waiting(&mut socket, Some(frame), BATCH);
                Box::pin(unless_stuck(&send_queue, &mut keepalive, write)).await
            }
            Wakeup::Timer(Due::Ping) => {
                drop_old_filter(client);
                let ping = socket.ping();
                let done = Box::pin(unless_stuck(&send_queue, &mut keepalive, ping)).await;
                if socket.can_shrink() {
                    socket = Box::new(Box::pin(socket.shrink()).await);
                }
                done
            }
        };
        if let Err(ending) = done {
            return (socket, ending);
        }
    }
}

fn drop_old_filter(client: &mut Client) {
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
                // A write that was held up and is done proves that the peer reads.
                keepalive.write_done();
                return done;
            }
            close = send_queue.closed() => return Err(Ending::Close(close)),
            due = keepalive.next_due(None) => match due {
                Due::End(ending) => return Err(ending),
                Due::Ping => keepalive.write_held_up(),
                Due::Nothing => {}
            },
        }
    }
}
