//! Storage on PostgreSQL 15 to 18: migrations and all the SQL.
//!
//! Changes of conversations go through a few lanes ([`lane`]), so that
//! many of them share a transaction and leave in the order of their commits.
//! Everything else is a plain query.

mod append;
mod audit;
mod batch;
mod cards;
mod changes;
mod commit;
mod directory;
mod doubts;
mod error;
mod history;
mod import;
mod lane;
mod leases;
mod list;
mod mark;
mod messages;
mod migrate;
mod notifications;
mod options;
mod places;
mod pool;
mod questions;
mod reach;
mod storage;
mod together;
mod uploads;

pub use error::PgError;
pub use import::{ImportConversation, ImportMessage};
pub use migrate::{Migration, migrate, pending};
pub use options::{DirectoryNames, PgOptions};
pub use reach::{Reached, check_url, reach};
pub use storage::{Load, PgStorage};
