//! The shapes in which the old chat was found. They are told apart by columns and types, and serve only
//! to say what was found: what is read of a row depends on its columns alone.

use std::fmt;

use super::{
    column::{ConversationColumn as C, MessageColumn as M, OldTable},
    place::Named,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Buyers and suppliers, and no administrator.
    Zero,
    /// Buyers and whoever administers, with a real count for these.
    A,
    /// Buyers and administrators with subjects; texts are called `content`.
    B,
    /// The administrator's id is in `unread_count_admin`.
    C,
    /// C, patched at run time.
    D,
    /// As design.md has it.
    E,
    /// Places name rows of profiles, and not people.
    F,
    /// A, to which parts of B were applied.
    Mixed,
}

impl Shape {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Zero => "0",
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
            Self::Mixed => "mixed",
        }
    }

    /// Nothing: these two tables are no chat that anybody knows.
    pub(super) fn of(
        conversations: &OldTable<C>,
        messages: &OldTable<M>,
        buyer: &Named,
        supplier: &Named,
    ) -> Option<Self> {
        let conversation = |meaning| conversations.has(meaning);
        let message = |meaning| messages.has(meaning);
        if !conversation(C::Id)
            || !conversation(C::Buyer)
            || !message(M::Id)
            || !message(M::Conversation)
            || !message(M::Sender)
            || !(message(M::Text) || message(M::Content))
        {
            return None;
        }
        // Somebody for the buyer to talk with, or the columns of a list of conversations.
        let is_chat = conversation(C::Supplier)
            || conversation(C::Admin)
            || conversation(C::AdminInCounter)
            || conversation(C::UnreadBuyer)
            || conversation(C::LastMessageAt);
        if !is_chat {
            return None;
        }
        let names_profiles = |named: &Named| matches!(named, Named::Profiles(_));
        let is_f = message(M::Products) || names_profiles(buyer) || names_profiles(supplier);
        let has_subjects = conversation(C::Subject) || conversation(C::UpdatedAt);
        Some(if is_f {
            Self::F
        } else if conversation(C::AdminInCounter) {
            let is_patched =
                conversation(C::Type) || conversation(C::Admin) || message(M::SenderType);
            if is_patched { Self::D } else { Self::C }
        } else if conversation(C::Admin) && conversation(C::Type) {
            Self::E
        } else if conversation(C::UnreadAdmin) {
            let is_patched = conversation(C::Admin)
                || has_subjects
                || conversation(C::Status)
                || message(M::Content);
            if is_patched { Self::Mixed } else { Self::A }
        } else if conversation(C::Admin) && message(M::Content) && !message(M::Receiver) {
            Self::B
        } else if conversation(C::Admin) || (message(M::Content) && message(M::Text)) {
            Self::Mixed
        } else if conversation(C::Type) {
            Self::E
        } else if conversation(C::Supplier) {
            Self::Zero
        } else if message(M::Content) {
            Self::B
        } else {
            Self::A
        })
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
