//! How requests are read.

mod fields;
pub(crate) mod id;
mod query;

#[cfg(test)]
mod drift;

pub use fields::{Fields, Read};
pub use id::{Id, NOT_AN_ID, is_possible_id};
