//! `haggle mail-in --lmtp`: a mail server brings one message after the other, and hears what became of each for each
//! of its recipients.

use std::{
    fs, io,
    net::{TcpListener, TcpStream},
    os::unix::{
        fs::{FileTypeExt, PermissionsExt},
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use mail::lmtp::{Content, Lmtp, Next, Outcome};

use super::{
    connection::{Connection, Heard, Stream},
    hand_over::{Failed, hand_over},
};
use crate::{reach::most_mail_bytes, settings::Settings, stdout::say};

/// Connections at once: as many as Postfix opens.
const CONNECTIONS: usize = 20;
/// Bytes of all messages in memory: the server takes two apart at a time.
const HELD_BYTES: usize = 128 << 20;
/// For a command to come, and for a whole message.
const COMMAND: Duration = Duration::from_mins(5);
const CONTENT: Duration = Duration::from_mins(10);
/// After the operating system refused us a connection.
const PAUSE: Duration = Duration::from_millis(100);
/// Who may connect to a socket in the file system: its user and its group.
const MODE: u32 = 0o660;

/// Where a mail server finds it.
#[derive(Clone, Debug)]
pub(super) enum Address {
    /// A name or an address, and a port.
    Tcp(String),
    Unix(PathBuf),
}

impl Address {
    pub fn parse(text: &str) -> Self {
        match text.strip_prefix("unix:") {
            Some(path) => Self::Unix(path.into()),
            None => Self::Tcp(text.to_owned()),
        }
    }
}

enum Listener {
    Tcp(TcpListener),
    Unix(UnixListener),
}

/// What all connections have together.
#[derive(Default)]
struct Shared {
    connections: AtomicUsize,
    held_bytes: AtomicUsize,
}

/// Until it is ended. Whoever was bringing a message then brings it again, and the same one twice is one message.
pub(super) fn serve(settings: &Settings, address: &Address) -> io::Result<()> {
    let listener = Listener::open(address)?;
    let settings = Arc::new(settings.clone());
    let shared = Arc::new(Shared::default());
    loop {
        let stream = match listener.accept() {
            Ok(stream) => stream,
            Err(error) => {
                eprintln!("no connection could be taken: {error}");
                thread::sleep(PAUSE);
                continue;
            }
        };
        let mut connection = Connection::new(stream);
        let Some(place) = Place::take(&shared) else {
            // Nobody waits for them to hear it.
            let _ = connection.say(&Lmtp::full());
            continue;
        };
        let settings = settings.clone();
        let begun = thread::Builder::new().spawn(move || {
            // An end is an end, whichever.
            let _ = converse(&settings, &place.0, &mut connection);
        });
        if let Err(error) = begun {
            eprintln!("no connection could be taken: {error}");
            thread::sleep(PAUSE);
        }
    }
}

impl Listener {
    fn open(address: &Address) -> io::Result<Self> {
        match address {
            Address::Tcp(address) => {
                let listener = TcpListener::bind(address)?;
                say(&format!("LMTP at {}", listener.local_addr()?));
                Ok(Self::Tcp(listener))
            }
            Address::Unix(path) => {
                remove_of_the_dead(path)?;
                let listener = UnixListener::bind(path)?;
                fs::set_permissions(path, fs::Permissions::from_mode(MODE))?;
                say(&format!("LMTP at unix:{}", path.display()));
                Ok(Self::Unix(listener))
            }
        }
    }

    fn accept(&self) -> io::Result<Box<dyn Stream>> {
        Ok(match self {
            Self::Tcp(listener) => {
                let (stream, _): (TcpStream, _) = listener.accept()?;
                stream.set_nodelay(true)?;
                Box::new(stream)
            }
            Self::Unix(listener) => Box::new(listener.accept()?.0),
        })
    }
}

/// A socket that nobody listens at any more is in the way of the next.
fn remove_of_the_dead(path: &Path) -> io::Result<()> {
    let is_socket = fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket());
    let is_dead = |error: io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
    if is_socket && UnixStream::connect(path).is_err_and(is_dead) {
        fs::remove_file(path)?;
    }
    Ok(())
}

/// One of the connections.
struct Place(Arc<Shared>);

impl Place {
    fn take(shared: &Arc<Shared>) -> Option<Self> {
        let more = |count| (count < CONNECTIONS).then_some(count + 1);
        let (relaxed, connections) = (Ordering::Relaxed, &shared.connections);
        let taken = connections.fetch_update(relaxed, relaxed, more);
        taken.ok().map(|_| Self(shared.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Memory that a message takes of what there is for all.
struct Held<'a> {
    bytes: usize,
    shared: &'a Shared,
}

impl Held<'_> {
    /// Whether there was so much.
    fn grow_to(&mut self, bytes: usize) -> bool {
        let more = bytes.saturating_sub(self.bytes);
        let add = |held: usize| (held + more <= HELD_BYTES).then_some(held + more);
        let (relaxed, held) = (Ordering::Relaxed, &self.shared.held_bytes);
        let is_there = held.fetch_update(relaxed, relaxed, add).is_ok();
        self.bytes += if is_there { more } else { 0 };
        is_there
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let held = &self.shared.held_bytes;
        held.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

fn converse(settings: &Settings, shared: &Shared, connection: &mut Connection) -> io::Result<()> {
    let most_bytes = most_mail_bytes(settings);
    let mut lmtp = Lmtp::new(most_bytes);
    connection.say(&Lmtp::greeting())?;
    loop {
        let next = match connection.line(Instant::now() + COMMAND)? {
            Heard::Line(line) => lmtp.hear(&line),
            Heard::TooMuch => Lmtp::hear_too_much(),
            Heard::Nothing => Next::End(Lmtp::too_slow()),
        };
        match next {
            Next::Command(said) => connection.say(&said)?,
            Next::End(said) => return connection.say(&said),
            Next::Content(said) => {
                connection.say(&said)?;
                if !message(settings, shared, connection, &mut lmtp, most_bytes)? {
                    return connection.say(&Lmtp::too_slow());
                }
            }
        }
    }
}

/// Takes one message, and answers for each recipient. `false`: it did not come in time.
fn message(
    settings: &Settings,
    shared: &Shared,
    connection: &mut Connection,
    lmtp: &mut Lmtp,
    most_bytes: usize,
) -> io::Result<bool> {
    let deadline = Instant::now() + CONTENT;
    let mut content = Content::new(most_bytes);
    let mut held = Held { bytes: 0, shared };
    let mut has_room = true;
    loop {
        connection.feed(|piece| content.take(piece));
        if has_room && !held.grow_to(content.len()) {
            has_room = false;
            content.drop_it();
        }
        if content.is_over() {
            break;
        }
        if !connection.more(deadline)? {
            return Ok(false);
        }
    }
    let whole = content.whole();
    for note in lmtp.take_notes() {
        let answer = match &whole {
            _ if !has_room => {
                let reason = "too many large messages at once, try later";
                Outcome::Later(reason.to_owned()).answer()
            }
            None => lmtp.too_large(),
            Some(whole) => deliver(settings, &note, whole).answer(),
        };
        connection.say(&answer)?;
    }
    Ok(true)
}

fn deliver(settings: &Settings, note: &str, message: &[u8]) -> Outcome {
    match hand_over(settings, &[note.as_bytes(), message]) {
        Ok(()) => Outcome::Taken,
        Err(Failed::Refused(reason)) => Outcome::Refused(reason),
        Err(Failed::Later(reason)) => Outcome::Later(reason),
    }
}
