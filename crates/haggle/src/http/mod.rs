//! HTTP: one file per endpoint, in the order errors, request, handler, tests.

pub mod caller;
pub mod cors;
pub mod cursor;
pub mod error;
pub mod extract;
pub mod fields;
pub mod observe;
mod query;
pub mod rate_limit;

pub(crate) mod audit_entry;
pub(crate) mod audit_export;
mod byte_range;
pub(crate) mod directory;
pub(crate) mod docs;
pub(crate) mod drain_body;
pub(crate) mod get_attachment;
pub(crate) mod get_conversation;
pub(crate) mod get_limits;
pub mod health;
pub(crate) mod join_conversation;
pub(crate) mod leave_conversation;
pub(crate) mod list_audit;
pub(crate) mod list_conversations;
pub(crate) mod list_events;
pub(crate) mod list_messages;
pub(crate) mod list_notifications;
pub(crate) mod mark_notifications_read;
pub(crate) mod mark_read;
pub(crate) mod open_conversation;
pub(crate) mod openapi;
pub(crate) mod send_message;
pub(crate) mod unread_count;
pub(crate) mod upload_attachment;
mod upload_name;
pub(crate) mod user_status;

#[cfg(test)]
mod openapi_drift;
