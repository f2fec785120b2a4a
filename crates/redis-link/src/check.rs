//! Tries what a server does with Redis.

use std::sync::Arc;

use crate::{
    address::Address,
    command::Command,
    connection::Connection,
    error::Result,
    info::{eviction_policy, version},
};

/// Subscribes to the channel and writes the key. Says what was found, or what is wrong.
pub async fn check(
    address: &Address,
    channel: &str,
    key: &str,
) -> std::result::Result<String, String> {
    let tried = async {
        let connection = Connection::open(address, Arc::new(|_| {})).await?;
        connection.subscribe(&[channel.to_owned()]).await?;
        connection.ping().await?;
        // A replica takes no key, nor does a server without memory.
        connection.ask::<()>(&Command::set(key, "", 1)).await?;
        Ok(connection)
    };
    let tried: Result<Connection> = tried.await;
    let connection = tried.map_err(|error| error.to_string())?;
    let memory = info(&connection, "memory").await.ok();
    if let Some(policy) = memory.as_deref().and_then(eviction_policy) {
        return Err(format!(
            "may throw keys away: maxmemory-policy is {policy}, and must be noeviction"
        ));
    }
    let info = info(&connection, "server").await.unwrap_or_default();
    let version = version(&info).unwrap_or("unknown");
    Ok(format!("{}, version {version}", connection.describe()))
}

/// What one of the servers says.
async fn info(connection: &Connection, section: &str) -> Result<String> {
    connection.ask(&Command::info(section)).await
}

#[cfg(test)]
mod tests {
    use test_support::{RedisCluster, RedisSentinels, RedisServer};

    use super::check;
    use crate::address::Address;

    async fn check_at(url: &str) -> Result<String, String> {
        check(
            &Address::parse(url).unwrap(),
            "haggle:0:all",
            "haggle:0:check",
        )
        .await
    }

    fn is_version(found: &str, what: &str) {
        let version = found
            .strip_prefix(what)
            .unwrap_or_else(|| panic!("{found}"));
        let version = version.strip_prefix(", version ").unwrap();
        assert!(
            version.starts_with(|digit: char| digit.is_ascii_digit()),
            "{found}"
        );
    }

    #[tokio::test]
    async fn one_redis_is_found_and_named_and_wrong_addresses_of_it_are_put_right() {
        let redis = RedisServer::start();
        is_version(&check_at(&redis.url()).await.unwrap(), "one server");
        for scheme in ["redis+cluster", "redis+sentinel"] {
            let path = if scheme.ends_with("sentinel") {
                "/market"
            } else {
                ""
            };
            let url = format!("{scheme}://{}{path}", redis.address());
            let wrong = check_at(&url).await.unwrap_err();
            assert!(
                wrong.contains("its address is redis://"),
                "{scheme}: {wrong}"
            );
        }
        let replica = RedisServer::start();
        let port = redis.address().rsplit_once(':').unwrap().1.to_owned();
        assert_eq!(replica.ask(&format!("REPLICAOF 127.0.0.1 {port}")), "+OK");
        let wrong = check_at(&replica.url()).await.unwrap_err();
        assert!(wrong.contains("replica"), "{wrong}");

        redis.ask("CONFIG SET maxmemory 100mb");
        redis.ask("CONFIG SET maxmemory-policy allkeys-lru");
        let wrong = check_at(&redis.url()).await.unwrap_err();
        assert!(wrong.contains("allkeys-lru"), "{wrong}");
        let wrong = check_at("redis://127.0.0.1:1").await.unwrap_err();
        assert!(wrong.contains("refused"), "{wrong}");
    }

    #[tokio::test]
    async fn a_cluster_is_found_by_any_of_its_servers_but_not_as_one_redis() {
        let redis = RedisCluster::start();
        let address = redis.server().address();
        let url = format!("redis+cluster://127.0.0.1:1,{address}");
        is_version(&check_at(&url).await.unwrap(), "a cluster of 3 masters");
        let wrong = check_at(&format!("redis://{address}")).await.unwrap_err();
        assert!(wrong.contains("redis+cluster://"), "{wrong}");
    }

    #[tokio::test]
    async fn sentinels_are_found_but_not_as_one_redis_nor_by_another_name() {
        let mut redis = RedisSentinels::start();
        redis.sentinels()[0].kill9();
        let found = check_at(&redis.url()).await.unwrap();
        assert!(found.starts_with("the master 127.0.0.1:"), "{found}");
        let sentinel = redis.sentinels()[1].address();
        let wrong = check_at(&format!("redis://{sentinel}")).await.unwrap_err();
        assert!(wrong.contains("redis+sentinel://"), "{wrong}");
        let other = format!("redis+sentinel://{sentinel}/bazaar");
        let wrong = check_at(&other).await.unwrap_err();
        assert!(wrong.contains("bazaar"), "{wrong}");
    }
}
