//! Who was shut out, as somebody was told, writes nothing new until an attempt to let them in begins.

use std::collections::{BTreeMap, BTreeSet};

use super::{Found, Rule};
use crate::history::{Barrier, What};

/// Who put it up; nobody: it is for everybody.
type Standing<'a> = (&'a str, Option<&'a str>);

pub(super) fn check(found: &mut Found) {
    // Since which event each stands for certain, and what an attempt to write began behind.
    let mut standing: BTreeMap<Standing, usize> = BTreeMap::new();
    let mut begun: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    // Who is at it, from the attempt to put it up until the server said that it is over. Of several at once, the
    // answer to one may come after another has ended it again.
    let mut attempts: BTreeMap<Standing, BTreeSet<&str>> = BTreeMap::new();
    for (at, event) in found.events().enumerate() {
        match &event.what {
            What::Bars {
                conversation,
                barrier,
            } => {
                let standing = of(conversation, *barrier, event.person());
                attempts.entry(standing).or_default().insert(&event.who);
            }
            What::Barred {
                conversation,
                barrier,
            } => {
                let key = of(conversation, *barrier, event.person());
                let is_alone = attempts.get(&key).is_some_and(|who| who.len() == 1);
                if is_alone {
                    standing.insert(key, at);
                }
            }
            What::Frees {
                conversation,
                barrier,
            } => {
                let key = of(conversation, *barrier, event.person());
                standing.remove(&key);
                // Whoever else has tried to put it up no longer knows that it stands.
                attempts.entry(key).or_default().insert(&event.who);
            }
            What::Freed {
                conversation,
                barrier,
            } => {
                let key = of(conversation, *barrier, event.person());
                attempts.entry(key).or_default().remove(&*event.who);
            }
            What::Sends { conversation, key } => {
                begun.entry((conversation, key)).or_insert(at);
            }
            What::Acknowledged {
                conversation,
                key,
                is_new: true,
                ..
            } => {
                let since = begun.get(&(&**conversation, &**key)).copied();
                let person = event.person();
                let is_behind = standing.iter().any(|((of, by), up)| {
                    of == conversation
                        && by.is_none_or(|by| by != person && !super::is_admin(person))
                        && since.is_some_and(|since| since > *up)
                });
                if is_behind {
                    let what = format!("{key} was stored behind it");
                    found.add(Rule::Barrier, Some(conversation), Some(&event.who), what);
                }
            }
            _ => {}
        }
    }
}

fn of<'a>(conversation: &'a str, barrier: Barrier, person: &'a str) -> Standing<'a> {
    match barrier {
        Barrier::Block => (conversation, Some(person)),
        Barrier::Close => (conversation, None),
    }
}
