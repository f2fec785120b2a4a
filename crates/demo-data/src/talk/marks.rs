//! How far everybody has read.

use super::Message;
use super::deal::Party;
use crate::people::Profile;
use crate::random::Random;

/// Read marks of the three places, zero where nobody is.
pub(super) struct Marks {
    pub(super) buyer: i64,
    pub(super) supplier: i64,
    pub(super) admin: i64,
}

/// Marks for a conversation at this place among all, the most recent first: what was written just
/// now is often unread, what is old hardly ever.
pub(super) fn marks(
    messages: &[Message],
    party: Party,
    place: usize,
    random: &mut Random,
) -> Marks {
    let unread_percent = match place {
        0..12 => 75,
        12..30 => 60,
        30..65 => 35,
        65..115 => 12,
        _ => 3,
    };
    let mut mark = |seat: Option<&Profile>, listens: bool| {
        seat.map_or(0, |profile| {
            let (own, last) = (last_of(messages, profile), sequence(messages.len()));
            if own == last || !random.chance(unread_percent) {
                last
            } else if listens && own == 0 {
                // Whoever joins starts with everything so far read.
                (last - random.between(1, 9)).max(0)
            } else if random.chance(75) {
                own
            } else {
                random.between(own, last - 1)
            }
        })
    };
    Marks {
        buyer: mark(Some(party.buyer), false),
        supplier: mark(party.supplier, false),
        admin: mark(party.admin, party.supplier.is_some()),
    }
}

/// The `seq` of the last message that somebody sent themselves.
pub(super) fn last_of(messages: &[Message], profile: &Profile) -> i64 {
    let own = |message: &Message| message.sender_id == profile.person.id;
    sequence(messages.iter().rposition(own).map_or(0, |index| index + 1))
}

fn sequence(count: usize) -> i64 {
    i64::try_from(count).expect("conversations are shorter than that")
}
