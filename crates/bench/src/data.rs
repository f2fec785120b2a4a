//! The data set: 2,000 users, 1,000 conversations, 200,000 messages.

pub const CONVERSATIONS: usize = 1_000;
pub const MESSAGES: usize = 200_000;
/// Messages in each conversation.
pub const MESSAGES_EACH: u64 = 200;

/// What people say: a sentence of ordinary length.
pub const TEXT: &str =
    "We can offer 500 pieces FOB Shenzhen at 3.20 each, lead time 25 days after deposit.";

/// The first number in ids, so long that all have the same length.
pub const FIRST: usize = 100_000_000_000;

pub const USERS_SQL: &str = include_str!("../sql/users.sql");
pub const CONVERSATIONS_SQL: &str = include_str!("../sql/conversations.sql");

/// Who of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Buyer = 0,
    Supplier = 1,
}

impl Side {
    pub fn user(self, conversation: usize) -> String {
        let first = match self {
            Self::Buyer => 'b',
            Self::Supplier => 'a',
        };
        id(first, conversation)
    }
}

pub fn conversation(number: usize) -> String {
    id('c', number)
}

/// The same as in the SQL files.
pub fn id(first: char, number: usize) -> String {
    format!("{first}0000000-0000-4000-8000-{}", FIRST + number)
}
