//! The names of channels and keys. Channels know no databases, so the number is in all of them.
//! What is in braces decides about the place in a cluster: a user's channel is where the version of
//! what they see is, so that both are told in their order.

use chat::ids::UserId;

#[derive(Clone, Debug)]
pub struct Keys {
    prefix: String,
}

impl Keys {
    pub fn new(db: i64) -> Self {
        Self {
            prefix: format!("haggle:{db}:"),
        }
    }

    /// The channel of a user, for the servers that hold a socket of theirs.
    pub fn channel_of(&self, user: &UserId) -> String {
        format!("{}u:{{{user}}}", self.prefix)
    }

    /// The channel that every server hears.
    pub fn broadcast_channel(&self) -> String {
        format!("{}all", self.prefix)
    }

    pub fn user_of<'a>(&self, channel: &'a str) -> Option<&'a str> {
        let rest = channel.strip_prefix(&*self.prefix)?;
        rest.strip_prefix("u:{")?.strip_suffix('}')
    }

    /// Another value after every change of what this user's list and count show.
    pub fn version(&self, user: &UserId) -> String {
        format!("{}v:{{{user}}}", self.prefix)
    }

    /// The same for lists of all conversations.
    pub fn version_of_all(&self) -> String {
        format!("{}v", self.prefix)
    }

    /// How full a bucket of a user is.
    pub fn bucket(&self, user: &UserId, action: &str) -> String {
        format!("{}r:{action}:{user}", self.prefix)
    }

    /// The sockets of a user on all servers, by age.
    pub fn sockets(&self, user: &UserId) -> String {
        format!("{}s:{user}", self.prefix)
    }

    /// Nobody reads it.
    pub fn check(&self) -> String {
        format!("{}check", self.prefix)
    }

    /// The servers, by the end of their lives.
    pub fn nodes(&self) -> String {
        format!("{}nodes", self.prefix)
    }
}
