//! Whoever is turned away or cut off meets what the adversary did, and nothing else: without
//! PostgreSQL nobody is served, without Redis everybody is, and an orderly end cuts nobody.

use std::collections::BTreeMap;

use super::{Found, Rule, causes::Causes};
use crate::{
    faults::flood::{DEAF_DEVICE, TALKER},
    history::{Event, How, Probe, Stored, What},
    plan::{Fault, Target},
};

pub(super) fn check(found: &mut Found) {
    let causes = Causes::of(found);
    refusals(found, &causes);
    ends(found, &causes);
    cuts(found, &causes);
    probes(found);
}

fn refusals(found: &mut Found, causes: &Causes) {
    for event in found.events() {
        if let What::Answered {
            request,
            conversation,
            status: 503,
            ..
        } = &event.what
            && !causes.explain_unavailable(event.at)
        {
            let what = format!("{request:?} was answered with 503 though PostgreSQL was there");
            let conversation = conversation.as_deref();
            found.add(Rule::Blame, conversation, Some(&event.who), what);
        }
    }
}

fn ends(found: &mut Found, causes: &Causes) {
    let mut nodes: BTreeMap<&str, usize> = BTreeMap::new();
    for event in found.events() {
        match event.what {
            What::Connects { node, .. } => _ = nodes.insert(&event.who, node),
            What::Loses { code } => {
                let Some(node) = nodes.get(&*event.who).copied() else {
                    continue;
                };
                let is_deaf = event.who.contains(DEAF_DEVICE);
                let is_explained = match code {
                    1001 => causes.explain_unavailable(event.at),
                    1006 => is_deaf || causes.explain_cut(event.at, node),
                    4408 => {
                        is_deaf || is_flooded(found, event) || causes.explain_slow(event.at, node)
                    }
                    _ => true,
                };
                if !is_explained {
                    let what = format!("closed by node {node} with {code}, for no reason");
                    found.add(Rule::Blame, None, Some(&event.who), what);
                }
            }
            _ => {}
        }
    }
}

/// Whether this device hears so much that it may be too slow for it on a busy machine.
fn is_flooded(found: &Found, event: &Event) -> bool {
    let is_loud = |stored: &&Stored| stored.marks.contains_key(TALKER);
    let mut loud = found.conversations().values().filter(is_loud);
    loud.any(|stored| stored.marks.contains_key(event.person()))
}

/// How the attempts to send a message ended.
#[derive(Default)]
struct Attempts<'a> {
    who: &'a str,
    begun: usize,
    /// Without an answer, because the server came to an orderly end.
    drained: usize,
    /// With the answer that it had been stored before.
    again: usize,
}

/// A message that was stored by a server that ended in an orderly way was also acknowledged by it.
fn cuts(found: &mut Found, causes: &Causes) {
    let mut all: BTreeMap<(&str, &str), Attempts> = BTreeMap::new();
    let mut conversations: BTreeMap<&str, &str> = BTreeMap::new();
    for event in found.events() {
        match &event.what {
            What::Sends { conversation, key } => {
                let attempts = all.entry((conversation, key)).or_default();
                (attempts.who, attempts.begun) = (&event.who, attempts.begun + 1);
                conversations.insert(key, conversation);
            }
            What::Unanswered {
                node,
                how: How::Cut,
                key: Some(key),
                ..
            } => {
                let ended =
                    |target, fault| target == Target::Node(*node) && fault == Fault::Terminate;
                let is_drained =
                    causes.explain(event.at, ended) && !causes.explain_cut(event.at, *node);
                let attempts = conversations.get(&**key);
                let attempts = attempts.and_then(|of| all.get_mut(&(*of, &**key)));
                if let Some(attempts) = attempts {
                    attempts.drained += usize::from(is_drained);
                }
            }
            What::Acknowledged {
                conversation,
                key,
                is_new: false,
                ..
            } => all.entry((conversation, key)).or_default().again += 1,
            _ => {}
        }
    }
    for ((conversation, key), attempts) in all {
        if attempts.drained == 0 || attempts.drained + attempts.again != attempts.begun {
            continue;
        }
        let stored = found.conversations().get(conversation);
        let mut rows = stored.iter().flat_map(|stored| &stored.messages);
        if rows.any(|row| row.key == key) {
            let what = format!("{key} was stored, and its request cut by an orderly end");
            found.add(Rule::Blame, Some(conversation), Some(attempts.who), what);
        }
    }
}

/// A server that answers at all lives; it is not ready when there is no PostgreSQL.
fn probes(found: &mut Found) {
    let mut gone_at = None;
    for event in found.events() {
        match event.what {
            What::Gone => gone_at = Some(event.at),
            What::Returns => gone_at = None,
            What::Probes {
                path: Probe::Health,
                status,
                ..
            } if status != 200 => {
                let what = format!("healthz says {status}");
                found.add(Rule::Health, None, Some(&event.who), what);
            }
            What::Probes {
                path: Probe::Ready,
                status,
                asked_at,
            } => {
                // Asked before it returned, and answered before too.
                let is_gone = gone_at.is_some_and(|gone_at| gone_at < asked_at);
                if !matches!(status, 200 | 503) || (is_gone && status == 200) {
                    let what = format!("readyz says {status}, without PostgreSQL: {is_gone}");
                    found.add(Rule::Health, None, Some(&event.who), what);
                }
            }
            _ => {}
        }
    }
}
