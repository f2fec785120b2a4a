//! The old chat, copied into Haggle while it is used.
//!
//! All of the old tables is read as one snapshot saw it that was taken when the bridge stood: what is
//! committed later is noted by the bridge. Each transaction that touches an old table is short and only
//! reads; the snapshot outlives it. What was read waits in two tables of Haggle's own, in which
//! conversations of one purpose are found, and goes from there in batches, each of them whole
//! conversations in one transaction.

mod batch;
mod counts;
mod files;
mod ids;
pub(in crate::legacy) mod insert;
mod intake;
mod plan;
pub(in crate::legacy) mod remember;
mod report;
mod rights;
mod run;
pub(in crate::legacy) mod single;
mod slugs;
mod snapshot;
mod stage;
mod verify;
mod warnings;
mod zone;

pub use self::{
    counts::{Count, Moved},
    intake::{Examined, Intake, NoFiles, NotTaken, OldBytes},
    report::{ReportLine, report},
    rights::old_grants,
    run::{Asked, Progress, Stage, move_old_chat, try_old_chat},
    zone::time_zone,
};
