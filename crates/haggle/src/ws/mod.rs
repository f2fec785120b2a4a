//! The WebSocket at `/api/chat/ws`: one task per socket, from the handshake to the close.
//!
//! [`handshake`] upgrades the request, [`framed_socket`] reads and writes frames, [`connection`]
//! runs the task, [`client`] holds its state, [`handlers`] does what a frame asks for, [`resume`]
//! sends what the client missed.

mod authenticate;
mod client;
mod connection;
mod counting_io;
mod framed_socket;
mod handlers;
mod handshake;
mod keepalive;
mod read_throttle;
mod resume;
mod snapshot_filter;
mod tasks;

#[cfg(test)]
mod tests;

pub use self::{handshake::upgrade, tasks::start};
