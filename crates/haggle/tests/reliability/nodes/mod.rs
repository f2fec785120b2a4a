//! Several servers on one database, with a Redis between them.

mod access;
mod changes;
mod deaths;
mod failover;
mod figures;
mod limits;
mod offers;
mod outage;
mod presence;
mod reads;
mod rolling;
