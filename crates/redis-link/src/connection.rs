//! A Redis that answers, as two connections to each of its servers: one for commands and one for
//! subscriptions. A client that subscribes gets one push for each channel; on a connection of
//! their own, pushes can never be taken for the answer to a command.

use futures_util::future::{select_ok, try_join};
use redis::{ConnectionAddr, ConnectionInfo, FromRedisValue};

use crate::{
    address::{Address, Place},
    command::{Command, Script},
    error::Result,
    server::{Push, connect, host_of},
    server_mode::{ServerMode, expect},
    slots::Slots,
    topology::{Subscription, Topology},
};

#[derive(Clone)]
pub struct Connection {
    commands: Topology,
    subscriptions: Topology,
    /// Where the sentinels' master was.
    master: Option<ConnectionAddr>,
}

impl Connection {
    pub(crate) async fn open(address: &Address, push: Push) -> Result<Self> {
        let (commands, subscriptions, master) = match &address.0 {
            Place::One(info) => {
                let commands = Topology::of_one(info, push.clone());
                let both = try_join(commands, Topology::of_one(info, push));
                let (commands, subscriptions) = both.await?;
                (commands, subscriptions, None)
            }
            Place::Sentinel(sentinels) => {
                let info = sentinels.find_master().await?;
                let commands = Topology::of_one(&info, push.clone());
                let both = try_join(commands, Topology::of_one(&info, push));
                let (commands, subscriptions) = both.await?;
                (commands, subscriptions, Some(info.addr().clone()))
            }
            Place::Cluster(hosts) => {
                let asked = hosts.iter().map(|host| Box::pin(slots_at(host)));
                let ((slots, first), _) = select_ok(asked).await?;
                let commands = Topology::of_cluster(&slots, &first, push.clone());
                let subscriptions = Topology::of_cluster(&slots, &first, push);
                let (commands, subscriptions) = try_join(commands, subscriptions).await?;
                (commands, subscriptions, None)
            }
        };
        Ok(Self {
            commands,
            subscriptions,
            master,
        })
    }

    /// One question about one key. Whether another try may help is for the caller to judge.
    pub async fn ask<T: FromRedisValue>(&self, command: &Command) -> Result<T> {
        Ok(T::from_redis_value(self.commands.ask(command).await?)?)
    }

    pub async fn call<T: FromRedisValue>(
        &self,
        script: &Script,
        key: &str,
        arguments: &[String],
    ) -> Result<T> {
        let mut call = script.0.key(key);
        for argument in arguments {
            call.arg(argument);
        }
        Ok(T::from_redis_value(self.commands.call(key, &call).await?)?)
    }

    /// Everything, in as few writes as possible. Commands about keys and channels of one slot
    /// keep their order.
    pub async fn send(&self, commands: Vec<Command>) -> Result<()> {
        self.commands.send(commands).await
    }

    /// Returns when Redis has said that it will send what is published there.
    pub(crate) async fn subscribe(&self, channels: &[String]) -> Result<()> {
        let on = Subscription::On;
        self.subscriptions.subscribe(on, channels).await
    }

    pub(crate) async fn unsubscribe(&self, channels: &[String]) -> Result<()> {
        let off = Subscription::Off;
        self.subscriptions.subscribe(off, channels).await
    }

    /// Every connection gets an answer, and a cluster is whole.
    pub(crate) async fn ping(&self) -> Result<()> {
        let commands = async {
            if self.commands.is_cluster() {
                self.commands.check_cluster().await
            } else {
                self.commands.ping().await
            }
        };
        try_join(commands, self.subscriptions.ping())
            .await
            .map(drop)
    }

    /// Whether the sentinels name another master by now.
    pub(crate) async fn has_other_master(&self, address: &Address) -> bool {
        let (Some(master), Place::Sentinel(sentinels)) = (&self.master, &address.0) else {
            return false;
        };
        // Sentinels that cannot be asked say nothing against the one that answers.
        matches!(sentinels.find_master().await, Ok(found) if found.addr() != master)
    }

    /// For people.
    pub(crate) fn describe(&self) -> String {
        match (&self.master, self.commands.is_cluster()) {
            (_, true) => format!("a cluster of {} masters", self.commands.count()),
            (Some(master), _) => format!("the master {master} of the sentinels"),
            _ => "one server".to_owned(),
        }
    }
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connection")
    }
}

pub(crate) async fn slots_at(info: &ConnectionInfo) -> Result<(Slots, ConnectionInfo)> {
    let mut connection = connect(info, None).await?;
    expect(ServerMode::Cluster, &mut connection).await?;
    let slots = Slots::ask(&mut connection, &host_of(info)).await?;
    Ok((slots, info.clone()))
}
