//! A TCP proxy that can be told to be a bad network.

use std::{io, net::SocketAddr, path::PathBuf, time::Duration};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream, UnixStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
    time::sleep,
};

/// Bytes that one direction of one connection holds.
const PIECE: usize = 16 << 10;
/// A bound, for those who open connections without end.
const MOST_CONNECTIONS: usize = 2_000;

#[derive(Clone, Debug)]
pub enum To {
    Tcp(SocketAddr),
    Unix(PathBuf),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Weather {
    #[default]
    Fair,
    Late(Duration),
    Still,
    /// Nobody passes, and whoever was under way is reset.
    Down,
}

/// Ends with the value.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    weather: watch::Sender<Weather>,
    task: JoinHandle<()>,
}

impl Proxy {
    pub async fn open(to: To) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (weather, watched) = watch::channel(Weather::Fair);
        let task = tokio::spawn(accept(listener, to, watched));
        Ok(Self {
            address,
            weather,
            task,
        })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn cut(&self) {
        self.weather.send_replace(Weather::Down);
    }

    pub fn stall(&self) {
        self.weather.send_replace(Weather::Still);
    }

    pub fn delay(&self, by: Duration) {
        self.weather.send_replace(Weather::Late(by));
    }

    pub fn clear(&self) {
        self.weather.send_replace(Weather::Fair);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn accept(listener: TcpListener, to: To, weather: watch::Receiver<Weather>) {
    // Ends them when it is dropped.
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            Some(_) = connections.join_next() => continue,
        };
        let Ok((client, _)) = accepted else { continue };
        let is_down = *weather.borrow() == Weather::Down;
        if is_down || connections.len() >= MOST_CONNECTIONS {
            reset(&client);
        } else {
            connections.spawn(carry(client, to.clone(), weather.clone()));
        }
    }
}

async fn carry(mut client: TcpStream, to: To, weather: watch::Receiver<Weather>) {
    let carried = match to {
        To::Tcp(address) => carry_to_tcp(&mut client, address, weather).await,
        To::Unix(path) => carry_to_unix(&mut client, path, weather).await,
    };
    if carried.is_err() {
        reset(&client);
    }
}

async fn carry_to_tcp(
    client: &mut TcpStream,
    address: SocketAddr,
    weather: watch::Receiver<Weather>,
) -> io::Result<()> {
    let mut server = TcpStream::connect(address).await?;
    server.set_nodelay(true)?;
    client.set_nodelay(true)?;
    let carried = both_ways(client.split(), server.split(), weather).await;
    if carried.is_err() {
        reset(&server);
    }
    carried
}

async fn carry_to_unix(
    client: &mut TcpStream,
    path: PathBuf,
    weather: watch::Receiver<Weather>,
) -> io::Result<()> {
    let mut server = UnixStream::connect(path).await?;
    client.set_nodelay(true)?;
    both_ways(client.split(), server.split(), weather).await
}

/// Until both directions have ended, or one of them has failed.
async fn both_ways(
    client: (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
    server: (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
    mut weather: watch::Receiver<Weather>,
) -> io::Result<()> {
    let there = pump(client.0, server.1, weather.clone());
    let back = pump(server.0, client.1, weather.clone());
    let both = async { tokio::try_join!(there, back).map(|_| ()) };
    tokio::select! {
        done = both => done,
        _ = weather.wait_for(|weather| *weather == Weather::Down) => {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut weather: watch::Receiver<Weather>,
) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        let read = from.read(&mut piece).await;
        // Also an end is news, and comes late.
        passable(&mut weather).await;
        let length = read?;
        if length == 0 {
            return to.shutdown().await;
        }
        to.write_all(&piece[..length]).await?;
    }
}

/// Waits for as long as the weather holds everything up.
async fn passable(weather: &mut watch::Receiver<Weather>) {
    let now = *weather.borrow();
    match now {
        Weather::Fair | Weather::Down => {}
        Weather::Late(by) => sleep(by).await,
        // An error is the end of the proxy.
        Weather::Still => drop(weather.wait_for(|now| *now != Weather::Still).await),
    }
}

fn reset(stream: &TcpStream) {
    // A connection that is gone already needs no reset.
    let _ = stream.set_zero_linger();
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, TcpStream},
        time::timeout,
    };

    use super::{Proxy, To};

    /// A client and its server, with the proxy between them.
    async fn line() -> (Proxy, TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Proxy::open(To::Tcp(listener.local_addr().unwrap()));
        let proxy = proxy.await.unwrap();
        let client = TcpStream::connect(proxy.address()).await.unwrap();
        let (server, _) = listener.accept().await.unwrap();
        (proxy, client, server)
    }

    async fn carries(from: &mut TcpStream, to: &mut TcpStream) -> bool {
        from.write_all(b"!").await.unwrap();
        let heard = timeout(Duration::from_millis(100), to.read_u8()).await;
        heard.is_ok_and(|heard| heard.is_ok_and(|byte| byte == b'!'))
    }

    #[tokio::test]
    async fn it_carries_both_ways_and_a_stall_only_holds_up() {
        let (proxy, mut client, mut server) = line().await;
        assert!(carries(&mut client, &mut server).await);
        assert!(carries(&mut server, &mut client).await);
        proxy.stall();
        assert!(!carries(&mut client, &mut server).await);
        proxy.clear();
        assert_eq!(server.read_u8().await.unwrap(), b'!');
        drop(client);
        assert_eq!(server.read(&mut [0]).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn a_cut_resets_both_sides_and_lets_nobody_in() {
        let (proxy, mut client, mut server) = line().await;
        assert!(carries(&mut client, &mut server).await);
        proxy.cut();
        assert!(client.read(&mut [0]).await.is_err());
        assert!(server.read(&mut [0]).await.is_err());
        let mut late = TcpStream::connect(proxy.address()).await.unwrap();
        assert!(!matches!(late.read(&mut [0]).await, Ok(1..)));
    }
}
