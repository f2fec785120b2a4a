//! What came of a benchmark.

use clap::ValueEnum;
use serde::Serialize;

use crate::figure::Figure;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Name {
    Sends,
    Delivery,
    Sockets,
    Fanout,
    Pages,
    Lists,
    Search,
    Start,
    Nodes,
    Outage,
    Death,
    Storm,
    Move,
    Transfer,
    Peers,
    Wrk,
    Uploads,
}

#[derive(Debug, Serialize)]
pub struct Section {
    pub name: Name,
    #[serde(skip)]
    pub about: &'static str,
    /// The command that made it, and on what.
    pub made_by: String,
    pub made_on: String,
    pub figures: Vec<Figure>,
}
