//! The one way in which conversations change.

pub(crate) mod announce;
pub(crate) mod append;
pub(crate) mod attachments;
pub(crate) mod audited;
pub(crate) mod barred;
pub(crate) mod batch;
pub(crate) mod held;
pub(crate) mod message_changes;
pub(crate) mod offers;
pub(crate) mod outcome;
pub(crate) mod queue;
pub(crate) mod read_marks;
pub(crate) mod replies;
pub(crate) mod system;
pub(crate) mod transaction;
mod unconfirmed;
mod worker;
