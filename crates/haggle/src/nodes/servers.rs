//! The servers of one Redis: a single one, or the masters of a cluster, each with its part of the
//! keys. A key that has moved is looked for where it went.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use futures_util::future::try_join_all;
use redis::{
    Arg, AsyncConnectionConfig, Client, Cmd, ConnectionAddr, ConnectionInfo, ErrorKind, Pipeline,
    PushInfo, PushKind, RedisError, RedisFuture, RedisResult, Value,
    aio::{ConnectionLike, MultiplexedConnection, SendError},
};

use super::{
    kind::{Kind, broken, expect},
    slots::{Slots, name_of, slot_of},
};

/// The longest that a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(2);
/// The longest that Redis may take for one command.
pub const ANSWER: Duration = Duration::from_secs(2);
/// How often a key may have gone elsewhere.
const MOST_REDIRECTS: usize = 5;

/// What hears every push. It must not wait.
pub type Push = Arc<dyn Fn(PushInfo) + Send + Sync>;

pub async fn connect(
    info: &ConnectionInfo,
    push: Option<Push>,
) -> RedisResult<MultiplexedConnection> {
    let mut config = AsyncConnectionConfig::new()
        .set_connection_timeout(CONNECT)
        .set_response_timeout(ANSWER);
    if let Some(push) = push {
        config = config.set_push_sender(move |info| {
            push(info);
            Ok::<(), SendError>(())
        });
    }
    let client = Client::open(info.clone())?;
    client
        .get_multiplexed_async_connection_with_config(&config)
        .await
}

/// What a question goes over.
#[derive(Clone)]
pub struct Server {
    name: String,
    connection: MultiplexedConnection,
    /// For a key that is on its way to this server.
    is_asking: bool,
}

impl ConnectionLike for Server {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        if !self.is_asking {
            return self.connection.req_packed_command(command);
        }
        let mut both = Pipeline::new();
        both.cmd("ASKING").add_command(command.clone());
        Box::pin(async move {
            let answer = self.connection.req_packed_commands(&both, 1, 1).await?;
            Ok(answer.into_iter().next().unwrap_or(Value::Nil))
        })
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        commands: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        self.connection.req_packed_commands(commands, offset, count)
    }

    fn get_db(&self) -> i64 {
        self.connection.get_db()
    }
}

#[derive(Clone)]
pub struct Servers(Arc<Inner>);

struct Inner {
    /// One of them; the others are reached in the same way.
    first: ConnectionInfo,
    push: Push,
    known: Mutex<Known>,
}

struct Known {
    servers: Vec<Server>,
    /// Of each slot, the place of its server; empty where there is but one.
    owners: Vec<usize>,
}

/// To hear of channels, or no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hear {
    On,
    Off,
}

impl Servers {
    pub async fn one(info: &ConnectionInfo, push: Push) -> RedisResult<Self> {
        let mut connection = connect(info, Some(push.clone())).await?;
        expect(Kind::One, &mut connection).await?;
        let server = Server {
            name: info.addr.to_string(),
            connection,
            is_asking: false,
        };
        Ok(Self::new(info, push, vec![server], Vec::new()))
    }

    /// The masters; `first` is where these slots were learned from.
    pub async fn of_cluster(
        slots: &Slots,
        first: &ConnectionInfo,
        push: Push,
    ) -> RedisResult<Self> {
        let servers = slots
            .masters
            .iter()
            .map(|name| open(name, first, push.clone()));
        let servers = try_join_all(servers).await?;
        Ok(Self::new(first, push, servers, slots.owners.clone()))
    }

    fn new(first: &ConnectionInfo, push: Push, servers: Vec<Server>, owners: Vec<usize>) -> Self {
        Self(Arc::new(Inner {
            first: first.clone(),
            push,
            known: Mutex::new(Known { servers, owners }),
        }))
    }

    /// One question about a key; the answer may be an error of the server.
    pub async fn ask(&self, command: &Cmd) -> RedisResult<Value> {
        let asked = async |mut server: Server| {
            let answer = server.req_packed_command(command).await?;
            answer.extract_error()
        };
        let mut server = self.of(key_of(command));
        for _ in 0..MOST_REDIRECTS {
            match asked(server).await {
                Err(error) if is_redirect(&error) => server = self.follow(&error).await?,
                answer => return answer,
            }
        }
        Err(broken("a key of the cluster has no place"))
    }

    /// The same for a script.
    pub async fn call(&self, key: &str, call: &redis::ScriptInvocation<'_>) -> RedisResult<Value> {
        let mut server = self.of(key.as_bytes());
        for _ in 0..MOST_REDIRECTS {
            match call.invoke_async::<Value>(&mut server).await {
                Err(error) if is_redirect(&error) => server = self.follow(&error).await?,
                answer => return answer,
            }
        }
        Err(broken("a key of the cluster has no place"))
    }

    /// Each server gets what is its in one write, in this order.
    pub async fn tell(&self, commands: Vec<Cmd>) -> RedisResult<()> {
        let told = self.parts(commands, key_of).into_iter();
        let told = told.map(|(server, commands)| self.tell_one(server, commands));
        try_join_all(told).await.map(drop)
    }

    async fn tell_one(&self, mut server: Server, commands: Vec<Cmd>) -> RedisResult<()> {
        let answers = pipeline(&mut server, &commands).await?;
        for (answer, command) in answers.into_iter().zip(&commands) {
            match answer.extract_error() {
                Err(error) if is_redirect(&error) => {
                    self.follow(&error).await?;
                    self.ask(command).await?;
                }
                answer => drop(answer?),
            }
        }
        Ok(())
    }

    /// One command for each channel, since each gets one answer. Sharded channels in a cluster.
    /// For one task only.
    pub async fn hear(&self, hear: Hear, channels: &[String]) -> RedisResult<()> {
        let mut left = channels.to_vec();
        for _ in 0..MOST_REDIRECTS {
            let parts = self.parts(left, |channel| channel.as_bytes()).into_iter();
            let parts = parts.map(|(server, channels)| self.hear_of(hear, server, channels));
            let moved = try_join_all(parts).await?.into_iter().flatten();
            left = Vec::new();
            for (channel, error) in moved {
                self.follow(&error).await?;
                left.push(channel);
            }
            if left.is_empty() {
                return Ok(());
            }
        }
        Err(broken("a channel of the cluster has no place"))
    }

    /// Returns those that are elsewhere.
    async fn hear_of(
        &self,
        hear: Hear,
        mut server: Server,
        channels: Vec<String>,
    ) -> RedisResult<Vec<(String, RedisError)>> {
        let (verb, answer) = match (hear, self.is_cluster()) {
            (Hear::On, false) => ("SUBSCRIBE", PushKind::Subscribe),
            (Hear::Off, false) => ("UNSUBSCRIBE", PushKind::Unsubscribe),
            (Hear::On, true) => ("SSUBSCRIBE", PushKind::SSubscribe),
            (Hear::Off, true) => ("SUNSUBSCRIBE", PushKind::SUnsubscribe),
        };
        let command = |channel: &String| {
            let mut command = redis::cmd(verb);
            command.arg(channel);
            command
        };
        let commands: Vec<_> = channels.iter().map(command).collect();
        let answers = pipeline(&mut server, &commands).await?;
        let mut moved = Vec::new();
        for (said, channel) in answers.into_iter().zip(channels) {
            match said.extract_error() {
                Err(error) if is_redirect(&error) => moved.push((channel, error)),
                Err(error) => return Err(error),
                Ok(Value::Push { kind, data }) if kind == answer && is_about(&data, &channel) => {}
                // A server that says by itself that a channel is heard no longer is taken for one
                // that answers; from then on every answer is that of the question before.
                Ok(_) => return Err(mixed_up()),
            }
        }
        Ok(moved)
    }

    /// Every server answers, and those of a cluster have what they had.
    pub async fn ping(&self) -> RedisResult<()> {
        let ping = redis::cmd("PING");
        let asked = self.all().into_iter().map(async |mut server| {
            let answer = server.req_packed_command(&ping).await?.extract_error()?;
            match answer {
                Value::SimpleString(said) if said == "PONG" => Ok(()),
                _ => Err(mixed_up()),
            }
        });
        try_join_all(asked).await.map(drop)
    }

    /// Every master of a cluster is one, and sees the cluster well.
    pub async fn look(&self) -> RedisResult<()> {
        let asked = self.all().into_iter().map(async |mut server| {
            let host = server.name.rsplit_once(':').map_or("", |(host, _)| host);
            let slots = Slots::ask(&mut server.connection, host).await?;
            if self.is_owner(&server.name) && !slots.masters.contains(&server.name) {
                return Err(broken("a master of the cluster is none any more"));
            }
            Ok(())
        });
        try_join_all(asked).await.map(drop)
    }

    pub fn is_cluster(&self) -> bool {
        !self.known().owners.is_empty()
    }

    pub fn count(&self) -> usize {
        self.known().servers.len()
    }

    fn all(&self) -> Vec<Server> {
        self.known().servers.clone()
    }

    fn of(&self, key: &[u8]) -> Server {
        let known = self.known();
        known.servers[known.place_of(key)].clone()
    }

    fn is_owner(&self, name: &str) -> bool {
        let known = self.known();
        let place = known.servers.iter().position(|server| server.name == name);
        place.is_some_and(|place| known.owners.contains(&place))
    }

    /// What goes to which server.
    fn parts<T>(&self, all: Vec<T>, key_of: impl Fn(&T) -> &[u8]) -> Vec<(Server, Vec<T>)> {
        let known = self.known();
        let mut parts: HashMap<usize, Vec<T>> = HashMap::new();
        for one in all {
            parts
                .entry(known.place_of(key_of(&one)))
                .or_default()
                .push(one);
        }
        let parts = parts.into_iter();
        parts
            .map(|(place, part)| (known.servers[place].clone(), part))
            .collect()
    }

    /// Where a server says that the key is. One that has moved for good is remembered.
    async fn follow(&self, error: &RedisError) -> RedisResult<Server> {
        let (name, slot) = error.redirect_node().ok_or_else(mixed_up)?;
        let (host, port) = name.rsplit_once(':').ok_or_else(mixed_up)?;
        let port = port.parse().map_err(|_| mixed_up())?;
        let name = name_of(host, port, &host_of(&self.0.first));
        if self.place(&name).is_none() {
            let server = open(&name, &self.0.first, self.0.push.clone()).await?;
            let mut known = self.known();
            // Somebody else may have been as quick.
            if known.servers.iter().all(|known| known.name != name) {
                known.servers.push(server);
            }
        }
        let place = self.place(&name).ok_or_else(mixed_up)?;
        let mut known = self.known();
        let is_asking = error.kind() == ErrorKind::Ask;
        if !is_asking && let Some(owner) = known.owners.get_mut(usize::from(slot)) {
            *owner = place;
        }
        let server = known.servers[place].clone();
        Ok(Server {
            is_asking,
            ..server
        })
    }

    fn place(&self, name: &str) -> Option<usize> {
        let known = self.known();
        known.servers.iter().position(|server| server.name == name)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Nothing under this lock panics half-way.
        self.0.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn place_of(&self, key: &[u8]) -> usize {
        let slot = usize::from(slot_of(key));
        self.owners.get(slot).copied().unwrap_or(0)
    }
}

/// A server of the cluster, reached as the first was.
async fn open(name: &str, first: &ConnectionInfo, push: Push) -> RedisResult<Server> {
    let (host, port) = name.rsplit_once(':').ok_or_else(mixed_up)?;
    let (host, port) = (host.to_owned(), port.parse().map_err(|_| mixed_up())?);
    let mut info = first.clone();
    info.addr = match info.addr {
        ConnectionAddr::TcpTls {
            insecure,
            tls_params,
            ..
        } => ConnectionAddr::TcpTls {
            host,
            port,
            insecure,
            tls_params,
        },
        _ => ConnectionAddr::Tcp(host, port),
    };
    Ok(Server {
        name: name.to_owned(),
        connection: connect(&info, Some(push)).await?,
        is_asking: false,
    })
}

pub fn host_of(info: &ConnectionInfo) -> String {
    match &info.addr {
        ConnectionAddr::Tcp(host, _) | ConnectionAddr::TcpTls { host, .. } => host.clone(),
        ConnectionAddr::Unix(_) => String::new(),
    }
}

async fn pipeline(server: &mut Server, commands: &[Cmd]) -> RedisResult<Vec<Value>> {
    let mut pipeline = Pipeline::with_capacity(commands.len());
    for command in commands {
        pipeline.add_command(command.clone());
    }
    let answers = server.req_packed_commands(&pipeline, 0, commands.len());
    answers.await
}

/// Of all our commands it is what comes behind the verb.
fn key_of(command: &Cmd) -> &[u8] {
    match command.args_iter().nth(1) {
        Some(Arg::Simple(key)) => key,
        _ => b"",
    }
}

fn is_about(push: &[Value], channel: &str) -> bool {
    matches!(push.first(), Some(Value::BulkString(name)) if *name == channel.as_bytes())
}

fn is_redirect(error: &RedisError) -> bool {
    matches!(error.kind(), ErrorKind::Moved | ErrorKind::Ask)
}

fn mixed_up() -> RedisError {
    (ErrorKind::ResponseError, "an answer to something else").into()
}
