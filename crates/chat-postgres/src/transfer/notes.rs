//! What became of rows, and why.

use std::collections::BTreeMap;

use super::rows::Origin;
use crate::legacy::Fate;

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub origin: Origin,
    pub table: &'static str,
    pub id: String,
    pub what: Fate,
    /// The reason, the same words for all rows that it is about.
    pub why: &'static str,
    /// What it is about in this row: a value, another row.
    pub detail: Option<String>,
}

/// Rows of one kind. Found = kept + merged + refused, and new ones are among those kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub found: u64,
    pub kept: u64,
    pub new: u64,
    pub merged: u64,
    pub refused: u64,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub conversations: Count,
    pub messages: Count,
    pub files: Count,
    /// How many rows were corrected, merged or refused for which reason.
    pub reasons: BTreeMap<(&'static str, Fate, &'static str), u64>,
}

impl Tally {
    pub fn note(&mut self, note: &Note) {
        let reason = (note.table, note.what, note.why);
        *self.reasons.entry(reason).or_default() += 1;
    }
}
