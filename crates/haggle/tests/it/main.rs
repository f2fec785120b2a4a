//! The real server on real PostgreSQL, and people who use it.

mod commands;
mod conversations;
mod cross_site;
mod demo;
mod directory;
mod documents;
mod errors;
mod identity;
mod limits;
mod messages;
mod operation;
mod world;
