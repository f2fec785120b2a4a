//! Storage on a real PostgreSQL.

mod comparison;
mod conformance;
mod smoke;
mod support;
