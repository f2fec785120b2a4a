//! The frames of the socket, and the document that tells of them.

pub mod asyncapi;
pub mod client_frame;
mod rules;
mod samples;
mod schemas;
pub mod server_frame;

/// Where the socket is.
pub const ADDRESS: &str = "/api/chat/ws";
