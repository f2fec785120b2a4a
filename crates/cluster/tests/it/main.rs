//! What `cluster` promises, tried on real PostgreSQL as whoever runs the tests. As root everything is
//! tried a second time as an ordinary user.

mod refuse;
mod start;
mod support;
mod survive;
mod users;
mod vanish;
