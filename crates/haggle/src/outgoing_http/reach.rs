//! How far a request may go.

/// Where requests may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// By https, to addresses that everybody can reach.
    Public,
    /// Also by http, and to loopback and private networks: the operator says so.
    Anywhere,
}
