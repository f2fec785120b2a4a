//! Sockets of people, on the storage model. Where time matters it is paused, and the
//! transport is a pipe in memory; the rest goes through a real listener.

mod delivery;
mod handshake;
mod presence;
mod resume;
mod rig;
mod rules;
mod time;
