//! The chat that a marketplace had before.

mod bridge;
mod market;
mod recognition;
