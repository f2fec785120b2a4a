//! The real server on real PostgreSQL, and people who use it.

#![expect(
    clippy::unwrap_used,
    reason = "what goes wrong here is a failure of the test"
)]

mod attachments;
mod attack;
mod audit;
mod commands;
mod conformance;
mod conversations;
mod cross_site;
mod demo;
mod directory;
mod documents;
mod embedded;
mod errors;
mod everyday;
mod files;
mod flows;
mod identity;
mod limits;
mod log;
mod mapping;
mod messages;
mod object_store;
mod old_chat;
mod old_chat_moved;
mod operation;
mod outbox;
mod proxies;
mod readme;
mod refusals;
mod searching;
mod sockets;
mod survival;
mod transfer;
mod wire;
mod world;
