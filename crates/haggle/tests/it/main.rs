//! The real server on real PostgreSQL, and people who use it.

#![expect(
    clippy::unwrap_used,
    reason = "what goes wrong here is a failure of the test"
)]

mod commands;
mod conversations;
mod cross_site;
mod demo;
mod directory;
mod documents;
mod errors;
mod identity;
mod limits;
mod messages;
mod operation;
mod sockets;
mod world;
