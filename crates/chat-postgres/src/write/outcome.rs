//! What came of a change that shared its transaction.

use chat::event::Event;

/// The answer, and what the world hears of it.
pub(crate) struct Outcome<T> {
    pub answer: T,
    pub event: Option<Event>,
}

impl<T> Outcome<T> {
    /// Nothing changed.
    pub fn silent(answer: T) -> Self {
        Self {
            answer,
            event: None,
        }
    }
}
