//! How far everybody has read.

use super::deal::Party;
use super::{Conversation, Message};
use crate::people::{Profile, Role, profiles};
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
        0..12 => 85,
        12..30 => 80,
        30..65 => 60,
        65..115 => 20,
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

/// Gives everybody who has read everything something to read: what was last written to them.
pub(super) fn somebody_waits(conversations: &mut [Conversation]) {
    for profile in profiles() {
        let id = profile.person.id;
        let unread = |conversation: &Conversation| {
            let last = sequence(conversation.messages.len());
            seat(conversation, id).is_some_and(|mark| mark < last)
        };
        if conversations.iter().any(unread) {
            continue;
        }
        // The most recent ones come first.
        let written_to = |conversation: &&mut Conversation| {
            let last = conversation.messages.last();
            seat(conversation, id).is_some() && last.is_some_and(|last| last.sender_id != id)
        };
        let Some(conversation) = conversations.iter_mut().find(written_to) else {
            continue;
        };
        let own = last_of(&conversation.messages, profile);
        let before_last = sequence(conversation.messages.len()) - 1;
        let mark = match profile.person.role {
            Role::Buyer => &mut conversation.buyer_last_read_seq,
            Role::Supplier => &mut conversation.supplier_last_read_seq,
            Role::Admin => &mut conversation.admin_last_read_seq,
        };
        *mark = if own == 0 { before_last } else { own };
    }
}

/// The read mark of a person, if they are in the conversation.
fn seat(conversation: &Conversation, id: &str) -> Option<i64> {
    if conversation.buyer_id == id {
        Some(conversation.buyer_last_read_seq)
    } else if conversation.supplier_user_id == Some(id) {
        Some(conversation.supplier_last_read_seq)
    } else if conversation.admin_id == Some(id) {
        Some(conversation.admin_last_read_seq)
    } else {
        None
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
