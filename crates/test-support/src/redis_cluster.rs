use crate::redis_server::RedisServer;
use crate::wait::blocking as until;

/// Slots of a cluster.
const SLOTS: usize = 16_384;
/// After so many milliseconds of silence a server is taken for dead by the others.
const STEADY: &str = "30000";
const QUICK: &str = "1500";

/// A Redis Cluster of three masters, each with a replica, which hold their parts of the slots in order.
///
/// The calls block, the start for about three seconds: only then does Redis call a cluster well.
#[derive(Debug)]
pub struct RedisCluster {
    /// Three masters, then their replicas in the same order, as it was at the start.
    servers: Vec<RedisServer>,
}

impl RedisCluster {
    /// One in which no server is taken for dead because the machine is busy.
    pub fn start() -> Self {
        Self::with(STEADY)
    }

    /// One in which a replica takes the place of a killed master after two or three seconds.
    pub fn that_fails_over() -> Self {
        Self::with(QUICK)
    }

    fn with(node_timeout: &str) -> Self {
        let server = |_| {
            RedisServer::of_cluster(&[
                "--cluster-enabled",
                "yes",
                "--cluster-node-timeout",
                node_timeout,
                "--repl-diskless-sync-delay",
                "0",
            ])
        };
        let cluster = Self {
            servers: (0..6).map(server).collect(),
        };
        cluster.introduce();
        let part = SLOTS.div_ceil(3);
        for (place, master) in cluster.servers[..3].iter().enumerate() {
            let last = ((place + 1) * part).min(SLOTS) - 1;
            let added = master.ask(&format!("CLUSTER ADDSLOTSRANGE {} {last}", place * part));
            assert_eq!(added, "+OK");
        }
        for (place, replica) in cluster.servers[3..].iter().enumerate() {
            let master = cluster.servers[place].ask("CLUSTER MYID");
            until("a replica has a master", || {
                // It must have heard of the master first.
                replica.ask(&format!("CLUSTER REPLICATE {master}")) == "+OK"
            });
        }
        cluster.is_well();
        cluster
    }

    /// Everybody knows everybody.
    fn introduce(&self) {
        for (place, server) in self.servers.iter().enumerate() {
            let epoch = format!("CLUSTER SET-CONFIG-EPOCH {}", place + 1);
            assert_eq!(server.ask(&epoch), "+OK");
        }
        for (place, server) in self.servers.iter().enumerate() {
            for other in &self.servers[..place] {
                let meet = format!("CLUSTER MEET 127.0.0.1 {}", other.port());
                assert_eq!(server.ask(&meet), "+OK");
            }
        }
        until("everybody knows everybody", || {
            self.servers
                .iter()
                .all(|server| server.ask("CLUSTER INFO").contains("cluster_known_nodes:6"))
        });
    }

    /// Waits until every server that lives says that all is well, and every replica has what its
    /// master has.
    pub fn is_well(&self) {
        until("the cluster is well", || {
            self.alive().all(|server| {
                let (info, copies) = (server.ask("CLUSTER INFO"), server.ask("INFO replication"));
                info.contains("cluster_state:ok")
                    && (copies.contains("role:master") || copies.contains("master_link_status:up"))
            })
        });
        // And each of them knows of the replicas, which only then may take the place of a master.
        until("everybody knows the replicas", || {
            let replicas = self.alive().filter(|server| !is_master(server)).count();
            self.alive().all(|server| {
                let nodes = server.ask("CLUSTER NODES");
                let is_one = |line: &&str| line.contains("slave") && !line.contains("fail");
                nodes.lines().filter(is_one).count() == replicas
            })
        });
    }

    /// What to give a server as `REDIS_URL`: all servers, so that any of them may be gone.
    pub fn url(&self) -> String {
        let addresses: Vec<_> = self.servers.iter().map(RedisServer::address).collect();
        format!("redis+cluster://{}", addresses.join(","))
    }

    /// One of its servers.
    pub fn server(&self) -> &RedisServer {
        &self.servers[0]
    }

    /// Which of the three parts a key or a channel was in at the start.
    pub fn part_of(&self, key: &str) -> usize {
        self.slot_of(key) / SLOTS.div_ceil(3)
    }

    pub fn slot_of(&self, key: &str) -> usize {
        let first = self.alive().next().expect("a server that lives");
        let slot = first.ask(&format!("CLUSTER KEYSLOT {key}"));
        slot[1..].parse().expect("a slot")
    }

    /// Takes the master of a part away without a warning. Its replica takes its place by itself, which
    /// [`Self::has_failed_over`] waits for.
    pub fn kill_master(&mut self, part: usize) {
        self.servers[part].kill9();
    }

    pub fn has_failed_over(&self, part: usize) {
        until("the replica is the master", || {
            is_master(&self.servers[part + 3])
        });
        self.is_well();
    }

    /// Starts a killed master again, empty; it becomes the replica of the one that took its place.
    pub fn start_again(&mut self, part: usize) {
        self.servers[part].restart();
        until("it is the replica", || !is_master(&self.servers[part]));
        self.is_well();
    }

    /// How many connections listen to a sharded channel, at whichever master has it.
    pub fn listeners(&self, channel: &str) -> usize {
        let ask = format!("PUBSUB SHARDNUMSUB {channel}");
        let counts = self.masters().map(|master| -> usize {
            let answer = master.ask(&ask);
            let count = answer.rsplit_once(':').map(|(_, count)| count.parse());
            count.expect("a count").expect("a number")
        });
        counts.sum()
    }

    /// Moves a slot with what is in it from one part to another, as `redis-cli --cluster reshard` does.
    pub fn move_slot(&self, slot: usize, to: usize) {
        self.begin_to_move(slot, to);
        self.end_to_move(slot, to);
    }

    /// From now on keys that are not there yet are made at the new place.
    pub fn begin_to_move(&self, slot: usize, to: usize) {
        let from = slot / SLOTS.div_ceil(3);
        let [source, target] = [from, to].map(|part| &self.servers[part]);
        let [source_id, target_id] = [source, target].map(|server| server.ask("CLUSTER MYID"));
        let take = format!("CLUSTER SETSLOT {slot} IMPORTING {source_id}");
        assert_eq!(target.ask(&take), "+OK");
        let give = format!("CLUSTER SETSLOT {slot} MIGRATING {target_id}");
        assert_eq!(source.ask(&give), "+OK");
    }

    pub fn end_to_move(&self, slot: usize, to: usize) {
        let from = slot / SLOTS.div_ceil(3);
        let [source, target] = [from, to].map(|part| &self.servers[part]);
        let target_id = target.ask("CLUSTER MYID");
        move_keys(slot, source, target);
        for server in [target, source].into_iter().chain(self.masters()) {
            let done = format!("CLUSTER SETSLOT {slot} NODE {target_id}");
            assert_eq!(server.ask(&done), "+OK");
        }
    }

    fn masters(&self) -> impl Iterator<Item = &RedisServer> {
        self.alive().filter(|server| is_master(server))
    }

    fn alive(&self) -> impl Iterator<Item = &RedisServer> {
        self.servers.iter().filter(|server| server.is_running())
    }
}

fn is_master(server: &RedisServer) -> bool {
    server.ask("ROLE").starts_with("master")
}

fn move_keys(slot: usize, source: &RedisServer, target: &RedisServer) {
    loop {
        let keys = source.ask(&format!("CLUSTER GETKEYSINSLOT {slot} 100"));
        if keys.is_empty() {
            return;
        }
        for key in keys.lines() {
            let port = target.port();
            let moved = source.ask(&format!("MIGRATE 127.0.0.1 {port} {key} 0 5000"));
            // One that has expired meanwhile is nowhere.
            assert!(["+OK", "+NOKEY"].contains(&&*moved), "{moved}");
        }
    }
}
