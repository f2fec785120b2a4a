//! What the adversary did when: whether it explains what somebody met.

use std::collections::BTreeMap;

use super::Found;
use crate::{
    history::What,
    plan::{Fault, Target},
};

/// For so long after its end, in milliseconds, an injection explains what happens: statements, queues and
/// clients wait, and locks are held by those who vanished.
const AFTERMATH: u64 = 30_000;

/// The same for servers that find each other again.
const RECONNECT: u64 = 5_000;

/// Every injection, with its beginning and its end.
pub(super) struct Causes(Vec<(Target, Fault, u64, u64)>);

impl Causes {
    pub fn of(found: &Found) -> Self {
        let mut open: BTreeMap<Target, (Fault, u64)> = BTreeMap::new();
        let mut injections = Vec::new();
        for event in found.events() {
            match event.what {
                What::Suffers { target, fault } => _ = open.insert(target, (fault, event.at)),
                What::Recovers { target, .. } => {
                    if let Some((fault, from)) = open.remove(&target) {
                        injections.push((target, fault, from, event.at));
                    }
                }
                _ => {}
            }
        }
        let open = open.into_iter();
        injections.extend(open.map(|(target, (fault, from))| (target, fault, from, u64::MAX)));
        Self(injections)
    }

    /// Whether one of these was under way then, or not long before.
    pub fn explain(&self, at: u64, is_one: impl Fn(Target, Fault) -> bool) -> bool {
        self.explain_within(AFTERMATH, at, is_one)
    }

    fn explain_within(
        &self,
        aftermath: u64,
        at: u64,
        is_one: impl Fn(Target, Fault) -> bool,
    ) -> bool {
        self.0.iter().any(|&(target, fault, from, until)| {
            from <= at && at <= until.saturating_add(aftermath) && is_one(target, fault)
        })
    }

    /// Whether one server may be without Redis while another has it, which so does not learn what
    /// is written there.
    pub fn explain_partition(&self, at: u64) -> bool {
        let is_one = |target, _| matches!(target, Target::Bus(_));
        self.explain_within(RECONNECT, at, is_one)
    }

    /// Whether the database may have been out of reach, for this or another server: whoever
    /// vanishes in the middle of a transaction holds up the others.
    pub fn explain_unavailable(&self, at: u64) -> bool {
        self.explain(at, |target, _| {
            matches!(
                target,
                Target::Postgres | Target::Storage(_) | Target::Node(_)
            )
        })
    }

    /// Whether a connection of a client to this node may have been cut without a word.
    pub fn explain_cut(&self, at: u64, node: usize) -> bool {
        self.explain(at, |target, fault| {
            target == Target::Clients(node)
                || (target == Target::Node(node) && fault == Fault::Kill)
        })
    }

    /// Whether a client of this node may have read too slowly.
    pub fn explain_slow(&self, at: u64, node: usize) -> bool {
        self.explain(
            at,
            |target, _| matches!(target, Target::Clients(it) | Target::Node(it) if it == node),
        )
    }
}
