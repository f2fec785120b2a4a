//! The server: settings, HTTP, WebSockets, the hub that holds sockets, the broker
//! between servers, presence, caches, and the embedded database.

mod admission;
pub mod app;
pub mod assembly;
pub mod attachments;
mod audit_counts;
pub mod auth;
pub mod broker;
pub mod cache;
pub mod clock;
pub mod command;
pub mod database;
pub mod demo;
mod eviction;
pub mod http;
pub mod hub;
pub mod jwks;
pub mod listener;
pub mod logging;
pub mod metrics;
mod old_chat;
mod orphans;
pub mod presence;
mod read_share;
mod rlimit;
pub mod router;
pub mod serve;
pub mod sessions;
pub mod settings;
mod startup_wait;
mod stdout;
mod storage_log;
mod transfer;
mod user_path;
mod web;
mod web_origin;
pub mod ws;
