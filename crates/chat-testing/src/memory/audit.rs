//! The audit.

use super::state::State;
use chat::{
    audit::{AuditPage, AuditQuery, Entry},
    timestamp::Timestamp,
};

impl State {
    pub fn audit_new(&mut self, entries: Vec<Entry>, since: Timestamp) {
        let old = self.audit.clone();
        let is_new = |entry: &Entry| {
            !old.iter().any(|known| {
                known.at > since
                    && known.actor == entry.actor
                    && known.action == entry.action
                    && known.conversation == entry.conversation
            })
        };
        self.audit.extend(entries.into_iter().filter(is_new));
    }

    pub fn audited(&self, query: &AuditQuery) -> AuditPage {
        let fits = |entry: &&Entry| {
            let is_behind = query
                .cursor
                .as_ref()
                .is_none_or(|cursor| (entry.at, &entry.id) < (cursor.at, &cursor.id));
            is_behind
                && (query.conversation.is_none() || query.conversation == entry.conversation)
                && (query.actor.is_none() || query.actor == entry.actor)
                && query.action.is_none_or(|action| action == entry.action)
                && query.from.is_none_or(|from| from <= entry.at)
                && query.to.is_none_or(|to| entry.at < to)
        };
        let mut entries: Vec<Entry> = self.audit.iter().filter(fits).cloned().collect();
        entries.sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
        let limit = usize::try_from(query.limit).unwrap_or(0);
        let has_more = entries.len() > limit;
        entries.truncate(limit);
        AuditPage { entries, has_more }
    }
}
