//! Requests to addresses that somebody else named. They go to the public internet only, to the very address
//! that was checked, and follow nobody elsewhere.

mod client;
mod public;
mod reach;
mod resolve;
mod target;

#[cfg(test)]
mod tests;

pub use self::{
    client::{Answer, Client, Failed},
    public::is_public,
    reach::Reach,
    resolve::{Resolve, SystemResolver},
    target::Target,
};
