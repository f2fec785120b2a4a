//! The chat that a marketplace had before: where it is, what its tables mean, and how it becomes Haggle's.

mod begin;
pub(crate) mod bridge;
mod catalogue;
mod column;
mod convert;
pub mod copy;
mod facts;
mod finish;
mod moving;
mod old_chat;
mod patience;
mod place;
mod reason;
mod restore;
mod revert;
mod rows;
mod shape;
mod unmoved;

pub use self::{
    begin::{begin_move, end_copy},
    bridge::TakeOver,
    column::{ConversationColumn, Meaning, MessageColumn, OldColumn, OldTable},
    finish::finish,
    old_chat::{OldChat, Recognition, find_old_chat, recognise},
    place::{Named, Profiles},
    reason::{Fate, OldRow, Reason},
    restore::restore,
    revert::{losses, revert},
    shape::Shape,
    unmoved::refuse_unmoved_chat,
};
