//! The chat that a marketplace had before.

mod recognition;
