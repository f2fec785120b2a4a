//! How much of anything goes into a mail, or is taken out of one.

/// Messages of a conversation that a digest shows, the newest.
pub const LINES: usize = 10;
/// Characters of each of them.
pub const LINE_CHARS: usize = 2_000;
/// Conversations of a digest that gathers several.
pub const SECTIONS: usize = 20;
/// Characters of a name in a header.
pub const NAME_CHARS: usize = 100;
/// Files that are taken from one mail.
pub const FILES: usize = 50;
