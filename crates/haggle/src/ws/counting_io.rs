//! A transport that counts the bytes read from it, and yields a prefix before its own.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

#[derive(Debug)]
pub struct CountingIo<S> {
    transport: S,
    /// Bytes that were read with the handshake and belong to the socket. `None` once they are used up:
    /// an empty slice would keep the whole buffer of the handshake alive.
    prefix: Option<Bytes>,
    bytes_read: u64,
}

impl<S> CountingIo<S> {
    pub fn new(transport: S, prefix: Bytes) -> Self {
        Self {
            transport,
            prefix: Some(prefix).filter(|prefix| !prefix.is_empty()),
            bytes_read: 0,
        }
    }

    pub fn bytes_read(&self) -> u64 {
        self.bytes_read
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for CountingIo<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = match self.prefix.take() {
            None => Pin::new(&mut self.transport).poll_read(cx, buffer),
            Some(mut prefix) => {
                buffer.put_slice(&prefix.split_to(prefix.len().min(buffer.remaining())));
                self.prefix = Some(prefix).filter(|rest| !rest.is_empty());
                Poll::Ready(Ok(()))
            }
        };
        self.bytes_read += (buffer.filled().len() - before) as u64;
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for CountingIo<S> {
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
