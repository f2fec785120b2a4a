//! A keep-alive connection that costs as little as possible, so that the load does not take the
//! cores that the server needs: requests are bytes made beforehand, of an answer only the status
//! and the length are read.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// The status of an answer, and where its body ends and begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    status: u16,
    body: usize,
    end: usize,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let buffer = Vec::with_capacity(4096);
        Ok(Self { stream, buffer })
    }

    /// Sends a request and waits for its whole answer; its body is given.
    pub async fn exchange(&mut self, request: &[u8]) -> io::Result<&[u8]> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let Some(head) = Head::parse(&self.buffer) else {
                continue;
            };
            if self.buffer.len() < head.end {
                self.buffer.reserve(head.end - self.buffer.len());
                continue;
            }
            let body = &self.buffer[head.body..head.end];
            if (200..300).contains(&head.status) {
                return Ok(body);
            }
            let said = String::from_utf8_lossy(body);
            let problem = format!("the server answered {}: {said}", head.status);
            return Err(io::Error::other(problem));
        }
    }
}

impl Head {
    /// `None` while it is not complete.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let length = find(bytes, b"\r\n\r\n")?;
        let head = &bytes[..length];
        let status = head.get(9..12).and_then(number).unwrap_or(0);
        let name = b"content-length: ";
        let at = head
            .windows(name.len())
            .position(|part| part.eq_ignore_ascii_case(name));
        let content = at.map_or(&b""[..], |at| &head[at + name.len()..]);
        let digits = content.iter().take_while(|byte| byte.is_ascii_digit());
        let content = number(&content[..digits.count()]).unwrap_or(0);
        let body = length + 4;
        Some(Self {
            status: u16::try_from(status).unwrap_or(0),
            body,
            end: body + content,
        })
    }
}

fn number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// Where something begins.
pub fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|part| part == what)
}

#[cfg(test)]
mod tests {
    use super::Head;

    #[test]
    fn an_answer_ends_where_its_head_says() {
        let answer = b"HTTP/1.1 201 Created\r\ncontent-length: 2\r\nvary: origin\r\n\r\n{}";
        let head = Head::parse(answer).unwrap();
        assert_eq!(
            (head.status, &answer[head.body..head.end]),
            (201, &b"{}"[..])
        );
        assert_eq!(Head::parse(&answer[..30]), None);
        let express = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        assert_eq!(Head::parse(express).unwrap().end, express.len());
    }
}
