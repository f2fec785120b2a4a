//! Measures what an idle, authenticated socket costs in memory:
//!
//! `cargo run --release --example idle_sockets -- 10000`
//!
//! A child process is the server, on the storage model; this one holds the clients. The figure
//! is the growth of the child's resident memory divided by the number of sockets.

use std::{
    collections::HashMap,
    env,
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use chat::{
    ids::UserId,
    person::Role,
    storage::{DirectoryEditor, UserRecord},
    timestamp::{Clock, Timestamp},
};
use chat_testing::memory::MemoryStorage;
use futures_util::{SinkExt, StreamExt};
use haggle::{
    app::App,
    attachments::Attachments,
    auth::Auth,
    listener::{self, Door},
    router::router,
    settings::{Purpose, Secret, Settings, Sources},
};
use tokio::task::JoinSet;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type AnyError = Box<dyn std::error::Error + Send + Sync>;
type Socket = WebSocketStream<MaybeTlsStream<tokio::net::TcpStream>>;

/// Clients that connect at the same time.
const TOGETHER: usize = 100;

#[tokio::main]
async fn main() -> Result<(), AnyError> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [mode, users] = &arguments[..]
        && mode == "serve"
    {
        return serve(users.parse()?).await;
    }
    let sockets = arguments
        .first()
        .map_or(Ok(10_000), |count| count.parse())?;
    let mut server = Command::new(env::current_exe()?)
        .args(["serve", &sockets.to_string()])
        .stdout(Stdio::piped())
        .spawn()?;
    let measured = measure(&mut server, sockets).await;
    server.kill()?;
    measured
}

async fn measure(server: &mut Child, sockets: usize) -> Result<(), AnyError> {
    let output = server.stdout.take().ok_or("no output")?;
    let mut lines = BufReader::new(output).lines();
    let address = lines.next().ok_or("no address")??;
    let tokens: Vec<String> = lines.by_ref().take(sockets).collect::<Result<_, _>>()?;

    // The first sockets warm up what the server needs only once.
    let warm = connect(&address, &tokens[..TOGETHER.min(sockets)]).await?;
    let before = resident_bytes(server)?;
    let start = Instant::now();
    let rest = connect(&address, &tokens[warm.len()..]).await?;
    let connected_in = start.elapsed();
    tokio::time::sleep(Duration::from_secs(3)).await;
    let after = resident_bytes(server)?;

    let sockets = u64::try_from(rest.len())?;
    let each = after.saturating_sub(before) / sockets;
    println!("{sockets} sockets in {connected_in:.1?}: {each} bytes each");
    Ok(())
}

/// Sockets that are ready, and go on answering pings in tasks of their own.
async fn connect(address: &str, tokens: &[String]) -> Result<JoinSet<()>, AnyError> {
    let mut idle = JoinSet::new();
    for tokens in tokens.chunks(TOGETHER) {
        let connecting = tokens.iter().map(|token| ready(address, token));
        for socket in futures_util::future::try_join_all(connecting).await? {
            idle.spawn(async move { socket.for_each(|_| async {}).await });
        }
    }
    Ok(idle)
}

async fn ready(address: &str, token: &str) -> Result<Socket, AnyError> {
    let url = format!("ws://{address}/api/chat/ws");
    let small = WebSocketConfig::default()
        .read_buffer_size(1024)
        .write_buffer_size(1024);
    let (mut socket, _) = connect_async_with_config(url, Some(small), true).await?;
    let frame = format!(r#"{{"type":"authenticate","payload":{{"token":"{token}"}}}}"#);
    socket.send(Message::text(frame)).await?;
    while let Some(message) = socket.next().await {
        if message?.to_text()?.contains("\"ready\"") {
            return Ok(socket);
        }
    }
    Err("closed before it was ready".into())
}

fn resident_bytes(process: &Child) -> Result<u64, AnyError> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", process.id()))?;
    let fields: HashMap<_, _> = status
        .lines()
        .filter_map(|line| line.split_once(':'))
        .collect();
    let kilobytes = fields
        .get("VmRSS")
        .ok_or("no VmRSS")?
        .trim()
        .trim_end_matches(" kB");
    Ok(kilobytes.parse::<u64>()? * 1024)
}

/// Goes with the time of the process.
struct ProcessClock {
    start: Instant,
    ids: AtomicU64,
}

impl Clock for ProcessClock {
    fn now(&self) -> Timestamp {
        let micros = i64::try_from(self.start.elapsed().as_micros()).unwrap_or(i64::MAX);
        Timestamp::from_micros(micros)
    }

    fn new_id(&self) -> String {
        let count = self.ids.fetch_add(1, Ordering::Relaxed);
        format!("01900000-0000-7000-8000-{count:012x}")
    }
}

/// Prints its address and a token of each user, then serves until it is killed.
async fn serve(users: usize) -> Result<(), AnyError> {
    let app = app(users).await?;
    let listener = listener::bind(([127, 0, 0, 1], 0).into())?;
    let mut output = std::io::stdout().lock();
    writeln!(output, "{}", listener.local_addr()?)?;
    for user in 0..users {
        let token = app.auth.sign(&user_id(user), Duration::from_hours(1));
        writeln!(output, "{}", token.ok_or("no secret")?.0)?;
    }
    output.flush()?;
    drop(output);
    let (draining, tasks) = (app.draining.clone(), app.tasks.clone());
    listener::accept(listener, router(app, false), Door::open(), draining, tasks).await;
    Ok(())
}

fn user_id(number: usize) -> UserId {
    UserId::new(format!("01900000-0000-7000-9000-{number:012x}"))
}

async fn app(users: usize) -> Result<App, AnyError> {
    let storage = Arc::new(MemoryStorage::new());
    for user in 0..users {
        let user = UserRecord {
            id: user_id(user),
            name: format!("User {user}"),
            company: None,
            email: format!("user-{user}@example.org"),
            role: Role::Buyer,
            is_active: true,
            time_zone: None,
        };
        storage.silent().put_user(&user).await?;
    }
    let clock = Arc::new(ProcessClock {
        start: Instant::now(),
        ids: AtomicU64::new(0),
    });
    let settings = Settings::check(Sources::default(), Purpose::Other);
    let settings = settings.map_err(|wrong| format!("{wrong:?}"))?;
    let secret = Secret::new("a secret for benchmarks, long enough");
    let auth = Auth::new(Some(&secret), None, clock.clone())?;
    let attachments = Attachments::new(&settings, b"a key for benchmarks", clock.clone()).unwrap();
    let (app, _) = haggle::assembly::start(settings, auth, None, attachments, &storage, clock);
    Ok(app)
}
