//! What became of the servers.

use super::{Found, Rule};
use crate::history::What;

pub(super) fn check(found: &mut Found) {
    let bound = found.history.memory_bound_kib;
    for event in found.events() {
        let (rule, what) = match &event.what {
            What::Exits { status, said } => (Rule::Alive, format!("ended: {status}\n{said}")),
            What::Panics { said } => (Rule::Alive, format!("panicked: {said}")),
            What::Drains { code } if *code != Some(0) => {
                (Rule::Alive, format!("ended with {code:?} after SIGTERM"))
            }
            What::Measures { resident_kib } if bound > 0 && *resident_kib > bound => {
                (Rule::Memory, format!("{resident_kib} KiB of {bound}"))
            }
            _ => continue,
        };
        found.add(rule, None, Some(&event.who), what);
    }
}
