//! The master that sentinels name.

use futures_util::future::select_ok;
use redis::{ConnectionAddr, ConnectionInfo, RedisConnectionInfo, Value};

use crate::{
    error::{Error, Result},
    server::connect,
    server_mode::{ServerMode, expect},
};

/// Where the sentinels are, and whom they are asked about.
#[derive(Clone)]
pub struct Sentinels {
    pub hosts: Vec<ConnectionInfo>,
    pub service: String,
    pub master: RedisConnectionInfo,
    pub is_encrypted: bool,
}

impl Sentinels {
    /// A master that a sentinel names and that says that it is one. All sentinels are asked at
    /// once, because those of a dead machine do not even refuse.
    pub async fn find_master(&self) -> Result<ConnectionInfo> {
        let asked = self.hosts.iter();
        let asked = asked.map(|sentinel| Box::pin(self.named_by(sentinel)));
        let (found, _) = select_ok(asked).await?;
        Ok(found)
    }

    async fn named_by(&self, sentinel: &ConnectionInfo) -> Result<ConnectionInfo> {
        let mut which = redis::cmd("SENTINEL");
        which.arg("GET-MASTER-ADDR-BY-NAME").arg(&self.service);
        let mut connection = connect(sentinel, None).await?;
        expect(ServerMode::Sentinel, &mut connection).await?;
        let named: Option<(String, u16)> = which.query_async(&mut connection).await?;
        let Some((host, port)) = named else {
            let reason = format!("the sentinels know no master named {}", self.service);
            return Err(Error::unknown_master(reason));
        };
        let addr = if self.is_encrypted {
            ConnectionAddr::TcpTls {
                host,
                port,
                insecure: false,
                tls_params: None,
            }
        } else {
            ConnectionAddr::Tcp(host, port)
        };
        let found = sentinel
            .clone()
            .set_addr(addr)
            .set_redis_settings(self.master.clone());
        let mut connection = connect(&found, None).await?;
        let role = redis::cmd("ROLE");
        let role = role.query_async::<Vec<Value>>(&mut connection).await;
        let role = match role.map_err(Error::from) {
            Ok(role) => role.into_iter().next(),
            // Not every user may ask.
            Err(error) if error.is_not_permitted() => return Ok(found),
            Err(error) => return Err(error),
        };
        if role == Some(Value::BulkString(b"master".to_vec())) {
            return Ok(found);
        }
        Err(Error::not_a_master())
    }
}
