//! What people were told of reading: a mark that was acknowledged stays, and nobody hears of one
//! that is not there.

use std::collections::BTreeMap;

use super::{Found, Rule, is_admin};
use crate::{frame::Frame, history::What};

pub(super) fn check(found: &mut Found) {
    acknowledged(found);
    heard(found);
}

/// Whoever has sent, or marked as read, has read so far.
fn acknowledged(found: &mut Found) {
    // What is known to be stored, and what a device's attempt to mark must reach.
    let mut stored: BTreeMap<&str, i64> = BTreeMap::new();
    let mut aims: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    let mut least: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for event in found.events() {
        let (conversation, mark) = match &event.what {
            What::Acknowledged {
                conversation, seq, ..
            } => {
                let known = stored.entry(conversation).or_default();
                *known = (*seq).max(*known);
                (conversation, *seq)
            }
            What::Marks {
                conversation,
                up_to,
            } => {
                let known = stored.get(&**conversation).copied().unwrap_or_default();
                aims.insert((&event.who, conversation), up_to.unwrap_or(known));
                continue;
            }
            What::Marked { conversation } => {
                let aim = aims.get(&(&*event.who, &**conversation));
                (conversation, aim.copied().unwrap_or_default())
            }
            _ => continue,
        };
        let least = least.entry((event.person(), conversation)).or_default();
        *least = mark.max(*least);
    }
    for ((person, conversation), least) in least {
        // Administrators come and go, and their marks with them.
        let is_there = found.conversations().get(conversation);
        let Some(stored) = is_there.filter(|_| !is_admin(person)) else {
            continue;
        };
        let mark = stored.marks.get(person).copied().unwrap_or_default();
        if mark < least {
            let what = format!("has read up to {mark}, and was told {least}");
            found.add(Rule::Lost, Some(conversation), Some(person), what);
        }
    }
}

fn heard(found: &mut Found) {
    for event in found.events() {
        match &event.what {
            What::Hears(Frame::Read {
                conversation,
                user,
                mark,
                ..
            }) => {
                let stored = found.conversations().get(conversation);
                let stored = stored.filter(|_| !is_admin(user));
                let is = stored.map(|stored| stored.marks.get(user).copied().unwrap_or_default());
                if is.is_some_and(|is| is < *mark) {
                    let what = format!("heard that {user} has read up to {mark}");
                    found.add(Rule::Invented, Some(conversation), Some(&event.who), what);
                }
            }
            // Whatever is told of a conversation counts for its reader.
            What::Hears(Frame::Updated { conversation, card }) => {
                let mark = card.marks.get(event.person());
                let unread = mark.map_or(0, |mark| card.last_seq - mark);
                if unread != card.unread {
                    let what = format!("a card with {} unread of {unread}", card.unread);
                    found.add(Rule::Unread, Some(conversation), Some(&event.who), what);
                }
            }
            _ => {}
        }
    }
}
