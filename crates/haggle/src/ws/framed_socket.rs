//! A WebSocket connection as frames: reads them, writes them, and closes so that the close frame arrives.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use metrics::Counter;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Error, Message, Utf8Bytes,
        error::ProtocolError,
        protocol::{Role, WebSocketConfig},
    },
};
use wire::{Close, FRAME_BYTES};

use super::counting_io::CountingIo;
use crate::hub::{close::close_frame, metrics::SocketMetrics};

/// A longer frame is read in several steps; an idle socket keeps no more than this.
const READ_BUFFER: usize = 1 << 10;
/// Frames are collected up to this before they are written.
const WRITE_BUFFER: usize = 4 << 10;
/// Far above any frame; a write that is held up waits instead of collecting.
const MOST_WRITE_BUFFER: usize = 1 << 20;
/// The longest that a close waits for a peer that does not read.
const CLOSE_WAIT: Duration = Duration::from_secs(10);
/// The same while the server drains, and for the answer to a close.
const SHORT_CLOSE_WAIT: Duration = Duration::from_secs(2);
/// The longest that the peer's bytes are discarded after a close.
const DRAIN_WAIT: Duration = Duration::from_secs(2);

/// The transport below; TCP outside of tests.
pub trait Transport: AsyncRead + AsyncWrite + Unpin + Send + 'static {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + 'static> Transport for T {}

#[derive(Debug)]
pub enum Incoming {
    Text(Utf8Bytes),
    Binary,
    /// A ping, which is answered by the library, or a pong.
    Control,
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Close(Close),
    /// The peer closed; the library answers with a close frame.
    ByPeer,
    /// The connection is gone.
    Lost,
}

pub struct FramedSocket<S> {
    stream: WebSocketStream<CountingIo<S>>,
    /// The fewest bytes that the frames received so far took on the wire.
    received_bytes: u64,
    /// A buffer has grown larger than an idle socket should keep.
    has_grown: bool,
    frames_in: Counter,
    frames_out: Counter,
}

impl<S: Transport> FramedSocket<S> {
    /// `prefix` is what the handshake has already read.
    pub async fn new(transport: S, prefix: Bytes, metrics: &SocketMetrics) -> Self {
        Self {
            stream: open(CountingIo::new(transport, prefix)).await,
            received_bytes: 0,
            has_grown: false,
            frames_in: metrics.frames_in.clone(),
            frames_out: metrics.frames_out.clone(),
        }
    }

    /// The next frame. Nothing is lost when this is dropped.
    pub async fn receive(&mut self) -> Result<Incoming, Ending> {
        let message = match self.stream.next().await {
            Some(Ok(message)) => message,
            Some(Err(error)) => return Err(ending(&error)),
            None => return Err(Ending::ByPeer),
        };
        self.frames_in.increment(1);
        self.received_bytes += fewest_wire_bytes(message.len());
        self.has_grown |= message.len() > READ_BUFFER;
        match message {
            Message::Text(text) => Ok(Incoming::Text(text)),
            Message::Binary(_) => Ok(Incoming::Binary),
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => Ok(Incoming::Control),
            Message::Close(_) => Err(Ending::ByPeer),
        }
    }

    /// Writes a frame, perhaps later with others. Waits while the peer does not read.
    pub async fn feed(&mut self, text: Utf8Bytes) -> Result<(), Ending> {
        self.frames_out.increment(1);
        self.has_grown |= text.len() > WRITE_BUFFER;
        let fed = self.stream.feed(Message::Text(text)).await;
        fed.map_err(|error| ending(&error))
    }

    pub async fn flush(&mut self) -> Result<(), Ending> {
        self.stream.flush().await.map_err(|error| ending(&error))
    }

    pub async fn send(&mut self, text: Utf8Bytes) -> Result<(), Ending> {
        self.feed(text).await?;
        self.flush().await
    }

    pub async fn ping(&mut self) -> Result<(), Ending> {
        let ping = Message::Ping(Bytes::new());
        self.stream.send(ping).await.map_err(|error| ending(&error))
    }

    /// Whether [`Self::shrink`] would free memory and lose nothing: everything
    /// that was read has been received as frames. Ask only after a flush.
    pub fn can_shrink(&self) -> bool {
        self.has_grown && self.stream.get_ref().bytes_read() == self.received_bytes
    }

    /// The same connection with buffers as small as at the start.
    pub async fn shrink(self) -> Self {
        Self {
            stream: open(self.stream.into_inner()).await,
            has_grown: false,
            ..self
        }
    }

    /// Closes the connection in the way that fits its ending.
    pub async fn close(mut self, ending: Ending) {
        let said = match ending {
            Ending::Close(close) => {
                let wait = match close {
                    Close::GoingAway => SHORT_CLOSE_WAIT,
                    _ => CLOSE_WAIT,
                };
                timeout(wait, self.stream.close(Some(close_frame(close)))).await
            }
            Ending::ByPeer => timeout(SHORT_CLOSE_WAIT, self.stream.flush()).await,
            Ending::Lost => return,
        };
        if matches!(said, Ok(Ok(()))) {
            drain_and_drop(self.stream.into_inner()).await;
        }
    }
}

/// Ends our half, then reads and discards the peer's bytes for a moment: the kernel resets a
/// connection that is dropped with unread bytes, and the reset overtakes the close frame.
async fn drain_and_drop(mut transport: impl Transport) {
    let drained = async {
        transport.shutdown().await?;
        let mut scratch = vec![0; WRITE_BUFFER];
        while transport.read(&mut scratch).await? > 0 {}
        std::io::Result::Ok(())
    };
    // The connection is dropped in any case.
    let _ = timeout(DRAIN_WAIT, drained).await;
}

async fn open<S: Transport>(transport: CountingIo<S>) -> WebSocketStream<CountingIo<S>> {
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MOST_WRITE_BUFFER)
        .max_message_size(Some(FRAME_BYTES))
        .max_frame_size(Some(FRAME_BYTES));
    WebSocketStream::from_raw_socket(transport, Role::Server, Some(config)).await
}

/// A client's frame has a mask of 4 bytes and a header of at least 2; fragments only add to it.
fn fewest_wire_bytes(payload_bytes: usize) -> u64 {
    let header = match payload_bytes {
        0..=125 => 6,
        126..=65_535 => 8,
        _ => 14,
    };
    header + payload_bytes as u64
}

fn ending(error: &Error) -> Ending {
    match error {
        Error::Capacity(_) => Ending::Close(Close::TooBig),
        Error::Utf8(_) => Ending::Close(Close::InvalidText),
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => Ending::Lost,
        Error::Protocol(_) => Ending::Close(Close::Protocol),
        _ => Ending::Lost,
    }
}

#[cfg(test)]
mod tests;
