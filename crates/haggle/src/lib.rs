//! The server: settings, HTTP, WebSockets, the hub that holds sockets, the bus
//! between nodes, presence, caches, and the embedded database.

pub mod app;
pub mod attachments;
pub mod auth;
pub mod bus;
pub mod cache;
pub mod clock;
pub mod command;
pub mod database;
pub mod demo;
pub mod http;
pub mod hub;
mod limits_of_process;
pub mod listener;
pub mod logging;
pub mod metrics;
pub mod nodes;
pub mod presence;
pub mod serve;
pub mod settings;
mod waiting;
mod web;
pub mod wire;
pub mod ws;
