//! What is read of conversations and messages, and queries that many questions share.

pub(crate) mod batched_reads;
pub(crate) mod conversations;
pub(crate) mod history;
pub(crate) mod list;
pub(crate) mod loader;
pub(crate) mod messages;
