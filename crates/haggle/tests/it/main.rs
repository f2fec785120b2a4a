//! The real server on real PostgreSQL, and people who use it.

#![expect(
    clippy::unwrap_used,
    reason = "what goes wrong here is a failure of the test"
)]

mod attachments;
mod attachments_move;
mod attack;
mod audit;
mod authorization;
mod changing;
mod commands;
mod conformance;
mod conversation_files;
mod conversations;
mod cross_site;
mod demo;
mod directory;
mod documents;
mod embedded;
mod errors;
mod everyday;
mod files;
mod finding;
mod flows;
mod identity;
mod limits;
mod log;
mod mail;
mod mapping;
mod messages;
mod object_store;
mod offers;
mod old_chat;
mod old_chat_moved;
mod operation;
mod outbox;
mod preferences;
mod proxies;
mod readme;
mod refusals;
mod resumable;
mod scanner;
mod searching;
mod sockets;
mod survival;
mod transfer;
mod webhooks;
mod wire;
mod world;
