//! What a move found, and what became of it.

use std::collections::BTreeMap;

use crate::legacy::{
    convert::Group,
    reason::{Note, OldRow, Reason},
    shape::Shape,
};

/// Rows of one table. Found is kept, merged and refused together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub found: i64,
    pub kept: i64,
    pub merged: i64,
    pub refused: i64,
}

impl Count {
    pub fn adds_up(self) -> bool {
        self.found == self.kept + self.merged + self.refused
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub shape: Shape,
    /// The old tables, for people.
    pub tables: [String; 2],
    pub time_zone: String,
    pub conversations: Count,
    pub messages: Count,
    /// Of an earlier run that did not come to its end: old conversations that were here already.
    pub were_here: i64,
    pub reasons: BTreeMap<(OldRow, Reason), i64>,
    /// One line each.
    pub warnings: Vec<String>,
    /// It was all here before.
    pub was_done: bool,
    /// Nothing is written; how long it would take to write it.
    pub seconds: Option<u64>,
    /// Over what was inserted, as it was sent and as it was found again.
    pub checksum: i128,
}

impl Moved {
    /// What became of these old conversations.
    pub(super) fn add(&mut self, group: &Group) {
        self.note(&group.notes);
        for outcome in &group.outcomes {
            let refused = i64::from(outcome.messages_refused);
            self.messages.kept += i64::from(outcome.messages_kept);
            self.messages.refused += refused;
            if outcome.kept_in.is_none() {
                self.conversations.refused += 1;
            }
        }
        let kept = i64::try_from(group.kept.len()).unwrap_or(i64::MAX);
        let all = group
            .outcomes
            .iter()
            .filter(|outcome| outcome.kept_in.is_some())
            .count();
        self.conversations.kept += kept;
        self.conversations.merged += i64::try_from(all).unwrap_or(i64::MAX) - kept;
    }

    pub(super) fn note(&mut self, notes: &[Note]) {
        for note in notes {
            *self.reasons.entry((note.row, note.reason)).or_default() += 1;
        }
    }
}
