//! The connection to one server.

use std::{sync::Arc, time::Duration};

use redis::{
    AsyncConnectionConfig, Client, Cmd, ConnectionAddr, ConnectionInfo, Pipeline, PushInfo,
    RedisFuture, Value,
    aio::{ConnectionLike, MultiplexedConnection, SendError},
};

use crate::{
    command::Command,
    error::{Error, Result},
};

/// The longest that a connection may take to be made.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// The longest that Redis may take for one command.
pub const RESPONSE_TIMEOUT: Duration = Duration::from_secs(2);

/// What hears every push. It must not wait.
pub type Push = Arc<dyn Fn(PushInfo) + Send + Sync>;

pub async fn connect(info: &ConnectionInfo, push: Option<Push>) -> Result<MultiplexedConnection> {
    let mut config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(CONNECT_TIMEOUT))
        .set_response_timeout(Some(RESPONSE_TIMEOUT));
    if let Some(push) = push {
        config = config.set_push_sender(move |info| {
            push(info);
            Ok::<(), SendError>(())
        });
    }
    let client = Client::open(info.clone())?;
    let connection = client.get_multiplexed_async_connection_with_config(&config);
    Ok(connection.await?)
}

/// What a question goes over.
#[derive(Clone)]
pub struct Server {
    /// `host:port`, as the cluster calls it.
    pub name: String,
    pub connection: MultiplexedConnection,
    /// For a key that is on its way to this server.
    pub is_asking: bool,
}

impl Server {
    pub fn new(name: String, connection: MultiplexedConnection) -> Self {
        Self {
            name,
            connection,
            is_asking: false,
        }
    }

    /// A server of a cluster, reached as the first was.
    pub async fn open(name: &str, first: &ConnectionInfo, push: Push) -> Result<Self> {
        let (host, port) = name.rsplit_once(':').ok_or_else(Error::unexpected_answer)?;
        let port = port.parse().map_err(|_| Error::unexpected_answer())?;
        let host = host.to_owned();
        let addr = match first.addr().clone() {
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
        let info = first.clone().set_addr(addr);
        Ok(Self::new(
            name.to_owned(),
            connect(&info, Some(push)).await?,
        ))
    }

    /// One answer for each command, which may be an error.
    pub async fn pipeline(&mut self, commands: &[Command]) -> Result<Vec<Value>> {
        let mut pipeline = Pipeline::with_capacity(commands.len());
        for command in commands {
            pipeline.add_command(command.0.clone());
        }
        let answers = self.req_packed_commands(&pipeline, 0, commands.len());
        Ok(answers.await?)
    }
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

pub fn host_of(info: &ConnectionInfo) -> String {
    match info.addr() {
        ConnectionAddr::Tcp(host, _) | ConnectionAddr::TcpTls { host, .. } => host.clone(),
        _ => String::new(),
    }
}
