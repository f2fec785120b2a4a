//! Where Redis is, from `REDIS_URL`:
//!
//! - `redis://[user:password@]host[:port][/db]`, `rediss://…` over TLS, `redis+unix://path`
//! - `redis+sentinel://[user:password@]host:port,host:port/service[/db]`: the master that the
//!   sentinels name; user and password are the master's. `rediss+sentinel`: the master by TLS.
//! - `redis+cluster://[user:password@]host:port,host:port`, or `rediss+cluster`.

use redis::{ConnectionInfo, IntoConnectionInfo, ProtocolVersion};

use crate::sentinel::Sentinels;

#[derive(Clone)]
pub struct Address(pub(crate) Place);

#[derive(Clone)]
pub enum Place {
    One(ConnectionInfo),
    Sentinel(Sentinels),
    Cluster(Vec<ConnectionInfo>),
}

pub const SCHEMES: &[&str] = &[
    "redis",
    "rediss",
    "redis+unix",
    "redis+sentinel",
    "rediss+sentinel",
    "redis+cluster",
    "rediss+cluster",
];

impl Address {
    /// The reason of a refusal does not repeat the text, which may hold a password.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        if rest.is_empty() || !SCHEMES.contains(&scheme) {
            return Err(format!("must begin with {}://", SCHEMES.join(":// or ")));
        }
        match scheme.split_once('+') {
            Some((scheme, "sentinel")) => Self::sentinel(scheme, rest),
            Some((scheme, "cluster")) => {
                let (hosts, path) = rest.split_once('/').unwrap_or((rest, ""));
                if !path.is_empty() {
                    return Err("names a database, and a cluster has only one".to_owned());
                }
                Ok(Self(Place::Cluster(each(scheme, hosts)?)))
            }
            _ => Ok(Self(Place::One(one(text)?))),
        }
    }

    fn sentinel(scheme: &str, rest: &str) -> Result<Self, String> {
        let (hosts, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (service, db) = path.split_once('/').unwrap_or((path, "0"));
        if service.is_empty() {
            return Err("needs the service's name behind the sentinels: …/mymaster".to_owned());
        }
        let (user, hosts) = hosts.rsplit_once('@').unwrap_or(("", hosts));
        let at = if user.is_empty() { "" } else { "@" };
        let master = one(&format!("redis://{user}{at}master/{db}"))?;
        Ok(Self(Place::Sentinel(Sentinels {
            hosts: each("redis", hosts)?,
            service: service.to_owned(),
            master: master.redis_settings().clone(),
            is_encrypted: scheme == "rediss",
        })))
    }

    /// The number of the database. Channels know none, so they carry it in their names.
    pub fn db(&self) -> i64 {
        match &self.0 {
            Place::One(info) => info.redis_settings().db(),
            Place::Sentinel(sentinels) => sentinels.master.db(),
            Place::Cluster(_) => 0,
        }
    }

    pub fn is_cluster(&self) -> bool {
        matches!(self.0, Place::Cluster(_))
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address")
    }
}

/// Every host with the same user and password.
fn each(scheme: &str, hosts: &str) -> Result<Vec<ConnectionInfo>, String> {
    let (user, hosts) = hosts.rsplit_once('@').unwrap_or(("", hosts));
    let at = if user.is_empty() { "" } else { "@" };
    let hosts = hosts.split(',');
    hosts
        .map(|host| one(&format!("{scheme}://{user}{at}{host}")))
        .collect()
}

fn one(url: &str) -> Result<ConnectionInfo, String> {
    let info = url
        .into_connection_info()
        .map_err(|_| "is not an address of a Redis".to_owned())?;
    let settings = info.redis_settings().clone();
    Ok(info.set_redis_settings(settings.set_protocol(ProtocolVersion::RESP3)))
}

#[cfg(test)]
mod tests {
    use redis::ConnectionAddr;

    use super::{Address, Place};

    #[test]
    fn one_redis_has_a_host_and_a_database() {
        let Ok(Address(Place::One(info))) = Address::parse("redis://u:p%40ss@cache:7000/3") else {
            panic!("not understood");
        };
        let settings = info.redis_settings();
        assert_eq!(*info.addr(), ConnectionAddr::Tcp("cache".into(), 7000));
        assert_eq!((settings.password(), settings.db()), (Some("p@ss"), 3));
    }

    #[test]
    fn sentinels_name_a_master_with_its_own_password() {
        let parsed = Address::parse("rediss+sentinel://:secret@a:26379,b/market/2");
        let Ok(Address(Place::Sentinel(found))) = parsed else {
            panic!("not understood");
        };
        let addresses: Vec<_> = found.hosts.iter().map(|info| info.addr().clone()).collect();
        let tcp = |host: &str, port| ConnectionAddr::Tcp(host.into(), port);
        assert_eq!(addresses, [tcp("a", 26379), tcp("b", 6379)]);
        assert_eq!((&*found.service, found.is_encrypted), ("market", true));
        assert_eq!(
            (found.master.password(), found.master.db()),
            (Some("secret"), 2)
        );
    }

    #[test]
    fn a_cluster_is_a_list_of_hosts() {
        let parsed = Address::parse("redis+cluster://:pw@a:7000,b:7001");
        let Ok(Address(Place::Cluster(hosts))) = parsed else {
            panic!("not understood");
        };
        let passwords = hosts.iter().map(|host| host.redis_settings().password());
        assert!(passwords.eq([Some("pw"), Some("pw")]));
    }

    #[test]
    fn what_is_wrong_is_said_without_the_password() {
        for wrong in [
            "localhost:6379",
            "redis://",
            "redis://:hush@host:port",
            "redis://:hush@host/first",
            "redis+sentinel://:hush@host:26379",
            "redis+cluster://:hush@host/1",
            "http://:hush@host",
        ] {
            let reason = Address::parse(wrong).unwrap_err();
            assert!(!reason.contains("hush"), "{wrong}: {reason}");
        }
    }
}
