//! The chat that a marketplace had before.

mod bridge;
mod broken;
mod copying;
mod dirty_market;
mod killed;
mod live_move;
mod market;
mod recognition;
mod report;
