//! The domain of Haggle: what people do in a marketplace chat, and the rules.
//!
//! One file per thing people do ([`send_message`], [`open_conversation`], …), who may do it
//! ([`access`]), the words they use ([`conversation`], [`message`], [`person`], …), and the
//! traits behind which PostgreSQL, Redis and sockets live ([`storage`],
//! [`publisher`], [`rate_limit`]). Nothing here knows HTTP, SQL or the clock.

pub mod access;
pub mod answer_offer;
pub mod attachment;
pub mod audit;
pub mod barrier;
pub mod change_message;
pub mod change_preferences;
pub mod change_settings;
mod chat;
pub mod close_request;
pub mod content;
pub mod conversation;
pub mod conversation_event;
pub mod correct_message;
pub mod digest;
pub mod edit_directory;
pub mod edit_webhooks;
pub mod error;
pub mod event;
mod file_name;
pub mod file_report;
pub mod ids;
pub mod job;
pub mod join_leave;
pub mod limits;
pub mod list_conversations;
pub mod list_events;
pub mod list_files;
pub mod list_notifications;
pub mod list_versions;
pub mod make_offer;
pub mod mark_notifications_read;
pub mod mark_read;
pub mod media_type;
pub mod message;
pub mod message_search;
pub mod notification;
pub mod offer;
pub mod open_attachment;
pub mod open_conversation;
pub mod own_settings;
pub mod participant;
pub mod person;
pub mod preferences;
pub mod presence;
pub mod publisher;
pub mod push;
pub mod quiet_hours;
pub mod quotation;
pub mod rate_limit;
pub mod react;
pub mod read_audit;
pub mod read_delivery;
pub mod read_history;
pub mod read_request;
pub mod replies;
pub mod reply;
pub mod report;
pub mod request_quotation;
pub mod resumable_upload;
pub mod resume;
pub mod search;
pub mod search_messages;
pub mod send_message;
pub mod storage;
pub mod subscribe_push;
pub mod take_back_message;
pub mod timestamp;
pub mod typing;
pub mod unread_count;
pub mod upload;
pub mod user_status;
pub mod webhook;
pub mod working_hours;
mod written;

pub use self::chat::Chat;
