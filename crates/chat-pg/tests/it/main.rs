//! Storage on a real PostgreSQL.

mod conformance;
mod smoke;
mod support;
