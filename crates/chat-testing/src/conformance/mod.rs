//! One suite for everything that implements the storage traits. Each check gets
//! a world of its own, with nothing in it, and panics where a rule is broken:
//!
//! ```
//! # async fn run() {
//! use chat_testing::conformance::{self, World};
//!
//! for (name, check) in conformance::all() {
//!     println!("{name}");
//!     check(&World::in_memory()).await;
//! }
//! # }
//! ```

#![allow(
    clippy::cloned_ref_to_slice_refs,
    reason = "an expected list of one reads better as a list"
)]

mod answer_times;
mod assigning;
mod attaching;
mod auditing;
mod auditing_repeats;
mod barriers;
mod changing;
mod check;
mod deleting;
mod digesting;
mod filing;
mod finding;
mod history;
mod joining;
mod listing;
mod missing;
mod negotiating;
mod notifying;
mod opening;
mod ordering;
mod outsiders;
mod people;
mod persona;
mod preferring;
mod presence;
mod products;
mod pushing;
mod reading;
mod reading_audit;
mod replies;
mod reports;
mod requesting;
mod retrying;
mod scene;
mod searching;
mod sending;
mod settings;
mod telling;
mod telling_of_trade;
mod waiting;
mod working;
mod world;

pub use check::CheckFn;
pub(crate) use check::Checks;
pub use persona::Persona;
pub use world::{LeaseTime, World};

/// Every check by its name.
pub fn all() -> Vec<(&'static str, CheckFn)> {
    [
        opening::CHECKS,
        assigning::CHECKS,
        sending::CHECKS,
        attaching::CHECKS,
        changing::CHECKS,
        filing::CHECKS,
        retrying::CHECKS,
        ordering::CHECKS,
        reading::CHECKS,
        settings::CHECKS,
        barriers::CHECKS,
        answer_times::CHECKS,
        reports::CHECKS,
        replies::CHECKS,
        joining::CHECKS,
        history::CHECKS,
        listing::CHECKS,
        searching::CHECKS,
        finding::CHECKS,
        missing::CHECKS,
        notifying::CHECKS,
        presence::CHECKS,
        people::CHECKS,
        products::CHECKS,
        deleting::CHECKS,
        outsiders::CHECKS,
        auditing::CHECKS,
        auditing_repeats::CHECKS,
        reading_audit::CHECKS,
        working::CHECKS,
        telling::CHECKS,
        telling_of_trade::CHECKS,
        preferring::CHECKS,
        digesting::CHECKS,
        pushing::CHECKS,
        negotiating::CHECKS,
        requesting::CHECKS,
        waiting::CHECKS,
    ]
    .concat()
}
