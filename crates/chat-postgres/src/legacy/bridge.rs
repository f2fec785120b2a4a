//! Between the old chat and Haggle, in both directions, until it is taken away: what is said on one side
//! is on the other, and servers of both kinds may run at once.
//!
//! From Haggle into the old tables it goes by triggers, in the transaction of whoever says something.
//! In the other direction triggers of the old tables only note which row was written, and a server takes
//! it over.

mod columns;
mod functions;
mod install;
mod settle;
mod take_over;

pub use self::take_over::TakeOver;
pub(crate) use self::{
    install::{functions, install, install_at_once, is_installed, open_all, remove},
    settle::settle,
};
