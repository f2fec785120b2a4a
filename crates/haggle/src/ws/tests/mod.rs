//! Sockets of people, on the storage model. Where time matters it is paused, and the
//! transport is a pipe in memory; the rest goes through a real listener.

mod client;
mod clock;
mod delivery;
mod flaky;
mod handshake;
mod held_publisher;
mod presence;
mod resume;
mod rig;
mod rules;
mod time;
