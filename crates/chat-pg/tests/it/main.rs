//! Storage on a real PostgreSQL.

mod support;
mod smoke;
