//! How far each place has read, by the flags of messages.

use chat::person::Role;

/// What a flag says.
pub(super) struct Said {
    pub from: Role,
    /// The place to which it was sent. Nobody's: all others'.
    pub to: Option<Role>,
    pub is_read: bool,
}

/// Of buyer, supplier and administrator: whoever sends has read what is there, as everywhere; behind their
/// own last message, up to the one before the first that they have not read. A flag belongs to the one
/// recipient that its message has; for others it counts as read.
pub(super) fn marks(messages: &[Said]) -> [i64; 3] {
    Role::ALL.map(|place| {
        let is_unread = |said: &Said| {
            said.from != place && said.to.is_none_or(|to| to == place) && !said.is_read
        };
        let own = messages.iter().rposition(|said| said.from == place);
        let own = own.map_or(0, |last| last + 1);
        let unread = messages[own..].iter().position(is_unread);
        let read = unread.map_or(messages.len(), |unread| own + unread);
        i64::try_from(read).unwrap_or(i64::MAX)
    })
}
