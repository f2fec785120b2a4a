//! What is said when nothing happens any more.

use std::collections::BTreeMap;

use super::{Found, Rule, sockets::difference};
use crate::history::{Event, Seen, Stored, What};

pub(super) fn check(found: &mut Found) {
    for event in found.events() {
        match &event.what {
            What::Fetches {
                conversation,
                seen,
                unread,
            } => fetched(found, event, conversation, seen, *unread),
            What::Lists {
                conversation,
                seq,
                rev,
                unread,
            } => listed(found, event, conversation, (*seq, *rev, *unread)),
            What::Counts { unread } => counted(found, event, *unread),
            What::Status { user, says, is } if says != is => {
                let what = format!("said to be online: {says}, has sockets: {is}");
                found.add(Rule::Presence, None, Some(user), what);
            }
            _ => {}
        }
    }
    for (id, stored) in found.conversations() {
        columns(found, id, stored);
    }
}

/// A fetch says what SQL finds.
fn fetched(found: &mut Found, event: &Event, id: &str, seen: &Seen, unread: i64) {
    let Some(stored) = found.conversations().get(id) else {
        return;
    };
    let person = event.person();
    let sql = Seen {
        rev: stored.rev,
        messages: stored.messages.iter().map(|row| row.said.clone()).collect(),
        marks: stored.marks.clone(),
    };
    if *seen != sql {
        let what = format!("a fetch, against SQL, {}", difference(seen, &sql));
        found.add(Rule::ClientState, Some(id), Some(person), what);
    }
    let expected = sql.unread(person);
    if unread != expected {
        let what = format!("{unread} unread, and SQL counts {expected}");
        found.add(Rule::Unread, Some(id), Some(person), what);
    }
}

/// A list says what SQL finds, at whatever node.
fn listed(found: &mut Found, event: &Event, id: &str, listed: (i64, i64, i64)) {
    let Some(stored) = found.conversations().get(id) else {
        return;
    };
    let mark = stored.marks.get(event.person());
    let unread = mark.map_or(0, |mark| stored.last_seq - mark);
    let expected = (stored.last_seq, stored.rev, unread);
    if listed != expected {
        let what = format!("listed with last seq, rev, unread {listed:?}, stored {expected:?}");
        found.add(Rule::ClientState, Some(id), Some(event.person()), what);
    }
}

fn counted(found: &mut Found, event: &Event, unread: i64) {
    let person = event.person();
    let unread_in = |stored: &Stored| {
        let mark = stored
            .marks
            .get(person)
            .filter(|_| !stored.muted.contains(person));
        mark.map_or(0, |mark| stored.last_seq - mark)
    };
    let expected: i64 = found.conversations().values().map(unread_in).sum();
    if unread != expected {
        let what = format!("{unread} unread over all, and SQL counts {expected}");
        found.add(Rule::Unread, None, Some(person), what);
    }
}

/// The columns for hosts are true.
fn columns(found: &mut Found, id: &str, stored: &Stored) {
    let marks = stored.marks.iter();
    let unread = marks.map(|(user, mark)| (user.clone(), stored.last_seq - mark));
    let unread: BTreeMap<_, _> = unread.collect();
    if unread != stored.unread {
        let what = format!("columns say {:?}, marks {unread:?}", stored.unread);
        found.add(Rule::Unread, Some(id), None, what);
    }
}
