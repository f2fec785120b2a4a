//! The way of an event from its commit to the sockets of its audience, on this server and on others.
//!
//! [`contract`] says what every broker owes its server; [`local`] is the broker of a single server,
//! [`redis`] that of several in front of one database. Both end in [`fanout`]. Redis holds nothing
//! that cannot be lost; without it every server serves its own sockets.
//!
//! Out: [`publish_queue`] and [`publish_worker`]. In: [`receiver`], with [`dedup`] and
//! [`reorder_buffer`]. What may have been missed is read from the database: [`gap_fill`].

mod arrival;
mod cache_version;
mod circuit_breaker;
#[cfg(test)]
mod contract;
mod dedup;
mod delivery_queue;
mod envelope;
mod fanout;
mod gap_fill;
mod heartbeat;
mod keys;
mod local;
mod membership;
mod presence_updates;
mod publish_queue;
mod publish_worker;
mod rate_limit;
mod receiver;
mod redis;
mod reorder_buffer;
mod socket_limit;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod two_node_tests;

pub use self::{
    fanout::Fanout,
    local::LocalBroker,
    rate_limit::RedisRateLimiter,
    redis::{Parts, RedisBroker, check},
    socket_limit::SocketSlot,
};
