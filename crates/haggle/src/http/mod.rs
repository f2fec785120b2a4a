//! HTTP: one file per endpoint, in the order errors, request, handler, tests.

pub mod cors;
pub mod error;
pub mod extract;
pub mod fields;
pub mod observe;
pub mod pages;
mod query;
pub mod rate_limit;
pub mod router;

mod audit_export;
mod directory;
mod docs;
mod get_attachment;
mod get_conversation;
pub mod health;
mod join_conversation;
mod leave_conversation;
mod linger;
mod list_audit;
mod list_conversations;
mod list_messages;
mod list_notifications;
mod mark_notifications_read;
mod mark_read;
mod open_conversation;
mod openapi;
mod send_message;
mod unread_count;
mod upload_attachment;
mod user_status;

#[cfg(test)]
mod agreement;
