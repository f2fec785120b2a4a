//! Between the old chat and Haggle.

mod from_old;
mod killed;
mod nodes;
mod to_old;
mod ways;
