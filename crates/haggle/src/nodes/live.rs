//! A Redis that answers, as two connections to each of its servers: one that speaks and one that
//! listens. A client that has subscribed gets one push for each channel; on a connection of its own
//! they can never be taken for the answer to somebody's question.

use futures_util::future::{select_ok, try_join};
use redis::{
    Cmd, ConnectionAddr, ConnectionInfo, ErrorKind, FromRedisValue, RedisConnectionInfo,
    RedisResult, Script, Value,
};

use super::{
    address::Address,
    kind::{Kind, expect, unfit},
    servers::{Hear, Push, Servers, connect, host_of},
    slots::Slots,
};

pub use super::servers::ANSWER;

#[derive(Clone)]
pub struct Live {
    speaks: Servers,
    listens: Servers,
    /// Where the sentinels' master was.
    master: Option<ConnectionAddr>,
}

impl Live {
    pub async fn open(address: &Address, push: Push) -> RedisResult<Self> {
        let (speaks, listens, master) = match address {
            Address::One(info) => {
                let both = try_join(Servers::one(info, push.clone()), Servers::one(info, push));
                let (speaks, listens) = both.await?;
                (speaks, listens, None)
            }
            Address::Sentinel { .. } => {
                let info = find_master(address).await?;
                let both = try_join(Servers::one(&info, push.clone()), Servers::one(&info, push));
                let (speaks, listens) = both.await?;
                (speaks, listens, Some(info.addr))
            }
            Address::Cluster(hosts) => {
                let asked = hosts.iter().map(|host| Box::pin(slots_at(host)));
                let ((slots, first), _) = select_ok(asked).await?;
                let speaks = Servers::of_cluster(&slots, &first, push.clone());
                let listens = Servers::of_cluster(&slots, &first, push);
                let (speaks, listens) = try_join(speaks, listens).await?;
                (speaks, listens, None)
            }
        };
        Ok(Self {
            speaks,
            listens,
            master,
        })
    }

    /// One question about one key. An error of a kind that another try may cure is for the
    /// caller to judge.
    pub async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> RedisResult<T> {
        T::from_owned_redis_value(self.speaks.ask(command).await?)
    }

    pub async fn call<T: FromRedisValue>(
        &self,
        script: &Script,
        key: &str,
        arguments: &[String],
    ) -> RedisResult<T> {
        let mut call = script.key(key);
        for argument in arguments {
            call.arg(argument);
        }
        T::from_owned_redis_value(self.speaks.call(key, &call).await?)
    }

    /// Everything, in as few writes as possible; in this order where it is about keys and channels
    /// of one slot.
    pub async fn tell(&self, commands: Vec<Cmd>) -> RedisResult<()> {
        self.speaks.tell(commands).await
    }

    /// Redis has said that it will send what is published there.
    pub async fn subscribe(&self, channels: &[String]) -> RedisResult<()> {
        self.listens.hear(Hear::On, channels).await
    }

    pub async fn unsubscribe(&self, channels: &[String]) -> RedisResult<()> {
        self.listens.hear(Hear::Off, channels).await
    }

    /// All connections get answers, and a cluster is whole.
    pub async fn ping(&self) -> RedisResult<()> {
        let speaks = async {
            if self.speaks.is_cluster() {
                self.speaks.look().await
            } else {
                self.speaks.ping().await
            }
        };
        try_join(speaks, self.listens.ping()).await.map(drop)
    }

    /// Whether the sentinels name another master by now.
    pub async fn has_gone_elsewhere(&self, address: &Address) -> bool {
        let Some(master) = &self.master else {
            return false;
        };
        // Sentinels that cannot be asked say nothing against the one that answers.
        matches!(find_master(address).await, Ok(found) if found.addr != *master)
    }

    /// For people.
    pub fn what(&self) -> String {
        match (&self.master, self.speaks.is_cluster()) {
            (_, true) => format!("a cluster of {} masters", self.speaks.count()),
            (Some(master), _) => format!("the master {master} of the sentinels"),
            _ => "one server".to_owned(),
        }
    }
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Live")
    }
}

async fn slots_at(info: &ConnectionInfo) -> RedisResult<(Slots, ConnectionInfo)> {
    let mut connection = connect(info, None).await?;
    expect(Kind::Cluster, &mut connection).await?;
    let slots = Slots::ask(&mut connection, &host_of(info)).await?;
    Ok((slots, info.clone()))
}

/// The master that a sentinel names and that says that it is one. All sentinels are asked, since
/// those of a dead machine do not even refuse.
async fn find_master(address: &Address) -> RedisResult<ConnectionInfo> {
    let Address::Sentinel {
        sentinels,
        service,
        master,
        is_encrypted,
    } = address
    else {
        return Err((ErrorKind::InvalidClientConfig, "no sentinels").into());
    };
    let asked = sentinels
        .iter()
        .map(|sentinel| Box::pin(named_by(sentinel, service, master, *is_encrypted)));
    let (found, _) = select_ok(asked).await?;
    Ok(found)
}

async fn named_by(
    sentinel: &ConnectionInfo,
    service: &str,
    master: &RedisConnectionInfo,
    is_encrypted: bool,
) -> RedisResult<ConnectionInfo> {
    let mut which = redis::cmd("SENTINEL");
    which.arg("GET-MASTER-ADDR-BY-NAME").arg(service);
    let mut sentinel = connect(sentinel, None).await?;
    expect(Kind::Sentinel, &mut sentinel).await?;
    let named: Option<(String, u16)> = which.query_async(&mut sentinel).await?;
    let Some((host, port)) = named else {
        let reason = format!("the sentinels know no master named {service}");
        return Err(unfit(ErrorKind::MasterNameNotFoundBySentinel, reason));
    };
    let addr = if is_encrypted {
        ConnectionAddr::TcpTls {
            host,
            port,
            insecure: false,
            tls_params: None,
        }
    } else {
        ConnectionAddr::Tcp(host, port)
    };
    let found = ConnectionInfo {
        addr,
        redis: master.clone(),
    };
    let mut connection = connect(&found, None).await?;
    let role = redis::cmd("ROLE");
    let role = match role.query_async::<Vec<Value>>(&mut connection).await {
        Ok(role) => role.into_iter().next(),
        // Not everybody may ask.
        Err(error) if error.code() == Some("NOPERM") => return Ok(found),
        Err(error) => return Err(error),
    };
    if role == Some(Value::BulkString(b"master".to_vec())) {
        return Ok(found);
    }
    let reason = "the sentinels name one that is no master".to_owned();
    Err(unfit(ErrorKind::ReadOnly, reason))
}

/// Whether this Redis cannot take what it is told, though it answers: a replica, one that
/// still loads its data, or a part of a cluster that is cut off.
pub fn is_wrong_server(error: &redis::RedisError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ReadOnly
            | ErrorKind::BusyLoadingError
            | ErrorKind::MasterDown
            | ErrorKind::ClusterDown
    )
}
