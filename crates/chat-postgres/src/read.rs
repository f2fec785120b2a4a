//! Rows as the domain sees them, and statements that many questions share.

pub(crate) mod attachments;
pub(crate) mod batched_reads;
pub(crate) mod conversations;
pub(crate) mod history;
pub(crate) mod loader;
pub(crate) mod message_extras;
pub(crate) mod messages;
pub(crate) mod missed;
pub(crate) mod notifications;
pub(crate) mod offers;
pub(crate) mod people;
pub(crate) mod presence;
pub(crate) mod source;
