//! Which servers live, in Redis. A server that died may have committed what it published to nobody;
//! those that live look for it in the database.

use chat::ids::NodeId;
use redis_link::{Command, Connection, Result, Script};

use super::keys::Keys;

/// A server that is silent for so long is dead.
pub const LIFE_SECONDS: u64 = 10;

/// Registers a server and reads the members: the living, the dead of the last minute. By the clock
/// of Redis.
const REGISTER: &str = r"
local time = redis.call('TIME')
local now = tonumber(time[1])
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - 60)
return {
  redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now, '+inf'),
  redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now),
}
";

pub struct Membership {
    node: NodeId,
    keys: Keys,
}

impl Membership {
    pub fn new(node: NodeId, keys: Keys) -> Self {
        Self { node, keys }
    }

    /// Registers this server. Returns the living and the dead.
    pub async fn register(&self, connection: &Connection) -> Result<(Vec<String>, Vec<String>)> {
        let arguments = [self.node.to_string(), LIFE_SECONDS.to_string()];
        let members = self.keys.nodes();
        let register = Script::new(REGISTER);
        connection.call(&register, &members, &arguments).await
    }

    pub async fn leave(&self, connection: &Connection) -> Result<i64> {
        let leave = Command::remove_member(&self.keys.nodes(), self.node.as_str());
        connection.ask(&leave).await
    }
}
