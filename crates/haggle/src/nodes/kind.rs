//! Which kind of Redis answers, and whether the address says so. What is wrong is said in words that
//! operators can act on.

use redis::{
    ErrorKind, RedisError, RedisResult,
    aio::{ConnectionLike, MultiplexedConnection},
};

/// The first version with sharded channels.
const SHARDED_SINCE: u32 = 7;

/// What an address promises to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    One,
    Sentinel,
    Cluster,
}

/// Fails if this server is not of that kind.
pub async fn expect(kind: Kind, connection: &mut MultiplexedConnection) -> RedisResult<()> {
    let mut info = redis::cmd("INFO");
    info.arg("server");
    let answer = connection.req_packed_command(&info).await?;
    let answer = answer
        .extract_error()
        .and_then(redis::from_owned_redis_value::<String>);
    let info = match answer {
        Ok(info) => info,
        // Not everybody may ask. What does not work will show itself.
        Err(error) if error.code() == Some("NOPERM") => return Ok(()),
        Err(error) => return Err(error),
    };
    judge(kind, &info).map_or(Ok(()), |reason| {
        Err(unfit(ErrorKind::InvalidClientConfig, reason))
    })
}

fn judge(kind: Kind, info: &str) -> Option<String> {
    let mode = field(info, "redis_mode")?;
    let is = match mode {
        "cluster" => Kind::Cluster,
        "sentinel" => Kind::Sentinel,
        _ => Kind::One,
    };
    if is != kind {
        let (what, scheme) = match is {
            Kind::One => ("a single Redis", "redis://HOST:PORT"),
            Kind::Sentinel => (
                "a Sentinel",
                "redis+sentinel://HOST:PORT,HOST:PORT/NAME-OF-THE-MASTER",
            ),
            Kind::Cluster => (
                "a server of a Redis Cluster",
                "redis+cluster://HOST:PORT,HOST:PORT",
            ),
        };
        return Some(format!("this is {what}; its address is {scheme}"));
    }
    let version = version(info)?;
    let major: u32 = version.split('.').next()?.parse().ok()?;
    (kind == Kind::Cluster && major < SHARDED_SINCE).then(|| {
        format!("this is version {version}; a cluster needs {SHARDED_SINCE} or later, for its sharded channels")
    })
}

/// What `INFO server` says of the version.
pub fn version(info: &str) -> Option<&str> {
    field(info, "redis_version")
}

/// What `INFO memory` says, if keys may be thrown away when there are too many.
pub fn evicts(info: &str) -> Option<&str> {
    let policy = field(info, "maxmemory_policy")?;
    let is_bounded = field(info, "maxmemory")? != "0";
    (is_bounded && policy != "noeviction").then_some(policy)
}

fn field<'a>(info: &'a str, name: &str) -> Option<&'a str> {
    info.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .map(str::trim)
}

/// An error of our own finding.
pub fn unfit(kind: ErrorKind, reason: String) -> RedisError {
    (kind, "unfit", reason).into()
}

/// A cluster that does not work as a whole.
pub fn broken(reason: &str) -> RedisError {
    unfit(ErrorKind::ClusterDown, reason.to_owned())
}

/// For people.
pub fn reason(error: &RedisError) -> String {
    match (error.kind(), error.detail()) {
        (ErrorKind::RESP3NotSupported, _) => {
            "this is older than Redis 6, and does not speak RESP3".to_owned()
        }
        (
            ErrorKind::InvalidClientConfig
            | ErrorKind::ClusterDown
            | ErrorKind::MasterNameNotFoundBySentinel
            | ErrorKind::ReadOnly,
            Some(detail),
        ) => detail.to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, evicts, judge};

    fn info(mode: &str, version: &str) -> String {
        format!("# Server\r\nredis_version:{version}\r\nredis_mode:{mode}\r\nos:Linux\r\n")
    }

    #[test]
    fn each_kind_is_told_from_the_others_by_the_address_that_it_wants() {
        for (kind, mode, wants) in [
            (Kind::One, "standalone", None),
            (Kind::One, "cluster", Some("redis+cluster://")),
            (Kind::One, "sentinel", Some("redis+sentinel://")),
            (Kind::Cluster, "cluster", None),
            (Kind::Cluster, "standalone", Some("redis://")),
            (Kind::Sentinel, "sentinel", None),
            (Kind::Sentinel, "cluster", Some("redis+cluster://")),
        ] {
            let said = judge(kind, &info(mode, "7.0.15"));
            assert_eq!(said.is_some(), wants.is_some(), "{kind:?} {mode}");
            assert!(said.is_none_or(|said| said.contains(wants.unwrap_or_default())));
        }
    }

    #[test]
    fn a_cluster_without_sharded_channels_is_too_old() {
        let said = judge(Kind::Cluster, &info("cluster", "6.2.14")).unwrap();
        assert!(
            said.contains("6.2.14") && said.contains("7 or later"),
            "{said}"
        );
        assert_eq!(judge(Kind::One, &info("standalone", "6.2.14")), None);
    }

    #[test]
    fn only_a_bounded_memory_is_emptied() {
        let info = |most, policy| format!("maxmemory:{most}\r\nmaxmemory_policy:{policy}\r\n");
        assert_eq!(evicts(&info(0, "allkeys-lru")), None);
        assert_eq!(evicts(&info(100, "noeviction")), None);
        assert_eq!(evicts(&info(100, "allkeys-lru")), Some("allkeys-lru"));
    }
}
