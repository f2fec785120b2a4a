//! The WebSocket at `/api/chat/ws`: one task per socket, from the handshake to the close.
//!
//! [`handshake`] lets it in, [`line`] speaks RFC 6455, [`connection`] waits for
//! whatever comes next, [`client`] knows who is there and answers, [`resume`]
//! tells what was missed.

mod authenticate;
mod client;
mod connection;
mod counted;
mod handlers;
mod handshake;
mod keepalive;
mod line;
mod read_throttle;
mod request;
mod resume;
mod snapshot_filter;
mod tasks;
mod turn;

#[cfg(test)]
mod tests;

pub use self::{handshake::upgrade, tasks::start};
