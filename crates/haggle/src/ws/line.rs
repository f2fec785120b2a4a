//! One WebSocket connection: frames in, frames out, and a close that arrives.

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

use super::counted::Counted;
use crate::hub::{close::Close, metrics::SocketMetrics};

/// The largest frame that a client may send.
pub const FRAME_BYTES: usize = 64 << 10;
/// A longer frame is read in several steps; an idle socket keeps no more than this.
const READ_BUFFER: usize = 1 << 10;
/// Frames are collected up to this before they are written.
const WRITE_BUFFER: usize = 4 << 10;
/// Far above any frame; a write that is held up waits instead of collecting.
const MOST_WRITE_BUFFER: usize = 1 << 20;
/// The longest that a close waits for a peer that does not read.
const CLOSE_WAIT: Duration = Duration::from_secs(10);
/// The same while the server drains, and for the answer to a close.
const SHORT_WAIT: Duration = Duration::from_secs(2);
/// The longest that the peer's bytes are read away after a close.
const PART_WAIT: Duration = Duration::from_secs(2);

/// The transport below; TCP outside of tests.
pub trait Transport: AsyncRead + AsyncWrite + Unpin + Send + 'static {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + 'static> Transport for T {}

#[derive(Debug)]
pub enum Heard {
    Text(Utf8Bytes),
    Binary,
    /// A ping, which is answered by the library, or a pong.
    Control,
}

/// How a connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Close(Close),
    /// The peer closed; it hears our answer.
    ByPeer,
    /// The connection is gone.
    Lost,
}

pub struct Line<S> {
    socket: WebSocketStream<Counted<S>>,
    /// The fewest bytes that the frames heard so far took on the wire.
    heard_bytes: u64,
    /// A buffer has become larger than an idle socket should keep.
    has_grown: bool,
    frames_in: Counter,
    frames_out: Counter,
}

impl<S: Transport> Line<S> {
    /// `first`: what the client said before the transport was ours.
    pub async fn new(transport: S, first: Bytes, metrics: &SocketMetrics) -> Self {
        Self {
            socket: open(Counted::new(transport, first)).await,
            heard_bytes: 0,
            has_grown: false,
            frames_in: metrics.frames_in.clone(),
            frames_out: metrics.frames_out.clone(),
        }
    }

    /// The next frame. Nothing is lost when this is dropped.
    pub async fn hear(&mut self) -> Result<Heard, Ending> {
        let message = match self.socket.next().await {
            Some(Ok(message)) => message,
            Some(Err(error)) => return Err(ending(&error)),
            None => return Err(Ending::ByPeer),
        };
        self.frames_in.increment(1);
        self.heard_bytes += fewest_wire_bytes(message.len());
        self.has_grown |= message.len() > READ_BUFFER;
        match message {
            Message::Text(text) => Ok(Heard::Text(text)),
            Message::Binary(_) => Ok(Heard::Binary),
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => Ok(Heard::Control),
            Message::Close(_) => Err(Ending::ByPeer),
        }
    }

    /// Writes a frame, perhaps later with others. Waits while the peer does not read.
    pub async fn feed(&mut self, text: Utf8Bytes) -> Result<(), Ending> {
        self.frames_out.increment(1);
        self.has_grown |= text.len() > WRITE_BUFFER;
        let fed = self.socket.feed(Message::Text(text)).await;
        fed.map_err(|error| ending(&error))
    }

    pub async fn flush(&mut self) -> Result<(), Ending> {
        self.socket.flush().await.map_err(|error| ending(&error))
    }

    pub async fn say(&mut self, text: Utf8Bytes) -> Result<(), Ending> {
        self.feed(text).await?;
        self.flush().await
    }

    pub async fn ping(&mut self) -> Result<(), Ending> {
        let ping = Message::Ping(Bytes::new());
        self.socket.send(ping).await.map_err(|error| ending(&error))
    }

    /// Whether [`Self::shrink`] would free memory and lose nothing: everything
    /// that was read has been heard. Only to be asked after a flush.
    pub fn can_shrink(&self) -> bool {
        self.has_grown && self.socket.get_ref().bytes_read() == self.heard_bytes
    }

    /// The same connection with buffers as small as at the start.
    pub async fn shrink(self) -> Self {
        Self {
            socket: open(self.socket.into_inner()).await,
            has_grown: false,
            ..self
        }
    }

    /// Says goodbye in the way that fits.
    pub async fn end(mut self, ending: Ending) {
        let said = match ending {
            Ending::Close(close) => {
                let wait = match close {
                    Close::GoingAway => SHORT_WAIT,
                    _ => CLOSE_WAIT,
                };
                timeout(wait, self.socket.close(Some(close.frame()))).await
            }
            Ending::ByPeer => timeout(SHORT_WAIT, self.socket.flush()).await,
            Ending::Lost => return,
        };
        if matches!(said, Ok(Ok(()))) {
            part(self.socket.into_inner()).await;
        }
    }
}

/// Ends our half, then reads the peer's bytes away for a moment: a connection that is
/// dropped with unread bytes is reset, and a reset overtakes the close frame.
async fn part(mut transport: impl Transport) {
    let parting = async {
        transport.shutdown().await?;
        let mut scratch = vec![0; WRITE_BUFFER];
        while transport.read(&mut scratch).await? > 0 {}
        std::io::Result::Ok(())
    };
    // Whatever happens now, the connection is dropped.
    let _ = timeout(PART_WAIT, parting).await;
}

async fn open<S: Transport>(transport: Counted<S>) -> WebSocketStream<Counted<S>> {
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
