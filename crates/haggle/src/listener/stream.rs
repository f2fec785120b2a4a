//! A TCP connection that is given up when the client holds it up: a head that does not come, an answer
//! that nobody takes.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep},
};

use super::connections::Connection;

/// The longest that the head of a request takes to arrive, on a new connection from its start.
const HEAD: Duration = Duration::from_secs(15);
/// How often a client that does not take an answer fast enough is judged, and the fewest bytes that it
/// takes in this time: 1 KiB/s.
const WINDOW: Duration = Duration::from_secs(30);
const FEWEST_BYTES: usize = 30 << 10;
/// The longest that one answer takes to be taken.
const LONGEST_ANSWER: Duration = Duration::from_mins(30);

#[derive(Debug)]
pub struct TimedStream {
    stream: TcpStream,
    connection: Connection,
    /// Runs while the rest of a head is waited for.
    head: Option<Pin<Box<Sleep>>>,
    /// Runs while an answer is held up.
    held_up: Option<HeldUp>,
}

#[derive(Debug)]
struct HeldUp {
    judged: Pin<Box<Sleep>>,
    bytes: usize,
}

impl TimedStream {
    pub fn new(stream: TcpStream, connection: Connection) -> Self {
        Self {
            stream,
            connection,
            head: None,
            held_up: None,
        }
    }

    /// The connection as it is, for those who keep time themselves.
    pub fn into_inner(self) -> TcpStream {
        self.stream
    }

    /// After a read that found nothing.
    fn wait_for_head(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        if !self.connection.is_at_head() {
            self.head = None;
            return Poll::Pending;
        }
        let head = self.head.get_or_insert_with(|| Box::pin(sleep(HEAD)));
        ready!(head.as_mut().poll(cx));
        Poll::Ready(too_slow("head"))
    }

    /// After a write that found no room.
    fn wait_for_room(&mut self, cx: &mut Context<'_>) -> Poll<io::Error> {
        let connection = &self.connection;
        let held_up = self.held_up.get_or_insert_with(|| {
            connection.is_held_up(true);
            HeldUp {
                judged: Box::pin(sleep(WINDOW)),
                bytes: 0,
            }
        });
        while held_up.judged.as_mut().poll(cx).is_ready() {
            if held_up.bytes < FEWEST_BYTES || connection.age() > LONGEST_ANSWER {
                return Poll::Ready(too_slow("answer"));
            }
            held_up.bytes = 0;
            held_up.judged = Box::pin(sleep(WINDOW));
        }
        Poll::Pending
    }

    fn wrote(
        &mut self,
        written: Poll<io::Result<usize>>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<usize>> {
        match &written {
            Poll::Pending => self.wait_for_room(cx).map(Err),
            Poll::Ready(Ok(bytes)) => {
                if let Some(held_up) = &mut self.held_up {
                    held_up.bytes += bytes;
                }
                written
            }
            Poll::Ready(Err(_)) => written,
        }
    }
}

fn too_slow(what: &'static str) -> io::Error {
    metrics::counter!("haggle_connections_cut_total", "why" => what).increment(1);
    io::Error::new(io::ErrorKind::TimedOut, "the client is too slow")
}

impl AsyncRead for TimedStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if read.is_pending() {
            return self.wait_for_head(cx).map(Err);
        }
        if buffer.filled().len() > before && self.connection.begins() {
            self.head = None;
        }
        read
    }
}

impl AsyncWrite for TimedStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.wrote(written, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, pieces);
        self.wrote(written, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Only asked when everything has been written.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.held_up.take().is_some() {
            self.connection.is_held_up(false);
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
