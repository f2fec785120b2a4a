//! Storage on a real PostgreSQL.

#![expect(
    clippy::unwrap_used,
    reason = "what goes wrong here is a failure of the test"
)]

mod audit;
mod bulk;
mod conformance;
mod deletion;
mod differential;
mod grants;
mod host;
mod legacy;
mod mapping;
mod mirror;
mod presence;
mod replica;
mod schema;
mod search;
mod shop;
mod smoke;
mod support;
mod uploads;
mod webhooks;
mod write_queue;
