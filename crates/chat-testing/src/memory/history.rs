//! Pages of messages.

use super::{rows::ConversationRow, state::State};
use chat::{
    ids::ConversationId,
    storage::{Anchor, HistoryPage},
};

impl State {
    pub fn history(
        &self,
        conversation: &ConversationId,
        anchor: &Anchor,
        limit: i64,
    ) -> Option<HistoryPage> {
        let row = self.conversations.get(conversation)?;
        let (from, to) = window(row, anchor, limit)?;
        let mut messages = self.messages(row, from, to);
        messages.reverse();
        Some(HistoryPage {
            messages,
            has_older: from > 1,
            has_newer: to < row.last_seq(),
        })
    }
}

/// The first and the last `seq` of the page; they may reach over the ends.
fn window(row: &ConversationRow, anchor: &Anchor, limit: i64) -> Option<(i64, i64)> {
    let newer = limit / 2;
    Some(match anchor {
        Anchor::Newest => (row.last_seq() - limit + 1, row.last_seq()),
        Anchor::Before(message) => {
            let seq = row.seq_of(message)?;
            (seq - limit, seq - 1)
        }
        Anchor::After(message) => {
            let seq = row.seq_of(message)?;
            (seq + 1, seq + limit)
        }
        Anchor::Around(message) => {
            let seq = row.seq_of(message)?;
            (seq + newer - limit + 1, seq + newer)
        }
    })
}
