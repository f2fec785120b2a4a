//! How far everybody has read.

use super::deal::Party;
use super::{Conversation, Marks, Message, Speaker};
use crate::people::{Role, profiles};
use crate::random::Random;

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
    let mut mark = |seat: Speaker, is_there: bool, listens: bool| {
        if !is_there {
            return 0;
        }
        let (own, last) = (last_of(messages, seat), sequence(messages.len()));
        if own == last || !random.chance(unread_percent) {
            last
        } else if listens && own == 0 {
            // An administrator who joins starts with everything so far read.
            (last - random.between(1, 9)).max(0)
        } else if random.chance(75) {
            own
        } else {
            random.between(own, last - 1)
        }
    };
    let (supplier, admin) = (party.supplier.is_some(), party.admin.is_some());
    Marks {
        buyer: mark(Speaker::Buyer, true, false),
        supplier: mark(Speaker::Supplier, supplier, false),
        admin: mark(Speaker::Admin, admin, supplier),
    }
}

/// Gives everybody who has read everything something to read: what was last written to them.
pub(super) fn somebody_waits(conversations: &mut [Conversation]) {
    for profile in profiles() {
        let seat = match profile.person.role {
            Role::Buyer => Speaker::Buyer,
            Role::Supplier => Speaker::Supplier,
            Role::Admin => Speaker::Admin,
        };
        let sits = |conversation: &Conversation| person(conversation, seat) == Some(profile.id());
        let unread = |conversation: &Conversation| {
            let last = sequence(conversation.messages.len());
            sits(conversation) && *mark(&mut conversation.read.clone(), seat) < last
        };
        if conversations.iter().any(unread) {
            continue;
        }
        // The most recent ones come first.
        let written_to = |conversation: &&mut Conversation| {
            let last = conversation.messages.last();
            sits(conversation) && last.is_some_and(|last| last.from != seat)
        };
        let Some(conversation) = conversations.iter_mut().find(written_to) else {
            continue;
        };
        let own = last_of(&conversation.messages, seat);
        let before_last = sequence(conversation.messages.len()) - 1;
        *mark(&mut conversation.read, seat) = if own == 0 { before_last } else { own };
    }
}

fn person(conversation: &Conversation, seat: Speaker) -> Option<&'static str> {
    match seat {
        Speaker::Buyer => Some(conversation.buyer),
        Speaker::Supplier => conversation.supplier,
        Speaker::Admin => conversation.admin,
    }
}

fn mark(marks: &mut Marks, seat: Speaker) -> &mut i64 {
    match seat {
        Speaker::Buyer => &mut marks.buyer,
        Speaker::Supplier => &mut marks.supplier,
        Speaker::Admin => &mut marks.admin,
    }
}

/// The `seq` of the last message that somebody sent themselves.
pub(super) fn last_of(messages: &[Message], seat: Speaker) -> i64 {
    let own = |message: &Message| message.from == seat;
    sequence(messages.iter().rposition(own).map_or(0, |index| index + 1))
}

fn sequence(count: usize) -> i64 {
    i64::try_from(count).expect("conversations are shorter than that")
}
