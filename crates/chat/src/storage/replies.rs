//! Saved replies.

use async_trait::async_trait;

use super::Result;
use crate::{
    ids::{ReplyId, UserId},
    reply::{Owner, Reply},
};

#[derive(Clone, Debug)]
pub struct NewReply {
    pub id: ReplyId,
    pub owner: Owner,
    pub name: String,
    /// The name as names are compared: no owner has it twice.
    pub name_key: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PutReply {
    Kept(Reply),
    Taken,
    /// Its owner has [`crate::limits::REPLIES`].
    TooMany,
    NoSuchReply,
}

#[async_trait]
pub trait Replies: Send + Sync {
    /// The company that a user speaks for: the supplier's of theirs, else what their account says.
    async fn company(&self, user: &UserId) -> Result<Option<String>>;

    /// By name as names are compared, then by id.
    async fn list(&self, owners: &[Owner]) -> Result<Vec<Reply>>;

    async fn add(&self, new: NewReply) -> Result<PutReply>;

    /// Of one of these owners; it may go to another of them.
    async fn replace(&self, owners: &[Owner], new: NewReply) -> Result<PutReply>;

    /// Whether there was one.
    async fn remove(&self, owners: &[Owner], id: &ReplyId) -> Result<bool>;
}
