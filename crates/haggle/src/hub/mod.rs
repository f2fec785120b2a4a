//! The sockets of this node, by user.

#[derive(Debug, Default)]
pub struct Hub {}
