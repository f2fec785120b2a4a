//! The server: settings, HTTP, WebSockets, the hub that holds sockets, the bus
//! between nodes, presence, caches, and the embedded database.

pub mod app;
pub mod auth;
pub mod bus;
pub mod cache;
pub mod http;
pub mod hub;
pub mod metrics;
pub mod presence;
pub mod settings;
pub mod wire;
pub mod ws;
