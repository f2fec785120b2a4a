//! A transport that counts what was read from it, and has some bytes in advance.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

#[derive(Debug)]
pub struct Counted<S> {
    transport: S,
    /// What was read with the handshake and belongs to us. `None` once it is used up: also
    /// an empty part keeps the whole buffer of the handshake alive.
    first: Option<Bytes>,
    bytes_read: u64,
}

impl<S> Counted<S> {
    pub fn new(transport: S, first: Bytes) -> Self {
        Self {
            transport,
            first: Some(first).filter(|first| !first.is_empty()),
            bytes_read: 0,
        }
    }

    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Counted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = match self.first.take() {
            None => Pin::new(&mut self.transport).poll_read(cx, buffer),
            Some(mut first) => {
                buffer.put_slice(&first.split_to(first.len().min(buffer.remaining())));
                self.first = Some(first).filter(|rest| !rest.is_empty());
                Poll::Ready(Ok(()))
            }
        };
        self.bytes_read += (buffer.filled().len() - before) as u64;
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Counted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.transport).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.transport).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.transport).poll_shutdown(cx)
    }
}
