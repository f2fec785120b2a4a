//! Whether a server is of the mode that the address promises: alone, a sentinel, or of a cluster.

use redis::aio::MultiplexedConnection;

use crate::{
    command::Command,
    error::{Error, Result},
    info::{field, version},
};

/// The first version with sharded channels.
const SHARDED_SINCE: u32 = 7;

/// What an address promises to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerMode {
    One,
    Sentinel,
    Cluster,
}

/// Fails if this server is of another mode.
pub async fn expect(mode: ServerMode, connection: &mut MultiplexedConnection) -> Result<()> {
    let info = Command::info("server");
    let info: String = match info.0.query_async(connection).await.map_err(Error::from) {
        Ok(info) => info,
        // Not every user may ask. What does not work will show itself.
        Err(error) if error.is_not_permitted() => return Ok(()),
        Err(error) => return Err(error),
    };
    judge(mode, &info).map_or(Ok(()), |reason| Err(Error::unfit(reason)))
}

fn judge(mode: ServerMode, info: &str) -> Option<String> {
    let is = match field(info, "redis_mode")? {
        "cluster" => ServerMode::Cluster,
        "sentinel" => ServerMode::Sentinel,
        _ => ServerMode::One,
    };
    if is != mode {
        let (what, scheme) = match is {
            ServerMode::One => ("a single Redis", "redis://HOST:PORT"),
            ServerMode::Sentinel => (
                "a Sentinel",
                "redis+sentinel://HOST:PORT,HOST:PORT/NAME-OF-THE-MASTER",
            ),
            ServerMode::Cluster => (
                "a server of a Redis Cluster",
                "redis+cluster://HOST:PORT,HOST:PORT",
            ),
        };
        return Some(format!("this is {what}; its address is {scheme}"));
    }
    let version = version(info)?;
    let major: u32 = version.split('.').next()?.parse().ok()?;
    (mode == ServerMode::Cluster && major < SHARDED_SINCE).then(|| {
        format!("this is version {version}; a cluster needs {SHARDED_SINCE} or later, for its sharded channels")
    })
}

#[cfg(test)]
mod tests {
    use super::{ServerMode, judge};

    fn info(mode: &str, version: &str) -> String {
        format!("# Server\r\nredis_version:{version}\r\nredis_mode:{mode}\r\nos:Linux\r\n")
    }

    #[test]
    fn each_mode_is_told_from_the_others_by_the_address_that_it_wants() {
        for (mode, said_mode, wants) in [
            (ServerMode::One, "standalone", None),
            (ServerMode::One, "cluster", Some("redis+cluster://")),
            (ServerMode::One, "sentinel", Some("redis+sentinel://")),
            (ServerMode::Cluster, "cluster", None),
            (ServerMode::Cluster, "standalone", Some("redis://")),
            (ServerMode::Sentinel, "sentinel", None),
            (ServerMode::Sentinel, "cluster", Some("redis+cluster://")),
        ] {
            let said = judge(mode, &info(said_mode, "7.0.15"));
            assert_eq!(said.is_some(), wants.is_some(), "{mode:?} {said_mode}");
            assert!(said.is_none_or(|said| said.contains(wants.unwrap_or_default())));
        }
    }

    #[test]
    fn a_cluster_without_sharded_channels_is_too_old() {
        let said = judge(ServerMode::Cluster, &info("cluster", "6.2.14")).unwrap();
        assert!(
            said.contains("6.2.14") && said.contains("7 or later"),
            "{said}"
        );
        assert_eq!(judge(ServerMode::One, &info("standalone", "6.2.14")), None);
    }
}
