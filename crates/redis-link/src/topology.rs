//! The servers of one Redis: a single one, or the masters of a cluster, each with its part of the
//! keys. A key that has moved is looked for where it went.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use futures_util::future::try_join_all;
use redis::{ConnectionInfo, PushKind, ScriptInvocation, Value, aio::ConnectionLike};

use crate::{
    command::Command,
    error::{Error, Result},
    server::{Push, Server, connect, host_of},
    server_mode::{ServerMode, expect},
    slots::{Slots, name_of, slot_of},
};

/// How often a key may have gone elsewhere.
const MOST_REDIRECTS: usize = 5;

#[derive(Clone)]
pub struct Topology(Arc<Inner>);

struct Inner {
    /// One of them; the others are reached in the same way.
    first: ConnectionInfo,
    push: Push,
    known: Mutex<Known>,
}

struct Known {
    servers: Vec<Server>,
    /// Of each slot, the place of its server; empty where there is only one server.
    owners: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subscription {
    On,
    Off,
}

impl Topology {
    pub async fn of_one(info: &ConnectionInfo, push: Push) -> Result<Self> {
        let mut connection = connect(info, Some(push.clone())).await?;
        expect(ServerMode::One, &mut connection).await?;
        let server = Server::new(info.addr().to_string(), connection);
        Ok(Self::new(info, push, vec![server], Vec::new()))
    }

    /// The masters; `first` is where these slots were learned from.
    pub async fn of_cluster(slots: &Slots, first: &ConnectionInfo, push: Push) -> Result<Self> {
        let servers = slots.masters.iter();
        let servers = servers.map(|name| Server::open(name, first, push.clone()));
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

    /// One question about a key; an error of the server is an error here.
    pub async fn ask(&self, command: &Command) -> Result<Value> {
        let asked = async |mut server: Server| {
            let answer = server.req_packed_command(&command.0).await?;
            answer.extract_error().map_err(Error::from)
        };
        let mut server = self.server_of(command.key());
        for _ in 0..MOST_REDIRECTS {
            match asked(server).await {
                Err(error) if error.redirect().is_some() => server = self.follow(&error).await?,
                answer => return answer,
            }
        }
        Err(Error::broken_cluster("a key of the cluster has no place"))
    }

    /// The same for a script.
    pub async fn call(&self, key: &str, call: &ScriptInvocation<'_>) -> Result<Value> {
        let mut server = self.server_of(key.as_bytes());
        for _ in 0..MOST_REDIRECTS {
            let answer = call.invoke_async::<Value>(&mut server).await;
            match answer.map_err(Error::from) {
                Err(error) if error.redirect().is_some() => server = self.follow(&error).await?,
                answer => return answer,
            }
        }
        Err(Error::broken_cluster("a key of the cluster has no place"))
    }

    /// Each server gets its commands in one write, in this order.
    pub async fn send(&self, commands: Vec<Command>) -> Result<()> {
        let sent = self.parts(commands, Command::key).into_iter();
        let sent = sent.map(|(server, commands)| self.send_to(server, commands));
        try_join_all(sent).await.map(drop)
    }

    async fn send_to(&self, mut server: Server, commands: Vec<Command>) -> Result<()> {
        let answers = server.pipeline(&commands).await?;
        for (answer, command) in answers.into_iter().zip(&commands) {
            match answer.extract_error().map_err(Error::from) {
                Err(error) if error.redirect().is_some() => {
                    self.follow(&error).await?;
                    self.ask(command).await?;
                }
                answer => drop(answer?),
            }
        }
        Ok(())
    }

    /// One command for each channel, since each gets one answer. In a cluster the channels are
    /// sharded. For one task only.
    pub async fn subscribe(&self, subscription: Subscription, channels: &[String]) -> Result<()> {
        let mut left = channels.to_vec();
        for _ in 0..MOST_REDIRECTS {
            let parts = self.parts(left, |channel| channel.as_bytes()).into_iter();
            let parts = parts.map(|(server, part)| self.subscribe_at(subscription, server, part));
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
        Err(Error::broken_cluster(
            "a channel of the cluster has no place",
        ))
    }

    /// Returns the channels that are at another server.
    async fn subscribe_at(
        &self,
        subscription: Subscription,
        mut server: Server,
        channels: Vec<String>,
    ) -> Result<Vec<(String, Error)>> {
        let (verb, answer) = match (subscription, self.is_cluster()) {
            (Subscription::On, false) => ("SUBSCRIBE", PushKind::Subscribe),
            (Subscription::Off, false) => ("UNSUBSCRIBE", PushKind::Unsubscribe),
            (Subscription::On, true) => ("SSUBSCRIBE", PushKind::SSubscribe),
            (Subscription::Off, true) => ("SUNSUBSCRIBE", PushKind::SUnsubscribe),
        };
        let command = |channel: &String| {
            let mut command = redis::cmd(verb);
            command.arg(channel);
            Command(command)
        };
        let commands: Vec<_> = channels.iter().map(command).collect();
        let answers = server.pipeline(&commands).await?;
        let mut moved = Vec::new();
        for (said, channel) in answers.into_iter().zip(channels) {
            match said.extract_error().map_err(Error::from) {
                Err(error) if error.redirect().is_some() => moved.push((channel, error)),
                Err(error) => return Err(error),
                Ok(Value::Push { kind, data }) if kind == answer && is_about(&data, &channel) => {}
                // A push of the server's own accord was taken for an answer; from then on every
                // answer belongs to the question before.
                Ok(_) => return Err(Error::unexpected_answer()),
            }
        }
        Ok(moved)
    }

    /// Every server answers.
    pub async fn ping(&self) -> Result<()> {
        let ping = redis::cmd("PING");
        let asked = self.servers().into_iter().map(async |mut server| {
            let answer = server.req_packed_command(&ping).await?.extract_error()?;
            match answer {
                Value::SimpleString(said) if said == "PONG" => Ok(()),
                _ => Err(Error::unexpected_answer()),
            }
        });
        try_join_all(asked).await.map(drop)
    }

    /// Every master of a cluster still is one, and sees the whole cluster.
    pub async fn check_cluster(&self) -> Result<()> {
        let asked = self.servers().into_iter().map(async |mut server| {
            let host = server.name.rsplit_once(':').map_or("", |(host, _)| host);
            let slots = Slots::ask(&mut server.connection, host).await?;
            if self.is_owner(&server.name) && !slots.masters.contains(&server.name) {
                let reason = "a master of the cluster is no longer a master";
                return Err(Error::broken_cluster(reason));
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

    fn servers(&self) -> Vec<Server> {
        self.known().servers.clone()
    }

    fn server_of(&self, key: &[u8]) -> Server {
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
            let place = known.place_of(key_of(&one));
            parts.entry(place).or_default().push(one);
        }
        let parts = parts.into_iter();
        parts
            .map(|(place, part)| (known.servers[place].clone(), part))
            .collect()
    }

    /// Where a server says that the key is. A key that has moved for good is remembered.
    async fn follow(&self, error: &Error) -> Result<Server> {
        let (name, slot) = error.redirect().ok_or_else(Error::unexpected_answer)?;
        let (host, port) = name.rsplit_once(':').ok_or_else(Error::unexpected_answer)?;
        let port = port.parse().map_err(|_| Error::unexpected_answer())?;
        let name = name_of(host, port, &host_of(&self.0.first));
        if self.place(&name).is_none() {
            let server = Server::open(&name, &self.0.first, self.0.push.clone()).await?;
            let mut known = self.known();
            // Another question may have been as quick.
            if known.servers.iter().all(|known| known.name != name) {
                known.servers.push(server);
            }
        }
        let place = self.place(&name).ok_or_else(Error::unexpected_answer)?;
        let mut known = self.known();
        let is_asking = error.is_ask();
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

fn is_about(push: &[Value], channel: &str) -> bool {
    matches!(push.first(), Some(Value::BulkString(name)) if *name == channel.as_bytes())
}
