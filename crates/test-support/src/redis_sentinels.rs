use crate::redis_server::RedisServer;
use crate::wait::blocking as until;

/// A Redis with a replica, and sentinels that make the replica the master when the master is gone.
///
/// The calls block, the start for about two seconds: until then sentinels do not know each other.
#[derive(Debug)]
pub struct RedisSentinels {
    sentinels: Vec<RedisServer>,
    /// The master at the start, then its replica.
    servers: [RedisServer; 2],
}

impl RedisSentinels {
    /// Three of them, who agree by majority.
    pub fn start() -> Self {
        let servers = [(); 2].map(|()| RedisServer::with(&["--repl-diskless-sync-delay", "0"]));
        let [master, replica] = &servers;
        let (port, replicate) = (master.port(), "REPLICAOF 127.0.0.1");
        assert_eq!(replica.ask(&format!("{replicate} {port}")), "+OK");
        until("the replica has what the master has", || {
            replica
                .ask("INFO replication")
                .contains("master_link_status:up")
        });
        let sentinels: Vec<_> = (0..3).map(|_| RedisServer::with(&["--sentinel"])).collect();
        for sentinel in &sentinels {
            for command in [
                &*format!("MONITOR market 127.0.0.1 {port} 2"),
                "SET market down-after-milliseconds 1000",
                "SET market failover-timeout 5000",
            ] {
                assert_eq!(sentinel.ask(&format!("SENTINEL {command}")), "+OK");
            }
        }
        let started = Self { sentinels, servers };
        started.is_well();
        started
    }

    fn is_well(&self) {
        until("the sentinels know each other and the replica", || {
            self.sentinels.iter().all(|sentinel| {
                let others = sentinel.ask("SENTINEL SENTINELS market");
                let replicas = sentinel.ask("SENTINEL REPLICAS market");
                let count = |text: &str| text.lines().filter(|line| *line == "name").count();
                (count(&others), count(&replicas)) == (2, 1)
            })
        });
    }

    /// What to give a server as `REDIS_URL`.
    pub fn url(&self) -> String {
        let addresses: Vec<_> = self.sentinels.iter().map(RedisServer::address).collect();
        format!("redis+sentinel://{}/market", addresses.join(","))
    }

    pub fn sentinels(&mut self) -> &mut [RedisServer] {
        &mut self.sentinels
    }

    /// Takes the master of the start away without a warning. The sentinels need a few seconds to put the
    /// replica in its place, which [`Self::has_failed_over`] waits for.
    pub fn kill_master(&mut self) {
        self.servers[0].kill9();
    }

    pub fn has_failed_over(&self) {
        let [_, replica] = &self.servers;
        until("the replica is the master", || {
            replica.ask("ROLE").starts_with("master")
        });
    }

    /// How many connections listen to a channel at what was the replica.
    pub fn listeners(&self, channel: &str) -> usize {
        let [_, replica] = &self.servers;
        let answer = replica.ask(&format!("PUBSUB NUMSUB {channel}"));
        let count = answer.rsplit_once(':').expect("a count").1;
        count.parse().expect("a number")
    }

    /// Makes the replica the master while the master is well, as an operator does for an upgrade.
    pub fn fail_over(&self) {
        assert_eq!(self.sentinels[0].ask("SENTINEL FAILOVER market"), "+OK");
    }
}
