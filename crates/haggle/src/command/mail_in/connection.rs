//! Lines and bytes of a connection, each with a time by which it must have come.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    os::unix::net::UnixStream,
    time::{Duration, Instant},
};

use mail::lmtp::LINE_BYTES;

/// For the other end to take what is said.
const WRITE: Duration = Duration::from_mins(1);
const PIECE_BYTES: usize = 16 << 10;

pub(super) trait Stream: Read + Write + Send {
    fn wait_at_most(&self, read: Duration, write: Duration) -> io::Result<()>;
}

impl Stream for TcpStream {
    fn wait_at_most(&self, read: Duration, write: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(read))?;
        self.set_write_timeout(Some(write))
    }
}

impl Stream for UnixStream {
    fn wait_at_most(&self, read: Duration, write: Duration) -> io::Result<()> {
        self.set_read_timeout(Some(read))?;
        self.set_write_timeout(Some(write))
    }
}

pub(super) struct Connection {
    stream: Box<dyn Stream>,
    unread: Vec<u8>,
}

/// What came instead of a line, or one.
pub(super) enum Heard {
    Line(Vec<u8>),
    /// More bytes than a line has.
    TooMuch,
    /// Not in time.
    Nothing,
}

impl Connection {
    pub fn new(stream: Box<dyn Stream>) -> Self {
        Self {
            stream,
            unread: Vec::new(),
        }
    }

    pub fn say(&mut self, text: &str) -> io::Result<()> {
        self.stream.wait_at_most(WRITE, WRITE)?;
        self.stream.write_all(text.as_bytes())
    }

    pub fn line(&mut self, deadline: Instant) -> io::Result<Heard> {
        loop {
            let end = self.unread.iter().position(|byte| *byte == b'\n');
            match end {
                Some(end) if end < LINE_BYTES => {
                    return Ok(Heard::Line(self.unread.drain(..=end).collect()));
                }
                None if self.unread.len() < LINE_BYTES => {}
                _ => return Ok(Heard::TooMuch),
            }
            if !self.more(deadline)? {
                return Ok(Heard::Nothing);
            }
        }
    }

    /// Lets somebody take of what has come; they say how many bytes they took.
    pub fn feed(&mut self, take: impl FnOnce(&[u8]) -> usize) {
        let taken = take(&self.unread);
        self.unread.drain(..taken);
    }

    /// Waits for more. `false`: it did not come in time.
    pub fn more(&mut self, deadline: Instant) -> io::Result<bool> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(false);
        }
        self.stream.wait_at_most(left, WRITE)?;
        let mut piece = [0; PIECE_BYTES];
        match self.stream.read(&mut piece) {
            Ok(0) => Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => {
                self.unread.extend_from_slice(&piece[..read]);
                Ok(true)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(true),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut
                ) =>
            {
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }
}
