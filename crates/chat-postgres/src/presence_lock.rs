//! The lock on a person's presence.

/// First key of the advisory locks on a person's presence; the second is a hash of the
/// user id. Sends share it, the end of a lease takes it alone.
pub(crate) const PRESENCE_LOCK: i32 = 0x4861_6767;
