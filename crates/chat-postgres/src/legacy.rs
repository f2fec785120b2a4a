//! The chat that a marketplace had before: where it is, what its tables mean, and how it becomes Haggle's.

mod catalogue;
mod column;
mod old_chat;
mod place;
mod shape;

pub use self::{
    column::{ConversationColumn, MessageColumn, OldColumn, OldTable},
    old_chat::{OldChat, Recognition, find_old_chat, recognise},
    place::{Named, Profiles},
    shape::Shape,
};
