//! What can be asked of Redis. The first argument of every command is its key or its channel, and
//! decides which server of a cluster gets it.

use redis::Cmd;

#[derive(Clone)]
pub struct Command(pub(crate) Cmd);

impl Command {
    fn new(verb: &str, key: &str) -> Self {
        let mut command = redis::cmd(verb);
        command.arg(key);
        Self(command)
    }

    fn arg(mut self, argument: impl redis::ToRedisArgs) -> Self {
        self.0.arg(argument);
        self
    }

    pub fn get(key: &str) -> Self {
        Self::new("GET", key)
    }

    /// How long a key will live.
    pub(crate) fn milliseconds_left(key: &str) -> Self {
        Self::new("PTTL", key)
    }

    /// A value that is forgotten after so many seconds.
    pub fn set(key: &str, value: &str, seconds: u32) -> Self {
        Self::new("SET", key).arg(value).arg("EX").arg(seconds)
    }

    /// Takes a member out of a sorted set.
    pub fn remove_member(key: &str, member: &str) -> Self {
        Self::new("ZREM", key).arg(member)
    }

    pub fn publish(channel: &str, payload: &str) -> Self {
        Self::new("PUBLISH", channel).arg(payload)
    }

    /// The same in a cluster, where a channel has a slot as a key has.
    pub fn publish_sharded(channel: &str, payload: &str) -> Self {
        Self::new("SPUBLISH", channel).arg(payload)
    }

    /// One part of what a server says about itself.
    pub(crate) fn info(section: &str) -> Self {
        Self::new("INFO", section)
    }

    pub(crate) fn key(&self) -> &[u8] {
        match self.0.args_iter().nth(1) {
            Some(redis::Arg::Simple(key)) => key,
            _ => b"",
        }
    }
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Command")
    }
}

/// A script about one key, which Redis keeps once it knows it.
pub struct Script(pub(crate) redis::Script);

impl Script {
    pub fn new(code: &str) -> Self {
        Self(redis::Script::new(code))
    }
}

impl std::fmt::Debug for Script {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Script")
    }
}
