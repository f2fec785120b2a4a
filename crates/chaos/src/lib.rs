//! A real cluster, people who use it, and an adversary who breaks it: `cargo xtask chaos`.
//!
//! Everybody writes down what they see. In the end a pure function ([`check`]) over all of it says
//! which promise was broken. What people and the adversary want comes from a seed; the clock is the
//! real one, so a seed repeats the plan and not every answer.

mod actor;
mod ask;
mod check;
mod client_state;
mod faults;
mod frame;
mod history;
mod listener;
mod people;
mod plan;
mod proxy;
mod rng;
mod round;
mod run;
mod setup;
mod shrink;
mod sql;
mod summary;
mod told;

pub use check::{Rule, Violation, check};
pub use frame::{Card, Frame, Said};
pub use history::{Barrier, Deal, Event, History, Request, Row, Seen, Since, Stored, What};
pub use plan::{Fault, Injection, Shape, Target, plan};
pub use run::{Options, Outcome, run};
pub use shrink::shrink;
pub use summary::Summary;
