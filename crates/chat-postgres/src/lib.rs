//! Storage on PostgreSQL 15 to 18: migrations and all the SQL.
//!
//! Changes of conversations go through a queue ([`write::queue`]), so that
//! many of them share a transaction and leave in the order of their commits.
//! Everything else is a plain query.

mod audit;
mod directory;
mod error;
mod host_sessions;
mod import;
mod leases;
mod membership;
mod migrate;
mod notifications;
mod options;
mod pool;
mod reach;
mod read;
mod storage;
mod uploads;
mod write;

pub use error::PgError;
pub use host_sessions::{HostSession, SessionTable};
pub use import::{ImportConversation, ImportMessage};
pub use migrate::{Migration, migrate, pending};
pub use options::{DirectoryNames, PgOptions};
pub use reach::{Reached, check_url, reach};
pub use storage::{Load, PgStorage};
