use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::task::JoinHandle;

/// When a statement's connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// PostgreSQL never hears of it.
    Before,
    /// PostgreSQL does it, and nobody hears how it ended.
    After,
}

/// A way to PostgreSQL that counts the statements which go by, and ends with one of them: as if the
/// client had been killed there.
#[derive(Debug)]
pub struct CutConnection {
    address: SocketAddr,
    database: String,
    seen: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

impl CutConnection {
    /// To the database of this URL. The first statement is 1.
    pub async fn at(url: &str, statement: usize, cut: Cut) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
        let address = listener.local_addr().expect("an address");
        let (socket, database) = socket(url);
        let seen = Arc::new(AtomicUsize::new(0));
        let counted = seen.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = UnixStream::connect(&socket).await.expect("PostgreSQL");
                let way = Way {
                    seen: counted.clone(),
                    statement,
                    cut,
                };
                tokio::spawn(way.carry(client, server));
            }
        });
        Self {
            address,
            database,
            seen,
            task,
        }
    }

    pub fn url(&self) -> String {
        format!(
            "postgres://haggle@{}/{}?sslmode=disable",
            self.address, self.database
        )
    }

    /// How many went by, the last one included.
    pub fn seen(&self) -> usize {
        self.seen.load(Ordering::SeqCst)
    }
}

impl Drop for CutConnection {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Way {
    seen: Arc<AtomicUsize>,
    statement: usize,
    cut: Cut,
}

impl Way {
    async fn carry(self, client: TcpStream, server: UnixStream) {
        let (mut from_client, mut to_client) = client.into_split();
        let (mut from_server, mut to_server) = server.into_split();
        let answers = tokio::spawn(async move {
            // Ends with either of the two.
            let _ = copy(&mut from_server, &mut to_client).await;
        });
        let mut is_first = true;
        while let Ok(message) = message(&mut from_client, is_first).await {
            is_first = false;
            // Query, Execute: what PostgreSQL is asked to do.
            let is_statement = matches!(message.first(), Some(b'Q' | b'E'));
            let number = if is_statement {
                self.seen.fetch_add(1, Ordering::SeqCst) + 1
            } else {
                0
            };
            let is_last = number == self.statement;
            if is_last && self.cut == Cut::Before {
                break;
            }
            if to_server.write_all(&message).await.is_err() {
                break;
            }
            if is_last {
                answers.abort();
                if message[0] == b'E' {
                    // Sync: without it nothing is committed.
                    let _ = to_server.write_all(&[b'S', 0, 0, 0, 4]).await;
                }
                break;
            }
        }
        answers.abort();
    }
}

/// The first one has no letter before its length.
async fn message(
    from: &mut (impl AsyncReadExt + Unpin),
    is_first: bool,
) -> std::io::Result<Vec<u8>> {
    let mut message = Vec::new();
    if !is_first {
        message.push(from.read_u8().await?);
    }
    let length = from.read_u32().await?;
    message.extend(length.to_be_bytes());
    let head = message.len();
    let rest = usize::try_from(length).expect("a length").saturating_sub(4);
    message.resize(head + rest, 0);
    from.read_exact(&mut message[head..]).await?;
    Ok(message)
}

/// The socket of the server that a URL of these tests names, and the database.
fn socket(url: &str) -> (PathBuf, String) {
    let (address, query) = url.split_once('?').expect("a URL with a folder");
    let folder = query.split('&').find_map(|part| part.strip_prefix("host="));
    let (server, database) = address.rsplit_once('/').expect("a database");
    let (_, port) = server.rsplit_once(':').expect("a port");
    let folder = PathBuf::from(folder.expect("a folder"));
    (folder.join(format!(".s.PGSQL.{port}")), database.to_owned())
}
