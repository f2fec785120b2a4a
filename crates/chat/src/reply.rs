//! A saved reply, and whose it is.

use crate::ids::{ReplyId, UserId};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub id: ReplyId,
    pub name: String,
    pub text: String,
    pub owner: Owner,
}

impl Reply {
    pub fn is_shared(&self) -> bool {
        matches!(self.owner, Owner::Company(_))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    Person(UserId),
    /// Everybody who speaks for it, by the name that the marketplace gives it.
    Company(String),
}

impl Owner {
    /// What locks and messages call it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Person(user) => user.as_str(),
            Self::Company(name) => name,
        }
    }
}
