//! The connection to Redis: one server, the master that sentinels name, or a cluster. This crate
//! alone knows the `redis` crate. It connects, notices a loss, connects again, keeps the
//! subscriptions, and finds keys and channels that have moved. What the messages mean is not its
//! business.

mod address;
mod check;
mod command;
mod connection;
mod error;
mod info;
mod key_reader;
mod sentinel;
mod server;
mod server_mode;
mod slots;
mod subscriptions;
mod supervisor;
mod topology;

pub use self::{
    address::{Address, SCHEMES},
    check::check,
    command::{Command, Script},
    connection::Connection,
    error::{Error, Result},
    key_reader::{KeyReader, Value},
    server::RESPONSE_TIMEOUT,
    supervisor::{Handler, RedisLink, Up},
};
pub use redis::FromRedisValue as Answer;
