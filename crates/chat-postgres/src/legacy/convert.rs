//! What becomes of old rows: kept, kept and corrected, merged, or refused. Nothing here asks a database.

mod files;
mod group;
mod marks;
mod message;
mod order;
mod places;
#[cfg(test)]
mod tests;

pub(crate) use self::{
    files::{OldFile, carried},
    group::{Converted, Group, Outcome, group},
    message::{ConvertedMessage, Talk},
    places::{Decided, decide},
};
