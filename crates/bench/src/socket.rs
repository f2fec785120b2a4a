//! A `WebSocket` that costs as little as possible: frames are found, not understood.

use std::cell::RefCell;
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, ReadBuf};
use tokio::net::TcpStream;

use crate::http::find;

thread_local! {
    /// Where bytes are read into. Thousands of sockets would fill the memory with buffers of their own.
    static SCRATCH: RefCell<[u8; 16 << 10]> = const { RefCell::new([0; 16 << 10]) };
}

const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
    /// What was read behind the last whole frame.
    rest: Vec<u8>,
}

impl Socket {
    pub async fn open(address: SocketAddr, path: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let mut socket = Self {
            stream,
            rest: Vec::new(),
        };
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        socket.stream.write_all(request.as_bytes()).await?;
        loop {
            if socket.stream.read_buf(&mut socket.rest).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(end) = find(&socket.rest, b"\r\n\r\n") {
                if !socket.rest.starts_with(b"HTTP/1.1 101") {
                    let said = String::from_utf8_lossy(&socket.rest).into_owned();
                    return Err(io::Error::other(said));
                }
                socket.rest.drain(..end + 4);
                return Ok(socket);
            }
        }
    }

    /// A socket of the chat server that has said who it is and has heard `ready`.
    pub async fn enter(address: SocketAddr, token: &str) -> io::Result<Self> {
        Self::return_to(address, token, "{}", |_| {}).await
    }

    /// The same with a `since`, an object as JSON; hands over what was said until `ready`.
    pub async fn return_to(
        address: SocketAddr,
        token: &str,
        since: &str,
        mut on_text: impl FnMut(&[u8]),
    ) -> io::Result<Self> {
        let mut socket = Self::open(address, "/api/chat/ws").await?;
        let hello =
            format!(r#"{{"type":"authenticate","payload":{{"token":"{token}","since":{since}}}}}"#);
        socket.say(hello.as_bytes()).await?;
        let mut is_ready = false;
        while !is_ready {
            let ready = br#"{"type":"ready""#;
            let on_frame = |frame: &[u8]| {
                is_ready |= frame.starts_with(ready);
                on_text(frame);
            };
            socket.hear(on_frame).await?;
        }
        Ok(socket)
    }

    pub async fn say(&mut self, text: &[u8]) -> io::Result<()> {
        self.stream.write_all(&frame(TEXT, text)).await
    }

    /// Waits for bytes and hands over the text frames that they complete. Nothing is lost when this
    /// is dropped.
    pub async fn hear(&mut self, mut on_text: impl FnMut(&[u8])) -> io::Result<()> {
        let mut hear = |cx: &mut Context<'_>, bytes: &mut [u8]| {
            let mut bytes = ReadBuf::new(bytes);
            ready!(Pin::new(&mut self.stream).poll_read(cx, &mut bytes))?;
            Poll::Ready(self.take_in(bytes.filled(), &mut on_text))
        };
        poll_fn(|cx| SCRATCH.with_borrow_mut(|bytes| hear(cx, bytes))).await
    }

    fn take_in(&mut self, bytes: &[u8], on_text: &mut impl FnMut(&[u8])) -> io::Result<()> {
        if bytes.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // Nearly always whole frames come, and nothing is copied.
        let mut joined = std::mem::take(&mut self.rest);
        let mut incoming = bytes;
        if !joined.is_empty() {
            joined.extend_from_slice(bytes);
            incoming = &joined;
        }
        while let Some((opcode, payload, whole)) = first_frame(incoming) {
            match opcode {
                TEXT => on_text(payload),
                // So small that it fits, or the server is gone.
                PING => drop(self.stream.try_write(&frame(PONG, payload))),
                CLOSE => return Err(io::Error::other("the server closed a socket")),
                _ => {}
            }
            incoming = &incoming[whole..];
        }
        if !incoming.is_empty() {
            self.rest = incoming.to_vec();
        }
        Ok(())
    }
}

/// Masked, as a client must, with zeros, as nobody forbids.
fn frame(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x80 | opcode];
    match payload.len() {
        length @ ..126 => frame.push(0x80 | u8::try_from(length).unwrap_or(0)),
        length => {
            frame.push(0x80 + 126);
            frame.extend(u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend_from_slice(payload);
    frame
}

/// Its opcode, its payload, and the bytes of all of it.
fn first_frame(bytes: &[u8]) -> Option<(u8, &[u8], usize)> {
    let (&[first, second], rest) = bytes.split_first_chunk()?;
    let (header, length) = match second & 0x7f {
        126 => (4, usize::from(u16::from_be_bytes(*rest.first_chunk()?))),
        127 => {
            let length = u64::from_be_bytes(*rest.first_chunk()?);
            (10, usize::try_from(length).ok()?)
        }
        length => (2, usize::from(length)),
    };
    let whole = header + length;
    Some((first & 0x0f, bytes.get(header..whole)?, whole))
}

#[cfg(test)]
mod tests {
    use super::{TEXT, first_frame};

    #[test]
    fn frames_are_found_when_they_are_whole() {
        let mut bytes = vec![0x81, 2, b'h', b'i', 0x81, 126, 0, 200];
        bytes.extend([b'x'; 200]);
        assert_eq!(first_frame(&bytes), Some((TEXT, &b"hi"[..], 4)));
        assert_eq!(
            first_frame(&bytes[4..]),
            Some((TEXT, &[b'x'; 200][..], 204))
        );
        assert_eq!(first_frame(&bytes[4..100]), None);
    }
}
