//! A Redis that answers, as two connections: one that speaks and one that listens. A client that
//! has subscribed gets one push for each channel; on a connection of its own they can
//! never be taken for the answer to somebody's question.

use std::{collections::HashMap, sync::Arc, time::Duration};

use futures_util::{StreamExt, stream};
use redis::{
    AsyncConnectionConfig, Client, Cmd, ErrorKind, FromRedisValue, Pipeline, ProtocolVersion,
    PushInfo, RedisResult, Script, TlsMode, Value,
    aio::{ConnectionLike, MultiplexedConnection, SendError},
    cluster::ClusterClientBuilder,
    cluster_async::ClusterConnection,
    sentinel::{SentinelClient, SentinelNodeConnectionInfo, SentinelServerType},
};

use super::address::Address;

/// The longest that a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(2);
/// The longest that Redis may take for one command.
pub const ANSWER: Duration = Duration::from_secs(2);
/// Keys of a cluster that are spoken to at the same time.
const TOGETHER: usize = 64;

/// What hears every push. It must not wait.
pub type Push = Arc<dyn Fn(PushInfo) + Send + Sync>;

#[derive(Clone)]
pub struct Live {
    speaks: Connection,
    listens: Connection,
}

#[derive(Clone)]
enum Connection {
    One(MultiplexedConnection),
    Cluster(ClusterConnection),
}

/// Commands about one user, or nobody in particular, to be done in this order.
pub struct About {
    pub whom: String,
    pub commands: Vec<Cmd>,
}

impl Live {
    pub async fn open(address: &Address, push: Push) -> RedisResult<Self> {
        Ok(Self {
            speaks: Connection::open(address, push.clone()).await?,
            listens: Connection::open(address, push).await?,
        })
    }

    /// One question. An error of a kind that another try may cure is for the caller to judge.
    pub async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> RedisResult<T> {
        let mut connection = self.speaks.clone();
        let value = connection.as_like().req_packed_command(command).await?;
        T::from_owned_redis_value(value.extract_error()?)
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
        match &self.speaks {
            Connection::One(connection) => call.invoke_async(&mut connection.clone()).await,
            Connection::Cluster(connection) => call.invoke_async(&mut connection.clone()).await,
        }
    }

    /// Everything, each in its order, in as few writes as possible.
    pub async fn tell(&self, all: Vec<About>) -> RedisResult<()> {
        match &self.speaks {
            Connection::One(connection) => {
                let mut pipeline = Pipeline::new();
                for command in all.into_iter().flat_map(|about| about.commands) {
                    pipeline.add_command(command);
                }
                pipeline.exec_async(&mut connection.clone()).await
            }
            // Keys live on different servers of a cluster, and so cannot share a pipeline.
            Connection::Cluster(connection) => {
                let mut by_whom: HashMap<String, Vec<Cmd>> = HashMap::new();
                for about in all {
                    by_whom
                        .entry(about.whom)
                        .or_default()
                        .extend(about.commands);
                }
                let told = by_whom.into_values();
                let told = told.map(|commands| in_order(connection.clone(), commands));
                let mut told = stream::iter(told).buffer_unordered(TOGETHER);
                while let Some(told) = told.next().await {
                    told?;
                }
                Ok(())
            }
        }
    }

    /// Redis has said that it will send what is published there.
    pub async fn subscribe(&self, channels: &[String]) -> RedisResult<()> {
        self.listens
            .each(["SUBSCRIBE", "SSUBSCRIBE"], channels)
            .await
    }

    pub async fn unsubscribe(&self, channels: &[String]) -> RedisResult<()> {
        let names = ["UNSUBSCRIBE", "SUNSUBSCRIBE"];
        self.listens.each(names, channels).await
    }

    /// Both connections get answers.
    pub async fn ping(&self) -> RedisResult<()> {
        let ping = redis::cmd("PING");
        for connection in [&self.speaks, &self.listens] {
            let mut connection = connection.clone();
            let answer = connection.as_like().req_packed_command(&ping).await?;
            answer.extract_error()?;
        }
        Ok(())
    }
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Live")
    }
}

async fn in_order(mut connection: ClusterConnection, commands: Vec<Cmd>) -> RedisResult<()> {
    for command in commands {
        let answer = connection.req_packed_command(&command).await?;
        answer.extract_error()?;
    }
    Ok(())
}

impl Connection {
    async fn open(address: &Address, push: Push) -> RedisResult<Self> {
        let hear = move |info: PushInfo| {
            push(info);
            Ok::<(), SendError>(())
        };
        let client = match address {
            Address::One(info) => Client::open(info.clone())?,
            Address::Sentinel {
                sentinels,
                service,
                master,
                is_encrypted,
            } => {
                let master = SentinelNodeConnectionInfo {
                    tls_mode: is_encrypted.then_some(TlsMode::Secure),
                    redis_connection_info: Some(master.clone()),
                };
                let kind = SentinelServerType::Master;
                let (sentinels, service) = (sentinels.clone(), service.clone());
                let mut asked = SentinelClient::build(sentinels, service, Some(master), kind)?;
                asked.async_get_client().await?
            }
            Address::Cluster(hosts) => {
                let client = ClusterClientBuilder::new(hosts.clone())
                    .use_protocol(ProtocolVersion::RESP3)
                    .connection_timeout(CONNECT)
                    .response_timeout(ANSWER)
                    .push_sender(hear)
                    .build()?;
                return Ok(Self::Cluster(client.get_async_connection().await?));
            }
        };
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(CONNECT)
            .set_response_timeout(ANSWER)
            .set_push_sender(hear);
        let connection = client.get_multiplexed_async_connection_with_config(&config);
        Ok(Self::One(connection.await?))
    }

    fn as_like(&mut self) -> &mut (dyn ConnectionLike + Send) {
        match self {
            Self::One(connection) => connection,
            Self::Cluster(connection) => connection,
        }
    }

    /// One command for each channel, since each gets one answer.
    async fn each(&self, [plain, sharded]: [&str; 2], channels: &[String]) -> RedisResult<()> {
        match self {
            Self::One(connection) => {
                let mut pipeline = Pipeline::new();
                for channel in channels {
                    pipeline.cmd(plain).arg(channel);
                }
                let mut connection = connection.clone();
                pipeline.query_async::<Vec<Value>>(&mut connection).await?;
            }
            Self::Cluster(connection) => {
                let about = |channel: &String| {
                    let mut command = redis::cmd(sharded);
                    command.arg(channel);
                    in_order(connection.clone(), vec![command])
                };
                let abouts: Vec<_> = channels.iter().map(about).collect();
                let mut done = stream::iter(abouts).buffer_unordered(TOGETHER);
                while let Some(done) = done.next().await {
                    done?;
                }
            }
        }
        Ok(())
    }
}

/// Whether this Redis cannot take what it is told, though it answers: a replica, or one that
/// still loads its data.
pub fn is_wrong_server(error: &redis::RedisError) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ReadOnly | ErrorKind::BusyLoadingError | ErrorKind::MasterDown
    )
}
