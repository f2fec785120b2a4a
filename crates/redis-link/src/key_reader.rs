//! Reads keys of a Redis that belongs to somebody else. Nothing is subscribed to and nothing written.

use std::sync::Arc;

use futures_util::future::try_join_all;
use redis::FromRedisValue;
use tokio::sync::Mutex;

use crate::{
    address::{Address, Place},
    command::Command,
    connection::slots_at,
    error::Result,
    server::Push,
    topology::Topology,
};

/// A value, and how long it will live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    pub text: String,
    /// `None`: until it is removed.
    pub milliseconds_left: Option<u64>,
}

/// The connection is made when it is first needed, and again after an error.
pub struct KeyReader {
    address: Address,
    connection: Mutex<Option<Topology>>,
}

impl std::fmt::Debug for KeyReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyReader")
    }
}

impl KeyReader {
    pub fn new(address: Address) -> Self {
        Self {
            address,
            connection: Mutex::new(None),
        }
    }

    /// The values of these keys, in their order. A connection that turns out to be lost is made anew
    /// once.
    pub async fn read(&self, keys: &[String]) -> Result<Vec<Option<Value>>> {
        let connection = self.connection().await?;
        if let Ok(values) = read(&connection, keys).await {
            return Ok(values);
        }
        self.connection.lock().await.take();
        let connection = self.connection().await?;
        read(&connection, keys).await
    }

    async fn connection(&self) -> Result<Topology> {
        let mut connection = self.connection.lock().await;
        if let Some(connection) = &*connection {
            return Ok(connection.clone());
        }
        let made = open(&self.address).await?;
        Ok(connection.insert(made).clone())
    }
}

async fn open(address: &Address) -> Result<Topology> {
    let push: Push = Arc::new(|_| {});
    match &address.0 {
        Place::One(info) => Topology::of_one(info, push).await,
        Place::Sentinel(sentinels) => Topology::of_one(&sentinels.find_master().await?, push).await,
        Place::Cluster(hosts) => {
            let asked = hosts.iter().map(|host| Box::pin(slots_at(host)));
            let ((slots, first), _) = futures_util::future::select_ok(asked).await?;
            Topology::of_cluster(&slots, &first, push).await
        }
    }
}

async fn read(connection: &Topology, keys: &[String]) -> Result<Vec<Option<Value>>> {
    try_join_all(keys.iter().map(|key| read_one(connection, key))).await
}

async fn read_one(connection: &Topology, key: &str) -> Result<Option<Value>> {
    let text = connection.ask(&Command::get(key)).await?;
    let Some(text) = Option::<String>::from_redis_value(text)? else {
        return Ok(None);
    };
    let left = connection.ask(&Command::milliseconds_left(key)).await?;
    // -2: it has gone meanwhile; -1: it stays.
    Ok(match i64::from_redis_value(left)? {
        -2 => None,
        left => Some(Value {
            text,
            milliseconds_left: u64::try_from(left).ok(),
        }),
    })
}

#[cfg(test)]
mod tests {
    use test_support::RedisServer;

    use super::{KeyReader, Value};
    use crate::address::Address;

    #[tokio::test]
    async fn keys_are_read_with_the_time_that_they_have_left_also_after_a_restart() {
        let mut redis = RedisServer::start();
        let reader = KeyReader::new(Address::parse(&redis.url()).unwrap());
        let keys = ["a", "b", "c"].map(str::to_owned);
        redis.ask("SET a one");
        redis.ask("SET b two EX 100");
        let values = reader.read(&keys).await.unwrap();
        let one = Value {
            text: "one".into(),
            milliseconds_left: None,
        };
        assert_eq!(values[0], Some(one));
        let two = values[1].clone().unwrap();
        assert!(two.text == "two" && two.milliseconds_left.unwrap() <= 100_000);
        assert_eq!(values[2], None);

        redis.kill9();
        assert!(reader.read(&keys).await.is_err());
        redis.restart();
        redis.ask("SET c three");
        let values = reader.read(&keys).await.unwrap();
        assert_eq!(values[2].as_ref().unwrap().text, "three");
    }
}
