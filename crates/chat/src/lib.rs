//! The domain of Haggle: what people do in a marketplace chat, and the rules.
//!
//! One file per thing people do ([`send_message`], [`open_conversation`], …),
//! the words they use ([`conversation`], [`message`], [`person`], …), and the
//! traits behind which PostgreSQL, Redis and sockets live ([`storage`],
//! [`bus`], [`rate_limit`]). Nothing here knows HTTP, SQL or the clock.

pub mod access;
pub mod attachment;
pub mod audit;
pub mod bus;
pub mod content;
pub mod conversation;
pub mod error;
pub mod event;
mod file_name;
pub mod ids;
pub mod join_leave;
pub mod limits;
pub mod list_conversations;
pub mod list_events;
pub mod mark_read;
pub mod media_type;
pub mod message;
pub mod notification;
pub mod open_attachment;
pub mod open_conversation;
pub mod person;
pub mod presence;
pub mod rate_limit;
pub mod read_history;
pub mod resume;
pub mod search;
pub mod send_message;
pub mod storage;
pub mod timestamp;
pub mod typing;

use std::sync::Arc;

/// Everything a use case needs from outside, handed over once at the start.
#[derive(Clone)]
pub struct Chat {
    pub storage: Arc<dyn storage::ChatStorage>,
    pub directory: Arc<dyn storage::Directory>,
    pub leases: Arc<dyn storage::Leases>,
    pub audit: Arc<audit::AuditTrail>,
    pub uploads: Arc<dyn storage::Uploads>,
    pub bus: Arc<dyn bus::Bus>,
    pub rate_limiter: Arc<dyn rate_limit::RateLimiter>,
    pub clock: Arc<dyn timestamp::Clock>,
}

impl std::fmt::Debug for Chat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chat")
    }
}
