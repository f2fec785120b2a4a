//! Who does something and from where, as columns of a statement that changes more than the audit.

use chat::{
    audit::{Act, Source},
    ids::UserId,
};

pub(crate) fn ip(source: &Source) -> Option<String> {
    source.ip.map(|ip| ip.to_string())
}

pub(crate) fn actor(act: &Act) -> Option<&str> {
    act.actor.as_ref().map(UserId::as_str)
}
