//! Tries what a node does with Redis.

use std::sync::Arc;

use redis::RedisResult;

use super::{
    address::Address,
    kind::{evicts, reason, version},
    live::Live,
    names::Names,
};

/// Says what was found, or what is wrong.
pub async fn check(address: &Address) -> Result<String, String> {
    let tried = async {
        let live = Live::open(address, Arc::new(|_| {})).await?;
        let names = Names::new(address.db());
        live.subscribe(&[names.everybody()]).await?;
        live.ping().await?;
        // A replica takes no key, nor does one without memory.
        let mut write = redis::cmd("SET");
        write.arg(names.check()).arg("").arg("EX").arg(1);
        live.ask::<()>(&write).await?;
        Ok(live)
    };
    let live = tried
        .await
        .map_err(|error: redis::RedisError| reason(&error))?;
    if let Some(policy) = info(&live, "memory").await.ok().as_deref().and_then(evicts) {
        return Err(format!(
            "may throw keys away: maxmemory-policy is {policy}, and must be noeviction"
        ));
    }
    let info = info(&live, "server").await.unwrap_or_default();
    let version = version(&info).unwrap_or("unknown");
    Ok(format!("{}, version {version}", live.what()))
}

/// What one of its servers says.
async fn info(live: &Live, section: &str) -> RedisResult<String> {
    let mut info = redis::cmd("INFO");
    info.arg(section);
    live.ask(&info).await
}

#[cfg(test)]
mod tests {
    use test_support::{RedisCluster, RedisSentinels, RedisServer};

    use super::check;
    use crate::nodes::address::Address;

    async fn check_at(url: &str) -> Result<String, String> {
        check(&Address::parse(url).unwrap()).await
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
