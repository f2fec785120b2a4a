//! What the old application wrote, taken over into Haggle: in the order in which it was noted, by any
//! server, and by one at a time for each old conversation.
//!
//! A note names a row and no more. What it is by now is read then, so a note that comes twice, late, or
//! for a row that the copy took along changes nothing.

mod append;
mod conversation;
mod here;
mod marks;
mod messages;
mod moved;
mod notes;
mod old_rows;
mod said;
mod step;

pub use self::step::TakeOver;
